// Package gather makes one changeset of everything that somebody loads: it finds
// the files, gives each to the format that recognises it, and puts together what
// they say with what they no longer say. It writes nothing.
//
//	paths ─ files ─> formats ─ readings ─> Say
//	             └ what the store has of them ─> Replace: read again, or gone
package gather

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/mapping"
	"github.com/open-operations/opsmap/schema"
)

// Config is what to load and how.
type Config struct {
	Catalog *schema.Catalog
	Paths   []string
	// Documents are what services told, to be loaded beside the paths.
	Documents []Document
	// Formats in their order: the first that recognises a file reads it.
	Formats []loader.Format
	// Collection is the name of what is loaded, in place of where it lies: a load from
	// another folder, or another machine, speaks for the same source. Empty for none.
	Collection string
	// Speaking are the sources of files that say something in the store.
	Speaking []string
	// Class of records that state none of their own, and Attribution of who said
	// something; the mapping goes before both.
	Class, Attribution access.Class
	Mapping            *mapping.Mapping
	// Ladder is the levels of the store.
	Ladder access.Ladder
	// AllowHandles takes statements that name people although they were made at one
	// of Venues: the meetings and series of the store that are under the Chatham House
	// Rule. Venues is asked once; nil for none.
	AllowHandles bool
	Venues       func(context.Context) ([]record.ID, error)
	// Known are records of the store that files may refer to; it is asked at most
	// once.
	Known func(context.Context) ([]record.ID, error)
	// Called are records of the store with their names; it is asked at most once.
	Called func(context.Context) ([]loader.Named, error)
	// Now is the time of the load.
	Now time.Time
	// Has are those of some records that the store has; nil for none.
	Has func(context.Context, []record.ID) (map[record.ID]bool, error)
	// SaidOf is everything that the store has of some records, whoever said it; nil for
	// no store.
	SaidOf func(context.Context, []record.ID) ([]record.Packed, error)
	// Unlabelled: Class is what holds for files about which nobody says anything.
	Unlabelled bool
	// Progress is told how many of all files have been read; nil for nobody.
	Progress func(done, total int)
}

// Document is something to load that lies in no folder.
type Document struct {
	// Name is what people call it, and Source the name under which it speaks.
	Name, Source string
	// Address is the repository it comes from, such as https://github.com/owner/name.
	Address string
	// Path is what the mapping and the formats know it by, such as owner/name.json.
	Path string
	// Content fetches it; its errors are for people.
	Content func() ([]byte, error)
}

// Load is a load whose files have been found.
type Load struct {
	config   Config
	set      *files.Set
	byFormat [][]*loader.File
	problems loader.Problems
	// names give files that are reached by several paths one place.
	names *names
	// prefixes begin the names of all sources that the load speaks for.
	prefixes []string
	total    int
}

// Open finds the files. Close has to be called.
func Open(config Config) *Load {
	l := &Load{config: config, set: &files.Set{}, byFormat: make([][]*loader.File, len(config.Formats))}
	seen := map[string]bool{}
	found := make([]*files.Set, len(config.Paths))
	for i, p := range config.Paths {
		found[i] = files.Paths([]string{p}, l.wanted)
	}
	if config.Collection == "" {
		l.names = newNames(config.Speaking, found)
	}
	for i, p := range config.Paths {
		one := found[i]
		absolute, err := files.Absolute(p)
		if err != nil {
			absolute = p
		}
		single := len(one.Files) == 1 && one.Files[0].Name == p
		if prefix, err := l.prefix(p, single); err == nil {
			l.prefixes = append(l.prefixes, prefix)
		}
		if len(one.Files) == 0 && len(one.Problems) == 0 {
			one.Problems = append(one.Problems, loader.Problem{File: filepath.Clean(p), Message: "there is no file in it that could be loaded", Hint: "right is a folder with " + l.kinds()})
		}
		for _, f := range one.Files {
			f.Place = l.names.place(f.Place, filepath.ToSlash(absolute))
			if source := l.source(f); !seen[source] {
				seen[source] = true
				l.add(f, source)
			}
		}
		l.set.Add(one)
	}
	l.prefixes = append(l.prefixes, l.names.prefixes()...)
	for _, d := range config.Documents {
		if !seen[d.Source] {
			seen[d.Source] = true
			l.prefixes = append(l.prefixes, d.Source)
			l.document(d)
		}
	}
	return l
}

// document adds what lies in no folder.
func (l *Load) document(d Document) {
	file := &loader.File{
		Name: d.Name, Collection: d.Address, Path: d.Path, Source: d.Source, Repository: d.Address,
		Class: l.config.Class, Attribution: l.config.Attribution, Content: d.Content,
	}
	l.accept(file, d.Path, nil)
}

// Close lets go of the files.
func (l *Load) Close() { l.set.Close() }

// Prefixes begin the names of the sources whose statements Read asks for.
func (l *Load) Prefixes() []string { return l.prefixes }

func (l *Load) kinds() string {
	names := make([]string, len(l.config.Formats))
	for i, f := range l.config.Formats {
		names[i] = f.Name()
	}
	return strings.Join(names, " or ") + " in it"
}

// wanted files are those that a format recognises by name alone.
func (l *Load) wanted(name string) bool {
	return slices.ContainsFunc(l.config.Formats, func(f loader.Format) bool { return f.Recognises(name, nil) })
}

// FileSources begins the names of the sources of files.
const FileSources = "file:"

const (
	fileSource       = FileSources
	collectionSource = "collection:"
)

// What comes after # in the name of a source is no part of the file's.
var (
	escape   = strings.NewReplacer("%", "%25", "#", "%23")
	unescape = strings.NewReplacer("%23", "#", "%25", "%")
)

// source is the name under which a file speaks.
func (l *Load) source(f files.File) string {
	if l.config.Collection != "" {
		return escape.Replace(collectionSource + l.config.Collection + "/" + f.Path)
	}
	return escape.Replace(fileSource + f.Place)
}

// prefix begins the names of the sources below a path.
func (l *Load) prefix(p string, single bool) (string, error) {
	if l.config.Collection != "" {
		if single {
			return escape.Replace(collectionSource + l.config.Collection + "/" + filepath.Base(p)), nil
		}
		return escape.Replace(collectionSource + l.config.Collection + "/"), nil
	}
	absolute, err := files.Absolute(p)
	return escape.Replace(fileSource + filepath.ToSlash(absolute)), err
}

func (l *Load) add(f files.File, source string) {
	collection := l.config.Collection
	if collection == "" {
		collection = path.Base(strings.TrimSuffix(f.Place, "/"+f.Path))
	}
	file := &loader.File{
		Name: f.Name, Collection: collection, Path: f.Path, Place: f.Place, Source: source,
		Class: l.config.Class, Attribution: l.config.Attribution, Content: f.Content, Unlabelled: l.config.Unlabelled,
	}
	l.accept(file, f.Path, f.Head(loader.HeadSize))
}

// accept gives a file to the format that recognises it.
func (l *Load) accept(file *loader.File, name string, head []byte) {
	if l.config.Mapping != nil {
		l.config.Mapping.Apply(file)
	}
	file.Class, file.Attribution = l.plain(file.Class), l.plain(file.Attribution)
	at := slices.IndexFunc(l.config.Formats, func(format loader.Format) bool { return format.Recognises(name, head) })
	if at < 0 {
		l.problems = append(l.problems, loader.Problem{File: file.Name, Message: "is no file that can be loaded", Hint: "right is " + strings.TrimSuffix(l.kinds(), " in it")})
		return
	}
	l.byFormat[at] = append(l.byFormat[at], file)
	l.total++
}

// paths are those by which a mapping knows the files, in the order in which they are
// read.
func (l *Load) paths() []string {
	var out []string
	for _, files := range l.byFormat {
		for _, f := range files {
			out = append(out, f.Path)
		}
	}
	return out
}

// plain is a class without a requirement for the lowest level alone, which requires
// nothing.
func (l *Load) plain(c access.Class) access.Class {
	if len(c.Atoms) == 1 && c.Atoms[0].Level == l.config.Ladder.Lowest() && len(c.Atoms[0].Audience)+len(c.Atoms[0].Conditions) == 0 {
		return access.Class{}
	}
	return c
}
