// Package record holds data as it crosses package boundaries: the identity of a
// record, its values, and the changesets that write them. It knows no store and
// no query.
package record

import (
	"iter"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
)

// A value of a field is one of: nil (no value), bool, int64, float64, string
// (also enums, Date as YYYY-MM-DD and DateTime as RFC 3339 in UTC with seconds,
// so that text order is time order), Object, or []any of these for a list.

// Object is a value object, its values in the order of its declaration.
type Object []any

// ID names a record: its concrete type and its key.
type ID struct {
	Type string
	Key  string
}

// String is the global id, Type:key.
func (id ID) String() string { return id.Type + ":" + id.Key }

// JoinKeys is the key of a record that states none, from those of the records it is
// about.
func JoinKeys(keys ...string) string { return strings.Join(keys, "--") }

// Joining is the id of a record of a type that is about others: a fact such as a
// person's ballot for a topic.
func Joining(typ string, others ...ID) ID {
	keys := make([]string, len(others))
	for i, id := range others {
		keys[i] = id.Key
	}
	return ID{Type: typ, Key: JoinKeys(keys...)}
}

// LinkedBy is the source of a link that somebody has made by hand, by what it leads to.
func LinkedBy(to ID) string { return linkedBy + to.String() }

const linkedBy = "link:"

// IsLinkedBy reports whether a source is of a link that somebody has made by hand.
func IsLinkedBy(source string) bool { return strings.HasPrefix(source, linkedBy) }

// Proposing is the id of the proposal of a link: of the field of a record that it would
// stand in, to another.
func Proposing(from ID, field string, to ID) ID {
	var words strings.Builder
	for _, r := range field {
		if 'A' <= r && r <= 'Z' {
			words.WriteByte('-')
			r += 'a' - 'A'
		}
		words.WriteRune(r)
	}
	return ID{Type: "LinkProposal", Key: from.Key + "-" + words.String() + "-" + to.Key}
}

// ParseID reads a global id. ok is false for anything that is not Type:key.
func ParseID(s string) (id ID, ok bool) {
	t, k, found := strings.Cut(s, ":")
	if !found || t == "" || k == "" {
		return ID{}, false
	}
	return ID{Type: t, Key: k}, true
}

// Statement is what one source says of one record. A record's value is the merge
// of its statements; a source that is retired takes its statements with it and
// nothing else.
type Statement struct {
	// Source is who says it: "catalogue", "minutes:openops/20230612.md",
	// "person:goern".
	Source string
	// ID of the record it speaks of.
	ID ID
	// Fields by name. A field that is absent is not spoken of; one that is nil is
	// said to have no value.
	Fields map[string]any
	// Links by the name of the field that stores them (@link), in the order given.
	Links map[string][]ID
	// Class of everything this statement says.
	Class access.Class
	// Edit marks a person's own edit, which goes before every source.
	Edit bool
}

// Decides reports whether s decides the class of its record: an edit that says
// nothing else. What was said of the record in the most open class until then is of
// the decided class from then on, and so is what the same sources say later.
func (s *Statement) Decides() bool {
	return s.Edit && len(s.Fields) == 0 && len(s.Links) == 0 && !s.Class.Inherits()
}

// derived ends the name of a source under which stands what a reader made up of what
// its file says, as the model asks for it: no name of a file and no part of it has two
// of these signs in a row.
const derived = "##derived"

// DerivedBy is the source under which stands what a reader of source made up because
// nobody said it, such as a title of a meeting that has none. Whatever anybody says
// goes before it, also what was said earlier.
func DerivedBy(source string) string { return source + derived }

// IsDerived reports whether what a source says was made up by a reader; see DerivedBy.
func IsDerived(source string) bool { return strings.HasSuffix(source, derived) }

// Packed is a statement as stores keep it: its fields and its links as JSON, which
// package merge writes and reads. It takes a fifth of the memory, and loads have many.
type Packed struct {
	Source string
	ID     ID
	// Fields and Links are objects, "{}" for none.
	Fields, Links string
	Class         access.Class
	Edit          bool
}

// Decides is that of the statement.
func (p *Packed) Decides() bool {
	return p.Edit && !p.Speaks() && p.Links == nothing && !p.Class.Inherits()
}

// Speaks reports whether it says anything of fields.
func (p *Packed) Speaks() bool { return p.Fields != nothing }

// nothing is an object without members.
const nothing = "{}"

// Changeset is one atomic write.
type Changeset struct {
	// ID makes it idempotent: a store that knows the ID does nothing. It may end with #
	// and a digest of what was asked for: a store that knows the part before it with
	// another digest refuses the changeset. Without an ID nobody will ask for it again:
	// where it changes something the store names it, else it leaves no trace.
	ID    string
	Actor string
	// At is the time of the write; it becomes createdAt and updatedAt.
	At time.Time
	// Expect are checked inside the write transaction.
	Expect []Precondition
	// Say adds or replaces the statement of its source about its record; Packed does
	// the same, before Say.
	Say    []Statement
	Packed []Packed
	// Once: whoever applies it may let go of the Fields and Links of what is Packed, as
	// nobody looks at them afterwards, nor applies it again.
	Once bool
	// Retire removes statements.
	Retire []Retirement
	// Replace names sources whose statements that are not in Say are retired.
	Replace []string
	// DryRun: it is worked out and nothing is written.
	DryRun bool
	// Detailed: the outcome has Details. Listed is how many records of each kind of
	// change they tell one by one, 0 for all.
	Detailed bool
	Listed   int
}

// Subjects are the records a changeset speaks of, as often as it does.
func (c *Changeset) Subjects() iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for i := range c.Packed {
			if !yield(c.Packed[i].ID) {
				return
			}
		}
		for i := range c.Say {
			if !yield(c.Say[i].ID) {
				return
			}
		}
	}
}

// LetGo of the texts of what is packed, if they are for once.
func (c *Changeset) LetGo() {
	if !c.Once {
		return
	}
	for i := range c.Packed {
		c.Packed[i].Fields, c.Packed[i].Links = "", ""
	}
}

// Precondition must hold when a changeset is applied, else it is refused whole.
type Precondition struct {
	ID ID
	// Version the record must have; 0 asks only that it exists.
	Version int64
	// Viewer, where it is set, must be able to see the record at the time of the
	// changeset; one that it cannot see does not exist.
	Viewer *access.Viewer
}

// Request is the part of a changeset's id that names the request, and the digest
// of what was asked for, empty for none.
func Request(id string) (name, digest string) {
	name, digest, _ = strings.Cut(id, "#")
	return name, digest
}

// Retirement removes what Source said of ID.
type Retirement struct {
	Source string
	ID     ID
}

// Change is one row of the change log.
type Change struct {
	Revision  int64
	Changeset string
	Actor     string
	At        time.Time
	// Touched are the records whose values, links or class changed.
	Touched []ID
}
