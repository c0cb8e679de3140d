package yamlsource

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/open-operations/opsmap/loader"
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
	t := &tree{fsys: s.fsys, prefix: s.prefix}
	t.walk()
	return read(ctx, in, t.files, t.problems)
}

// Read implements loader.Source.
func (s pathSource) Read(ctx context.Context, in loader.Input) (*loader.Result, error) {
	var files []file
	var problems loader.Problems
	for _, p := range s {
		t := &tree{prefix: p}
		root, single, err := openRoot(p)
		if err != nil {
			t.refuse("", "cannot be read: "+reason(err), "right is a YAML file, or a folder of them")
		} else {
			defer func() { _ = root.Close() }()
			t.fsys = root.FS()
			t.collect(single)
		}
		files, problems = append(files, t.files...), append(problems, t.problems...)
	}
	return read(ctx, in, files, problems)
}

// openRoot opens the folder that path names, or that of the file it names. Whoever
// names a link by hand means what it leads to; within a folder links stay inside.
func openRoot(path string) (root *os.Root, single string, err error) {
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return nil, "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", err
	}
	if !info.IsDir() {
		path, single = filepath.Dir(path), filepath.Base(path)
	}
	root, err = os.OpenRoot(path)
	return root, single, err
}

// read is the whole way from files to a changeset.
func read(ctx context.Context, in loader.Input, files []file, problems loader.Problems) (*loader.Result, error) {
	docs, err := readAll(ctx, in, files)
	if err != nil {
		return nil, err
	}
	w := newWorld(in, docs)
	w.check()
	result := w.result()
	result.Problems = append(result.Problems, problems...)
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
func readAll(ctx context.Context, in loader.Input, files []file) ([]*document, error) {
	docs := make([]*document, len(files))
	p := &parser{catalog: in.Catalog}
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wg.Go(func() {
			for i := range next {
				docs[i] = p.read(files[i])
			}
		})
	}
	for i := range files {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return docs, ctx.Err()
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
