// Package naming finds the record that somebody names in a form: by its key, or by what
// it is called. Case, accents, hyphens and what stands in brackets behind a name do not
// count. It finds what is named whole; package linking finds mentions in a text.
package naming

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
)

// Index is records by their keys and names.
type Index struct {
	all    []loader.Named
	byKey  map[record.ID]bool
	byName map[string][]record.ID
}

// New makes an index. Of a record that is named more than once all names count.
func New(all []loader.Named) *Index {
	x := &Index{all: all, byKey: map[record.ID]bool{}, byName: map[string][]record.ID{}}
	for _, n := range all {
		x.byKey[n.ID] = true
		for _, name := range spelled(n) {
			x.add(name, n.ID)
		}
	}
	return x
}

// spelled are the key of a record and its names, with and without what stands in
// brackets behind them.
func spelled(n loader.Named) []string {
	out := append([]string{n.ID.Key}, n.Names...)
	for _, name := range n.Names {
		if before, _, found := strings.Cut(name, "("); found && strings.TrimSpace(before) != "" {
			out = append(out, strings.TrimSpace(before))
		}
	}
	return out
}

func (x *Index) add(name string, id record.ID) {
	if words := plain(name); words != "" && !slices.Contains(x.byName[words], id) {
		x.byName[words] = append(x.byName[words], id)
	}
}

// plain is a name as it is compared: its words as a key has them.
func plain(name string) string {
	var words []string
	for _, w := range text.Words(name) {
		words = append(words, text.Unaccented(w.Text))
	}
	return strings.Join(words, " ")
}

// Find is the records of some types that a name may mean: the one whose key it is, else
// all that are called so, by their keys.
func (x *Index) Find(name string, types ...string) []record.ID {
	for _, t := range types {
		if id := (record.ID{Type: t, Key: strings.ToLower(name)}); x.byKey[id] {
			return []record.ID{id}
		}
	}
	var out []record.ID
	for _, id := range x.byName[plain(name)] {
		if slices.Contains(types, id.Type) {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b record.ID) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Type, b.Type)) })
	return out
}

// Begins is the records of some types that a text begins with the name of: by as many
// words as there are.
func (x *Index) Begins(s string, types ...string) []record.ID {
	words := text.Words(s)
	for n := len(words); n > 0; n-- {
		if found := x.Find(s[words[0].Start:words[n-1].End], types...); len(found) > 0 {
			return found
		}
	}
	return nil
}

// mostNear is how many records somebody is asked about who may have meant them.
const mostNear = 3

// Near are the keys of records of some types that somebody may have meant by a name.
func (x *Index) Near(name string, types ...string) []string {
	var names []string
	keys := map[string]string{}
	for _, n := range x.all {
		if !slices.Contains(types, n.ID.Type) {
			continue
		}
		for _, called := range spelled(n) {
			if _, there := keys[called]; !there {
				keys[called] = n.ID.Key
				names = append(names, called)
			}
		}
	}
	var out []string
	for _, near := range text.Nearest(name, names, 3*mostNear) {
		if key := keys[near]; !slices.Contains(out, key) && len(out) < mostNear {
			out = append(out, key)
		}
	}
	return out
}

// Choice is the hint where a name means several records: their keys.
func Choice(found []record.ID) string {
	keys := make([]string, len(found))
	for i, id := range found {
		keys[i] = id.Key
	}
	return "right is one of the keys " + strings.Join(keys, ", ")
}

// Hint is the hint where a name means none: the keys that are near, or else what would
// be right.
func Hint(near []string, right string) string {
	if len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "right is " + right
}
