package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-operations/opsmap/loader"
)

// MaxSize is the size up to which a file is read: a hundred times the largest that
// ships. What is larger is no file that people keep by hand.
const MaxSize = 32 << 20

// Set is the files below some paths.
type Set struct {
	Files    []File
	Problems loader.Problems
	// Unread are the files and folders that could not be looked at, as absolute
	// paths with slashes: nobody knows what is in them.
	Unread []string
	roots  []*os.Root
}

// File is known within its tree by Path, with slashes, and to people by Name.
type File struct {
	Path, Name string
	// Place is the absolute path, with slashes; empty where there is none.
	Place string
	fsys  fs.FS
}

// Wanted says by the name of a file whether a folder is asked for it.
type Wanted func(name string) bool

// Paths are the files that paths name, and those wanted below the folders that they
// name. A file that is named itself is taken whatever its name is.
func Paths(paths []string, wanted Wanted) *Set {
	s := &Set{}
	for _, p := range paths {
		s.path(p, wanted)
	}
	return s
}

// FS are the wanted files of fsys; prefix goes before their names for people.
func FS(fsys fs.FS, prefix string, wanted Wanted) *Set {
	s := &Set{}
	t := &tree{set: s, fsys: fsys, prefix: prefix, wanted: wanted}
	t.walk()
	return s
}

// Add takes over what another set holds.
func (s *Set) Add(other *Set) {
	s.Files = append(s.Files, other.Files...)
	s.Problems = append(s.Problems, other.Problems...)
	s.Unread = append(s.Unread, other.Unread...)
	s.roots = append(s.roots, other.roots...)
}

// Close lets go of the folders; no file can be read any more.
func (s *Set) Close() {
	for _, r := range s.roots {
		_ = r.Close() // it was only read
	}
}

func (s *Set) path(p string, wanted Wanted) {
	t := &tree{set: s, prefix: p, wanted: wanted}
	if absolute, err := Absolute(p); err == nil {
		t.place = filepath.ToSlash(absolute)
	}
	root, single, err := openRoot(p)
	if err != nil {
		t.refuse("", "cannot be read: "+Reason(err), "right is a file, or a folder of them")
		return
	}
	s.roots = append(s.roots, root)
	t.fsys = root.FS()
	if single != "" {
		s.Files = append(s.Files, File{Path: single, Name: p, Place: t.place, fsys: t.fsys})
		return
	}
	t.walk()
}

// Absolute is where a path lies that somebody names. What .. leads to behind a link is
// seen by the system only: then it is where the links lead.
func Absolute(p string) (string, error) {
	absolute, err := filepath.Abs(p)
	if err != nil || !slices.Contains(strings.Split(filepath.ToSlash(p), "/"), "..") {
		return absolute, err
	}
	target, err := filepath.EvalSymlinks(p)
	if err != nil {
		return absolute, nil //nolint:nilerr // opening it tells
	}
	if target, err = filepath.Abs(target); err != nil {
		return absolute, err
	}
	if plain, err := filepath.EvalSymlinks(absolute); err == nil && sameFile(plain, target) {
		return absolute, nil
	}
	return target, nil
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
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

// tree is the files below one folder.
type tree struct {
	set  *Set
	fsys fs.FS
	// prefix is what whoever asked called the tree, place where it lies.
	prefix, place string
	wanted        Wanted
	files         []File
}

func (t *tree) refuse(path, message, hint string) {
	t.set.Problems = append(t.set.Problems, loader.Problem{File: t.name(path), Message: message, Hint: hint})
	if t.place != "" {
		t.set.Unread = append(t.set.Unread, t.at(path))
	}
}

func (t *tree) name(path string) string {
	if path == "" {
		return filepath.Clean(t.prefix)
	}
	return filepath.Join(t.prefix, filepath.FromSlash(path))
}

func (t *tree) at(p string) string {
	if t.place == "" {
		return ""
	}
	return path.Join(t.place, p)
}

func (t *tree) add(path string) {
	t.files = append(t.files, File{Path: path, Name: t.name(path), Place: t.at(path), fsys: t.fsys})
}

// walk collects the wanted files in byte order of their paths.
func (t *tree) walk() {
	links := map[string]fs.FileInfo{}
	_ = fs.WalkDir(t.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(path.Base(p), ".") && p != "."
		switch {
		case err != nil:
			t.refuse(strings.TrimPrefix(p, "."), "cannot be read: "+Reason(err), "right is a folder that you may list")
			return fs.SkipDir
		case d.IsDir() && (hidden || path.Base(p) == "node_modules"):
			return fs.SkipDir
		case hidden || d.IsDir():
		case d.Type()&fs.ModeSymlink != 0:
			t.follow(p, links)
		case t.wanted(p):
			t.add(p)
		}
		return nil
	})
	t.addLinked(links)
	slices.SortFunc(t.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	t.set.Files = append(t.set.Files, t.files...)
}

// follow looks at what a link leads to. One that leaves the tree is refused
// whatever its name is: the tree is not what it seems.
func (t *tree) follow(p string, links map[string]fs.FileInfo) {
	info, err := fs.Stat(t.fsys, p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if t.wanted(p) {
			t.refuse(p, "is a link that leads nowhere", "right is a link to a file of this folder, or the file itself")
		}
	case err != nil:
		message := "is a link that cannot be followed: " + Reason(err)
		if strings.Contains(message, "escapes") {
			// os.Root has no name for this error.
			message = "is a link that leads out of the folder"
		}
		t.refuse(p, message, "right is a relative link to a file of this folder, or the file itself")
	case !info.IsDir() && t.wanted(p):
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
		if info, err := fs.Stat(t.fsys, f.Path); err == nil {
			have = append(have, info)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(links)) {
		if !slices.ContainsFunc(have, func(info fs.FileInfo) bool { return os.SameFile(info, links[p]) }) {
			have = append(have, links[p])
			t.add(p)
		}
	}
}

// Content of the file. Its errors do not name it.
func (f File) Content() ([]byte, error) {
	if !utf8.ValidString(f.Path) {
		return nil, errors.New("its name is no UTF-8")
	}
	info, err := fs.Stat(f.fsys, f.Path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no ordinary file")
	}
	tooLarge := fmt.Errorf("it is larger than %d MiB", MaxSize>>20)
	if info.Size() > MaxSize {
		return nil, tooLarge
	}
	opened, err := f.fsys.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }()
	data, err := io.ReadAll(io.LimitReader(opened, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = tooLarge
	}
	return data, err
}

// Head is the first bytes of the file, at most n of them; none where it cannot be
// read.
func (f File) Head(n int) []byte {
	info, err := fs.Stat(f.fsys, f.Path)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	opened, err := f.fsys.Open(f.Path)
	if err != nil {
		return nil
	}
	defer func() { _ = opened.Close() }()
	head := make([]byte, n)
	got, _ := io.ReadFull(opened, head) // a short file is all head
	return head[:got]
}

// Reason is the part of an error that does not repeat the name of the file.
func Reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
