package loader

import (
	"context"
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Format turns files of one kind into statements. A file is taken whole or not at
// all: one with Problems keeps what it said before.
type Format interface {
	// Name of the kind of file, for people: "minutes".
	Name() string
	// Recognises reports whether a file is of this format, by its name and its first
	// bytes, at most HeadSize of them.
	Recognises(name string, head []byte) bool
	// Read reads files of the format, which may refer to each other. There is one
	// Reading for each, in their order. An error is returned only when ctx ended.
	Read(ctx context.Context, in Reader, files []*File) ([]*Reading, error)
}

// HeadSize is how many bytes of a file a format recognises it by.
const HeadSize = 4 << 10

// Reader is what formats read with.
type Reader struct {
	Catalog *schema.Catalog
	// Known are records that may be referred to although no file of the format speaks
	// of them: the store's, and those of formats before. Formats that need it ask for
	// it once.
	Known func(context.Context) ([]record.ID, error)
	// Called are records of the store, and of formats before, with what they are called;
	// nil where there is no store. Formats ask for it where something is no key.
	Called func(context.Context) ([]Named, error)
	// Has are those of some records that the store has; nil where there is no store.
	Has func(context.Context, []record.ID) (map[record.ID]bool, error)
	// Elsewhere is what files that are not read now say of a record; nil where there is
	// no store.
	Elsewhere func(context.Context, record.ID) ([]Elsewhere, error)
	// Ladder is the levels of the store.
	Ladder access.Ladder
	// Now is the time of the load.
	Now time.Time
	// Venues are the meetings and series of the store under the Chatham House Rule:
	// what was said there names nobody, unless AllowHandles.
	Venues       []record.ID
	AllowHandles bool
	// Done is called after each file, from several goroutines; it may be nil.
	Done func()
}

// Elsewhere is what a source that is no part of a load says of a record.
type Elsewhere struct {
	record.Statement
	// Gone: its file is not there any more, and the load retires it.
	Gone bool
}

// Tick says that a file has been read.
func (r Reader) Tick() {
	if r.Done != nil {
		r.Done()
	}
}

// File is one file of a load.
type File struct {
	// Name as whoever loads it calls it: for messages.
	Name string
	// Collection and Path are the uri and the path of Sources that lead to the file;
	// Collection is an address, and Place empty, where a service told it.
	Collection, Path string
	// Place is where the file lies, with slashes: the folders in it may say what the
	// file's name does not.
	Place string
	// Source is the name under which its statements are said. What is said under a
	// stricter class of its own has it as the beginning of its name, followed by #.
	Source string
	// Class of records that state none of their own.
	Class access.Class
	// Unlabelled: nobody gave the file a level, so that a label in its text does.
	Unlabelled bool
	// Attribution is the class of who said or did something; equal to Class where
	// that may be told as far as the rest.
	Attribution access.Class
	// Series is the key of the series that the file's meetings belong to, empty for
	// none.
	Series string
	// Repository is the address that #12 is an issue of, such as
	// https://github.com/owner/name; empty when nobody said.
	Repository string
	// Prior is what the file said before.
	Prior Prior
	// Content reads it whole; its errors are for people and do not name the file.
	Content func() ([]byte, error)
}

// Discreet reports whether who said something travels less far than what was said.
func (f *File) Discreet() bool { return f.Class.Key() != f.Attribution.Key() }

// Reading is what a format has read in one file.
type Reading struct {
	// Say is what the file says; nothing when there are Problems. Pack makes it Packed,
	// all but what does not fit the model.
	Say    []record.Statement
	Packed []record.Packed
	// Problems keep the file from being taken, Warnings do not.
	Problems, Warnings Problems
	// Prose: links are to be looked for in the words of what it says, as whoever wrote
	// it stated hardly any.
	Prose bool
	// Verbatim: control characters count, as whoever wrote them had to write escapes.
	Verbatim bool
	// Passed says why the file is none of the format after all, such as a Markdown
	// file that is no minutes. It says nothing then.
	Passed string
}

// Pack is called when a file has been read: a load keeps what all of them say. What the
// file said before is in memory anyway, and not kept twice.
func (r *Reading) Pack(catalog *schema.Catalog, before Prior) {
	packer := merge.NewPacker(catalog)
	var left []record.Statement
	r.Packed = slices.Grow(r.Packed, len(r.Say))
	for i := range r.Say {
		if !r.Verbatim {
			r.printable(&r.Say[i])
		}
		if packed, ok := packer.Pack(&r.Say[i]); ok {
			r.Packed = append(r.Packed, packed)
		} else {
			left = append(left, r.Say[i])
		}
	}
	r.Say = left
	before.share(r.Packed)
}
