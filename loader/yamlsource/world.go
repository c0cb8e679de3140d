package yamlsource

import (
	"bytes"
	"fmt"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// world is everything that is known when the records of all files are checked.
type world struct {
	report
	in      loader.Input
	docs    []*document
	records []*draft
	// byID are the records of the load, known those outside it.
	byID     map[record.ID]*draft
	known    map[record.ID]bool
	families map[*schema.Type]*family
	sources  map[string]*namedSource
	// unread are words of files that could not be read; what they name may well be
	// stated there.
	unread map[string]bool
	// budget is how many names may still be compared to find the nearest: enough for
	// what a person got wrong, not for a file that is wrong all over.
	budget int
}

// family is a key space.
type family struct {
	// types of the records by key.
	types map[string]*schema.Type
	// first is where a key was stated.
	first map[string]place
	// aliases lead to keys, for records that have some.
	aliases map[string]string
	keys    []string
}

// comparisons of names that one load may spend on suggestions, about a second.
const comparisons = 1_000_000

func newWorld(in loader.Input, docs []*document) *world {
	w := &world{
		in: in, docs: docs, byID: map[record.ID]*draft{}, known: map[record.ID]bool{},
		families: map[*schema.Type]*family{}, sources: map[string]*namedSource{}, unread: map[string]bool{}, budget: comparisons,
	}
	for _, id := range in.Known {
		if t := in.Catalog.Type(id.Type); t != nil && !t.Interface {
			w.known[id] = true
			w.family(t).types[id.Key] = t
		}
	}
	for _, d := range docs {
		w.enlistSources(d)
		for _, word := range bytes.FieldsFunc(d.unread, func(r rune) bool { return !isKeyRune(r) }) {
			w.unread[string(word)] = true
		}
		for _, r := range d.records {
			w.enlist(r)
		}
	}
	return w
}

func isKeyRune(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' }

func (w *world) family(t *schema.Type) *family {
	f := w.families[t.Family]
	if f == nil {
		f = &family{types: map[string]*schema.Type{}, first: map[string]place{}, aliases: map[string]string{}}
		w.families[t.Family] = f
	}
	return f
}

func (w *world) enlistSources(d *document) {
	for _, s := range d.sources {
		if other := w.sources[s.id]; other != nil {
			w.problem(s.place, fmt.Sprintf("the source %s is there twice, first at %s", quote(s.id), other.place),
				"right is one of them: all files of a folder share their sources")
			continue
		}
		w.sources[s.id] = s
	}
}

// enlist gives a record its place in its key space.
func (w *world) enlist(r *draft) {
	w.records = append(w.records, r)
	if r.id.Key == "" {
		if len(r.typ.KeyFrom) == 0 && !r.gives("key") {
			w.problem(r.place, r.label+" has no key", "add key: with a slug such as etcd-backup")
		}
		return
	}
	f := w.family(r.typ)
	other, taken := f.types[r.id.Key]
	first, here := f.first[r.id.Key]
	switch {
	case here && other == r.typ:
		w.problem(r.place, fmt.Sprintf("%s is there twice, first at %s", r.label, first), w.twiceHint(r))
		return
	case here:
		w.problem(r.place, fmt.Sprintf("%s has the key of the %s at %s", r.label, other.Name, first), oneKeySpace(r.typ))
		return
	case taken && other != r.typ:
		w.problem(r.place, fmt.Sprintf("%s has the key of a known %s", r.label, other.Name), oneKeySpace(r.typ))
		return
	}
	f.types[r.id.Key], f.first[r.id.Key] = r.typ, r.place
	w.byID[r.id] = r
}

func (w *world) twiceHint(r *draft) string {
	if onePerPair(r.typ) {
		return "right is one of them"
	}
	if len(r.typ.KeyFrom) > 0 && !r.gives("key") {
		return "right is one of them, or a key: of its own for the second"
	}
	return "right is one of them, or another key"
}

func oneKeySpace(t *schema.Type) string {
	return fmt.Sprintf("right is another key: all records of a %s share one key space", t.Family.Name)
}

// there finds the concrete type of a record that a link to t may name.
func (w *world) there(t *schema.Type, key string) *schema.Type {
	if f := w.families[t.Family]; f != nil {
		return f.types[key]
	}
	return nil
}

// nearest is the hint for a key that no record of type t has.
func (w *world) nearest(t *schema.Type, key string) string {
	otherwise := "add that " + t.Name + ", or name one that is there"
	f := w.families[t.Family]
	if f == nil {
		return otherwise
	}
	if of := f.aliases[fold(key)]; of != "" {
		return "it is an alias; right is the key " + of
	}
	if f.keys == nil {
		for _, k := range sortedKeys(f.types) {
			if f.types[k].Is(t) {
				f.keys = append(f.keys, k)
			}
		}
	}
	if w.budget -= len(f.keys); w.budget < 0 {
		return otherwise
	}
	return w.suggest(key, f.keys, otherwise)
}
