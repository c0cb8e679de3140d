package merge

import (
	"iter"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Delta is what has to be written for a changeset, all of it or nothing. Everything
// is in a fixed order and names a thing at most once. What there may be much of is
// worked out while it is gone through, as often as that is done, so that the values of
// all records are never in memory at once.
type Delta struct {
	// ID under which the store knows the changeset from then on.
	ID string
	// Changed is false when the changeset says nothing new: then only its id is
	// written, so that it is known, and everything below is empty but Revision and
	// Table, which are the store's.
	Changed bool
	// Revision of the store afterwards.
	Revision int64
	// Table after the changeset: the store's classes in front, under the same
	// numbers, then Classes.
	Table *access.Table
	// Classes that are new, in the order of their numbers; the first is
	// Table.Len()-len(Classes).
	Classes []access.Class
	// LadderChanged is true when Table has another ladder than the store had.
	LadderChanged bool
	// Moves is true when a record or a link that is stored gets another class.
	Moves bool
	// Unsay are statements to be deleted.
	Unsay []record.Retirement
	// Again are records to be written as they are stored: Plan has none, a store may add
	// those whose form has changed.
	Again []*Record
	// Delete are records to be deleted.
	Delete []record.ID
	// DropLinks are to be deleted, those of deleted records included, at either end.
	DropLinks []Link
	// Touched are the records whose values, links (seen from either end) or class
	// changed, for the change log.
	Touched []record.ID

	planner *planner
	// drafts are the records that were worked out, puts those of them to be written;
	// made are the relations that get links.
	drafts []*draft
	puts   []put
	made   []*schema.Relation
	links  int
}

// Say are statements to add or to write over that of the same source and id.
func (d *Delta) Say() iter.Seq[*Said] {
	return func(yield func(*Said) bool) {
		for _, at := range d.drafts {
			for i := range at.said {
				if at.said[i].Revision == d.Revision && !yield(&at.said[i]) {
					return
				}
			}
		}
	}
}

// Puts are records to create or to write over. Their links are in PutLinks and
// DropLinks.
func (d *Delta) Puts() iter.Seq[*Put] {
	return func(yield func(*Put) bool) {
		for i := range d.puts {
			if !yield(d.planner.put(&d.puts[i])) {
				return
			}
		}
		for _, r := range d.Again {
			if !yield(&Put{Record: *r, Was: r}) {
				return
			}
		}
	}
}

// PutLinks are to be created, or given another class: by relation, and of each in the
// order of the records that store them.
func (d *Delta) PutLinks() iter.Seq[Link] {
	return func(yield func(Link) bool) {
		for _, relation := range d.made {
			for _, at := range d.drafts {
				for i, l := range at.links {
					if l.Relation == relation && at.ties[i].put && !yield(Link{at.id, l}) {
						return
					}
				}
			}
		}
	}
}

// Standing is what is said of a record after a changeset, and the links that it stores
// then.
type Standing struct {
	ID    record.ID
	Said  []Said
	Links []End
}

// Standings are those of the records that were worked out: what is said of all others, and
// what they store, stays as it is.
func (d *Delta) Standings() iter.Seq[Standing] {
	return func(yield func(Standing) bool) {
		var links []End
		for _, at := range d.drafts {
			links = links[:0]
			for i, l := range at.links {
				if at.ties[i].lives {
					links = append(links, l)
				}
			}
			if !yield(Standing{at.id, at.said, links}) {
				return
			}
		}
	}
}

// Links is how many PutLinks has.
func (d *Delta) Links() int { return d.links }

// Done lets go of what Say, Puts, PutLinks and Standings go through: they are empty from
// then on.
func (d *Delta) Done() { d.planner, d.drafts, d.puts, d.Again, d.made = nil, nil, nil, nil, nil }

// Put is a record after a changeset.
type Put struct {
	// Record has no Links.
	Record
	// Was is what is stored of it, nil when it is new.
	Was *Record
}
