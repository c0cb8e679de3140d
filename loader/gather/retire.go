package gather

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/files"
)

// retire lets go of what files said that are gone. A file that is there and was not
// read, or lies where nobody could look, keeps what it said.
func (r *reader) retire(said []record.Packed) {
	gone := map[string]bool{}
	for i := range said {
		source := said[i].Source
		file := owner(source)
		if r.keep[file] || r.replace[source] || !r.speaksFor(file) {
			continue
		}
		is, asked := gone[file]
		if !asked {
			is = r.gone(file)
			gone[file] = is
		}
		if is {
			r.replace[source] = true
		}
	}
}

// dropped notes what is no longer said.
func (r *reader) dropped(said []record.Packed) {
	if len(said) == 0 {
		return
	}
	still := map[record.Retirement]bool{}
	r.out.Dropped = nil
	for i := range r.out.Changeset.Packed {
		s := &r.out.Changeset.Packed[i]
		still[record.Retirement{Source: s.Source, ID: s.ID}] = true
	}
	for i := range said {
		at := record.Retirement{Source: said[i].Source, ID: said[i].ID}
		if r.replace[at.Source] && !still[at] {
			r.out.Dropped = append(r.out.Dropped, at)
			anew := record.Retirement{Source: r.nowSaidBy(at.Source), ID: at.ID}
			r.out.Anew[at] = still[anew]
		}
	}
}

// speaksFor reports whether a source is one of the paths, or lies below one.
func (r *reader) speaksFor(file string) bool {
	return slices.ContainsFunc(r.prefixes, func(prefix string) bool { return speaksFor(prefix, file) })
}

// speaksFor reports whether the source of a file is that of a path, or lies below it.
func speaksFor(prefix, file string) bool {
	return file == prefix || strings.HasPrefix(file, strings.TrimSuffix(prefix, "/")+"/")
}

// gone reports whether the file behind a source is surely no longer there.
func (r *reader) gone(source string) bool {
	for _, place := range r.places(source) {
		for _, unread := range r.set.Unread {
			if place == unread || strings.HasPrefix(place, unread+"/") {
				return false
			}
		}
		if info, err := os.Lstat(filepath.FromSlash(place)); !errors.Is(err, fs.ErrNotExist) && (err != nil || !info.IsDir()) {
			return false
		}
	}
	return true
}

// places are where the file of a source may lie.
func (r *reader) places(source string) []string {
	source = unescape.Replace(source)
	if place, found := strings.CutPrefix(source, fileSource); found {
		return []string{place}
	}
	var out []string
	relative := strings.TrimPrefix(source, collectionSource+r.config.Collection+"/")
	for _, p := range r.config.Paths {
		if absolute, err := files.Absolute(p); err == nil {
			out = append(out, path.Join(filepath.ToSlash(absolute), relative))
		}
	}
	return out
}
