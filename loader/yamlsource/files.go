package yamlsource

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/loader"
)

// maxFile is the size up to which a file is read: a hundred times the largest that
// ships. What is larger is no file that people keep by hand.
const maxFile = 32 << 20

// tree is the files below one path.
type tree struct {
	fsys fs.FS
	// prefix is what whoever asked called the tree.
	prefix   string
	files    []file
	problems loader.Problems
}

// file is known within its tree by path, and to people by name.
type file struct {
	fsys       fs.FS
	path, name string
}

func (t *tree) refuse(path, message, hint string) {
	t.problems = append(t.problems, loader.Problem{File: t.name(path), Message: message, Hint: hint})
}

func (t *tree) name(path string) string {
	if path == "" {
		return filepath.Clean(t.prefix)
	}
	return filepath.Join(t.prefix, filepath.FromSlash(path))
}

func (t *tree) add(path, name string) {
	t.files = append(t.files, file{fsys: t.fsys, path: path, name: name})
}

// collect takes the one file that was asked for, or all there are.
func (t *tree) collect(single string) {
	if single != "" {
		t.add(single, t.prefix)
		return
	}
	t.walk()
}

// walk collects the YAML files in byte order of their paths.
func (t *tree) walk() {
	links := map[string]fs.FileInfo{}
	_ = fs.WalkDir(t.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(path.Base(p), ".") && p != "."
		switch {
		case err != nil:
			t.refuse(strings.TrimPrefix(p, "."), "cannot be read: "+reason(err), "right is a folder that you may list")
			return fs.SkipDir
		case hidden && d.IsDir():
			return fs.SkipDir
		case hidden || d.IsDir():
		case d.Type()&fs.ModeSymlink != 0:
			t.follow(p, links)
		case isYAML(p):
			t.add(p, t.name(p))
		}
		return nil
	})
	t.addLinked(links)
	slices.SortFunc(t.files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	if len(t.files) == 0 && len(t.problems) == 0 {
		t.refuse("", "there is no YAML file in it", "right is a folder with files that end in .yaml or .yml")
	}
}

func isYAML(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == ".yaml" || ext == ".yml"
}

// follow looks at what a link leads to. One that leaves the tree is refused
// whatever its name is: the tree is not what it seems.
func (t *tree) follow(p string, links map[string]fs.FileInfo) {
	info, err := fs.Stat(t.fsys, p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if isYAML(p) {
			t.refuse(p, "is a link that leads nowhere", "right is a link to a file of this folder, or the file itself")
		}
	case err != nil:
		message := "is a link that cannot be followed: " + reason(err)
		if strings.Contains(message, "escapes") {
			// os.Root has no name for this error.
			message = "is a link that leads out of the folder"
		}
		t.refuse(p, message, "right is a relative link to a file of this folder, or the file itself")
	case !info.IsDir() && isYAML(p):
		links[p] = info
	}
}

// addLinked adds the files that stand in the tree under no other name that is
// read. A folder behind a link is never entered: what lies in it is read where it
// is, or not part of the tree.
func (t *tree) addLinked(links map[string]fs.FileInfo) {
	if len(links) == 0 {
		return
	}
	var have []fs.FileInfo
	for _, f := range t.files {
		if info, err := fs.Stat(t.fsys, f.path); err == nil {
			have = append(have, info)
		}
	}
	for _, p := range sortedKeys(links) {
		if !slices.ContainsFunc(have, func(info fs.FileInfo) bool { return os.SameFile(info, links[p]) }) {
			have = append(have, links[p])
			t.add(p, t.name(p))
		}
	}
}

// content reads a file whole, as long as it is one that can be.
func (f file) content() ([]byte, error) {
	info, err := fs.Stat(f.fsys, f.path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no ordinary file")
	}
	tooLarge := fmt.Errorf("it is larger than %d MiB", maxFile>>20)
	if info.Size() > maxFile {
		return nil, tooLarge
	}
	opened, err := f.fsys.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }()
	data, err := io.ReadAll(io.LimitReader(opened, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = tooLarge
	}
	return data, err
}

// reason is the part of an error that does not repeat the name of the file.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
