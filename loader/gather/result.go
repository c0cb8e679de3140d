package gather

import (
	"fmt"
	"iter"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// Result is what a load says.
type Result struct {
	// Changeset without an actor and a time. Nearly all that it says is packed, so
	// that a load of many files is small.
	Changeset *record.Changeset
	// Dropped is what files said and say no more.
	Dropped []record.Retirement
	// Renamed are files that had another name: that by which the source was known that
	// spoke, and the name of the file.
	Renamed map[string]string
	// Anew are statements of theirs that they say again, under the new name.
	Anew map[record.Retirement]bool
	// Read are the numbers of files that were taken, by the name of their format.
	Read map[string]int
	// Passed are files that are none of a format after all, with the reason.
	Passed loader.Problems
	// Problems keep their files from being taken, Warnings do not.
	Problems, Warnings loader.Problems

	catalog *schema.Catalog
	// prose are the files in whose words links are to be looked for.
	prose map[string]bool
}

// NewResult is that of a load that says a changeset about records of the catalog's
// types.
func NewResult(catalog *schema.Catalog, c *record.Changeset) *Result {
	return &Result{Changeset: c, Read: map[string]int{}, Renamed: map[string]string{}, Anew: map[record.Retirement]bool{}, catalog: catalog, prose: map[string]bool{}}
}

// IsProse reports whether links are to be looked for in the words of what a source
// says.
func (r *Result) IsProse(source string) bool { return r.prose[owner(source)] }

// Statements are those packed ones that somebody wants, opened one after the other.
// Those that are not packed do not fit the model: nothing of the load will be written.
func (r *Result) Statements(wanted func(*record.Packed) bool) iter.Seq[*record.Statement] {
	return func(yield func(*record.Statement) bool) {
		var decoder merge.Decoder
		for i := range r.Changeset.Packed {
			p := &r.Changeset.Packed[i]
			if !wanted(p) {
				continue
			}
			s, err := decoder.Open(r.catalog.Type(p.ID.Type), p)
			if err != nil {
				panic(fmt.Sprintf("BUG: what was packed of %s cannot be opened: %v", p.ID, err))
			}
			if !yield(&s) {
				return
			}
		}
	}
}
