// Package gather makes one changeset of everything that somebody loads: it finds
// the files, gives each to the format that recognises it, and puts together what
// they say with what they no longer say. It writes nothing.
//
//	paths ─ files ─> formats ─ readings ─> Say
//	             └ what the store has of them ─> Replace: read again, or gone
package gather

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
	// Now is the time of the load.
	Now time.Time
	// Has are those of some records that the store has; nil for none.
	Has func(context.Context, []record.ID) (map[record.ID]bool, error)
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
	// prefixes begin the names of all sources that the load speaks for.
	prefixes []string
	total    int
}

// Open finds the files. Close has to be called.
func Open(config Config) *Load {
	l := &Load{config: config, set: &files.Set{}, byFormat: make([][]*loader.File, len(config.Formats))}
	seen := map[string]bool{}
	for _, p := range config.Paths {
		one := files.Paths([]string{p}, l.wanted)
		single := len(one.Files) == 1 && one.Files[0].Name == p
		if prefix, err := l.prefix(p, single); err == nil {
			l.prefixes = append(l.prefixes, prefix)
		}
		if len(one.Files) == 0 && len(one.Problems) == 0 {
			one.Problems = append(one.Problems, loader.Problem{File: filepath.Clean(p), Message: "there is no file in it that could be loaded", Hint: "right is a folder with " + l.kinds()})
		}
		for _, f := range one.Files {
			if source := l.source(f); !seen[source] {
				seen[source] = true
				l.add(f, source)
			}
		}
		l.set.Add(one)
	}
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

// Total is how many files there are.
func (l *Load) Total() int { return l.total }

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

const (
	fileSource       = "file:"
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
	absolute, err := filepath.Abs(p)
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

// plain is a class without a requirement for the lowest level alone, which requires
// nothing.
func (l *Load) plain(c access.Class) access.Class {
	if len(c.Atoms) == 1 && c.Atoms[0].Level == l.config.Ladder.Lowest() && len(c.Atoms[0].Audience)+len(c.Atoms[0].Conditions) == 0 {
		return access.Class{}
	}
	return c
}

// Result is what a load says.
type Result struct {
	// Changeset without an actor and a time.
	Changeset *record.Changeset
	// Prose are those of its statements in whose words links are to be looked for.
	Prose []record.Statement
	// Dropped is what files said and say no more.
	Dropped []record.Retirement
	// Read are the numbers of files that were taken, by the name of their format.
	Read map[string]int
	// Passed are files that are none of a format after all, with the reason.
	Passed loader.Problems
	// Problems keep their files from being taken, Warnings do not.
	Problems, Warnings loader.Problems
}

// Read reads all files. said is what the store has of the sources with the Prefixes.
func (l *Load) Read(ctx context.Context, said []record.Statement) (*Result, error) {
	r := &reader{Load: l, prior: map[string][]record.Statement{}, keep: map[string]bool{}, replace: map[string]bool{}}
	for _, s := range said {
		r.prior[owner(s.Source)] = append(r.prior[owner(s.Source)], s)
	}
	r.out = &Result{Changeset: &record.Changeset{}, Read: map[string]int{}}
	r.out.Problems = append(slices.Clone(l.set.Problems), l.problems...)
	in := loader.Reader{Catalog: l.config.Catalog, Ladder: l.config.Ladder, AllowHandles: l.config.AllowHandles, Now: l.config.Now, Has: l.config.Has, Done: r.progress()}
	in.Known = r.known(once(l.config.Known))
	var venues []record.ID
	if l.config.Venues != nil {
		var err error
		if venues, err = l.config.Venues(ctx); err != nil {
			return nil, err
		}
	}
	for i, format := range l.config.Formats {
		in.Venues = loader.Venues(l.config.Catalog, r.out.Changeset, venues)
		if err := r.read(ctx, in, format, l.byFormat[i]); err != nil {
			return nil, err
		}
	}
	r.retire(said)
	r.out.Changeset.Replace = slices.Sorted(maps.Keys(r.replace))
	r.dropped(said)
	r.out.Problems.Sort()
	r.out.Warnings.Sort()
	r.out.Passed.Sort()
	return r.out, nil
}

// known are the records of the store and those that formats before have read.
func (r *reader) known(stored func(context.Context) ([]record.ID, error)) func(context.Context) ([]record.ID, error) {
	return func(ctx context.Context) ([]record.ID, error) {
		ids, err := stored(ctx)
		return append(slices.Clip(ids), loader.Spoken(r.out.Changeset)...), err
	}
}

// once asks f when it is first needed, and gives what it told from then on.
func once(f func(context.Context) ([]record.ID, error)) func(context.Context) ([]record.ID, error) {
	var ids []record.ID
	var err error
	var asked sync.Once
	return func(ctx context.Context) ([]record.ID, error) {
		asked.Do(func() { ids, err = f(ctx) })
		return ids, err
	}
}

// owner is the source of a file, of which others begin with its name and #.
func owner(source string) string {
	name, _, _ := strings.Cut(source, "#")
	return name
}

// reader is a load that is being read.
type reader struct {
	*Load
	prior map[string][]record.Statement
	out   *Result
	// keep are files of which nothing is retired, replace the sources that speak anew.
	keep, replace map[string]bool
}

func (r *reader) progress() func() {
	if r.config.Progress == nil {
		return nil
	}
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		r.config.Progress(done, r.total)
	}
}

func (r *reader) read(ctx context.Context, in loader.Reader, format loader.Format, all []*loader.File) error {
	if len(all) == 0 {
		return nil
	}
	for _, f := range all {
		f.Prior = r.prior[f.Source]
	}
	readings, err := format.Read(ctx, in, all)
	if err != nil {
		return err
	}
	for i, reading := range readings {
		r.take(format, all[i], reading)
	}
	return nil
}

// take takes a file, or leaves it as it was.
func (r *reader) take(format loader.Format, f *loader.File, reading *loader.Reading) {
	r.out.Warnings = append(r.out.Warnings, reading.Warnings...)
	if len(reading.Problems) > 0 {
		r.out.Problems = append(r.out.Problems, reading.Problems...)
		r.keep[f.Source] = true
		return
	}
	r.replace[f.Source] = true
	for i := range f.Prior {
		r.replace[f.Prior[i].Source] = true
	}
	if reading.Passed != "" {
		r.out.Passed = append(r.out.Passed, loader.Problem{File: f.Name, Message: reading.Passed})
		return
	}
	r.out.Read[format.Name()]++
	r.out.Changeset.Say = append(r.out.Changeset.Say, reading.Say...)
	if reading.Prose {
		r.out.Prose = append(r.out.Prose, reading.Say...)
	}
}

// retire lets go of what files said that are gone. A file that is there and was not
// read, or lies where nobody could look, keeps what it said.
func (r *reader) retire(said []record.Statement) {
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
func (r *reader) dropped(said []record.Statement) {
	still := map[record.Retirement]bool{}
	for i := range r.out.Changeset.Say {
		s := &r.out.Changeset.Say[i]
		still[record.Retirement{Source: s.Source, ID: s.ID}] = true
	}
	for i := range said {
		at := record.Retirement{Source: said[i].Source, ID: said[i].ID}
		if r.replace[at.Source] && !still[at] {
			r.out.Dropped = append(r.out.Dropped, at)
		}
	}
}

// speaksFor reports whether a source is one of the paths, or lies below one.
func (r *reader) speaksFor(file string) bool {
	return slices.ContainsFunc(r.prefixes, func(prefix string) bool {
		return file == prefix || strings.HasPrefix(file, strings.TrimSuffix(prefix, "/")+"/")
	})
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
		if absolute, err := filepath.Abs(p); err == nil {
			out = append(out, path.Join(filepath.ToSlash(absolute), relative))
		}
	}
	return out
}
