package yamlsource

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/schema"
)

// Paths is a source of files, and of all *.yaml and *.yml files of folders and the
// folders in them; those whose names begin with a dot are left alone. What the
// paths name is read together, so that their records may refer to each other.
func Paths(paths ...string) loader.Source { return pathSource(paths) }

// FS is a source of all YAML files of fsys; prefix goes before their names where
// they are reported.
func FS(fsys fs.FS, prefix string) loader.Source { return fsSource{fsys, prefix} }

type pathSource []string

type fsSource struct {
	fsys   fs.FS
	prefix string
}

// Read implements loader.Source.
func (s fsSource) Read(ctx context.Context, in loader.Input) (*loader.Result, error) {
	set := files.FS(s.fsys, s.prefix, isYAML)
	refuseEmpty(set, s.prefix)
	return readSet(ctx, in, set)
}

// Read implements loader.Source.
func (s pathSource) Read(ctx context.Context, in loader.Input) (*loader.Result, error) {
	set := &files.Set{}
	defer func() { set.Close() }()
	for _, p := range s {
		one := files.Paths([]string{p}, isYAML)
		refuseEmpty(one, p)
		set.Add(one)
	}
	return readSet(ctx, in, set)
}

func isYAML(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == ".yaml" || ext == ".yml"
}

func refuseEmpty(set *files.Set, prefix string) {
	if len(set.Files) == 0 && len(set.Problems) == 0 {
		set.Problems = append(set.Problems, loader.Problem{File: filepath.Clean(prefix), Message: "there is no YAML file in it", Hint: "right is a folder with files that end in .yaml or .yml"})
	}
}

// input is a file to be read, and how what it says is said.
type input struct {
	name, path string
	content    func() ([]byte, error)
	source     string
	class      access.Class
}

// readSet is the whole way from files to a changeset.
func readSet(ctx context.Context, in loader.Input, set *files.Set) (*loader.Result, error) {
	inputs := make([]input, len(set.Files))
	for i, f := range set.Files {
		inputs[i] = input{name: f.Name, path: f.Path, content: f.Content, source: in.Name, class: in.Class}
	}
	docs, err := readAll(ctx, in.Catalog, inputs, func() {})
	if err != nil {
		return nil, err
	}
	w := newWorld(in, docs)
	w.check()
	result := w.result()
	result.Problems = append(result.Problems, set.Problems...)
	if len(w.records) == 0 && len(result.Problems) == 0 {
		result.Warnings = append(result.Warnings, loader.Problem{File: in.Name, Message: "there is no record in it", Hint: "what it said before is retired"})
	}
	result.Problems.Sort()
	result.Warnings.Sort()
	if len(result.Problems) > 0 {
		result.Changeset = nil
	}
	result.Hash = hash(docs)
	return result, nil
}

// readAll reads files side by side, each on its own.
func readAll(ctx context.Context, catalog *schema.Catalog, all []input, done func()) ([]*document, error) {
	p := &parser{catalog: catalog}
	return files.SideBySide(ctx, all, runtime.GOMAXPROCS(0), func(_ int, f input) *document {
		defer done()
		return p.read(f)
	})
}

// hash covers the names within the tree and the contents; package catalogue
// computes the same of what it embeds.
func hash(docs []*document) string {
	h := sha256.New()
	for _, d := range docs {
		_, _ = fmt.Fprintf(h, "%s\x00%x\n", d.path, d.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// result says what the checked world holds.
func (w *world) result() *loader.Result {
	r := &loader.Result{Changeset: w.changeset(), Problems: w.problems, Warnings: w.warnings, Counts: map[string]int{}}
	for _, d := range w.docs {
		r.Problems = append(r.Problems, d.problems...)
		r.Warnings = append(r.Warnings, d.warnings...)
	}
	for _, d := range w.records {
		r.Counts[d.typ.Name]++
	}
	return r
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
