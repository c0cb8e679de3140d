package gather

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
)

// Through gives paths that lead over links the name of what they lead to, where that
// speaks already, in the store or in the same load: it would say everything twice. Else
// a link speaks by its own name, as what it leads to may change. said are the statements
// of the sources with a prefix.
func Through(ctx context.Context, paths []string, said func(context.Context, []string) ([]record.Packed, error)) ([]string, error) {
	out := slices.Clone(paths)
	var plain []string
	for _, p := range paths {
		if target, isLink := realPath(p); !isLink {
			plain = append(plain, target)
		}
	}
	for i, p := range paths {
		target, isLink := realPath(p)
		if !isLink {
			continue
		}
		prefix := escape.Replace(fileSource + filepath.ToSlash(target))
		if !slices.ContainsFunc(plain, func(p string) bool { return lies(target, p) }) {
			have, err := said(ctx, []string{prefix})
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(have, func(s record.Packed) bool { return speaksFor(prefix, owner(s.Source)) }) {
				continue
			}
		}
		out[i] = target
	}
	return out, nil
}

// realPath is where a path leads, and whether a link is on the way.
func realPath(p string) (target string, isLink bool) {
	absolute, err := filepath.Abs(p)
	if err != nil {
		return p, false
	}
	target, err = filepath.EvalSymlinks(absolute)
	if err != nil {
		return absolute, false
	}
	return target, target != absolute
}

// lies reports whether a path is another one, or below it.
func lies(path, under string) bool {
	return path == under || strings.HasPrefix(path, strings.TrimSuffix(under, string(filepath.Separator))+string(filepath.Separator))
}
