package merge

import (
	"context"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Plan computes what c changes in the store behind tx, and what Apply has to
// return for it. The Delta is nil when nothing is to be written: the changeset is
// known, a dry run, or changes nothing and has no id to be known by.
//
// Where c says, retires and replaces at once: what it says stands. Of two
// statements of one source about one record the later one stands.
//
// Errors: those of tx; BadInput for what does not fit the model, a level the
// ladder does not have and a link to a record that does not exist; NotFound and
// Conflict for a precondition that does not hold.
func Plan(ctx context.Context, catalog *schema.Catalog, tx Tx, c *record.Changeset) (*Delta, record.Outcome, error) {
	head, err := tx.Head(ctx, c.ID)
	if err != nil {
		return nil, record.Outcome{}, err
	}
	if known, err := head.knows(c.ID); known || err != nil {
		return nil, record.Outcome{Revision: head.Revision, Known: known}, err
	}
	p := newPlanner(ctx, catalog, tx, c, head)
	err = p.run(p.checkForm, p.checkExpected, p.stage, p.settleLadder, p.checkLevels, p.checkTargets, p.settle)
	if err != nil {
		return nil, record.Outcome{}, err
	}
	delta, outcome := p.emit(p.said > 0 || len(p.unsay) > 0)
	if c.Detailed {
		outcome.Details = p.details(delta)
	}
	p.done()
	switch {
	case c.DryRun:
		outcome.Revision = head.Revision
		return nil, outcome, nil
	case !delta.Changed && c.ID == "":
		return nil, outcome, nil
	}
	return delta, outcome, nil
}

// Refresh works out the records of ids anew from their statements: for a store
// whose model has changed since it was written, with every id it has a statement
// or a record of. c gives id, actor and time of the change; what it says is not
// looked at. The Delta is nil when c is known.
func Refresh(ctx context.Context, catalog *schema.Catalog, tx Tx, c *record.Changeset, ids []record.ID) (*Delta, record.Outcome, error) {
	head, err := tx.Head(ctx, c.ID)
	if err != nil {
		return nil, record.Outcome{}, err
	}
	if known, err := head.knows(c.ID); known || err != nil {
		return nil, record.Outcome{Revision: head.Revision, Known: known}, err
	}
	p := newPlanner(ctx, catalog, tx, c, head)
	p.base, p.ladder = head.Table.Ladder(), head.Table.Ladder()
	enlist := func() error { return p.enlist(ids) }
	if err := p.run(enlist, p.settleLadder, p.settle); err != nil {
		return nil, record.Outcome{}, err
	}
	delta, outcome := p.emit(true)
	p.done()
	return delta, outcome, nil
}

// done lets go of what is not needed to go through the delta.
func (p *planner) done() { p.told, p.drafts, p.places, p.venues = nil, nil, nil, nil }

// planner holds a changeset while it is worked out.
type planner struct {
	ctx     context.Context
	tx      Tx
	c       *record.Changeset
	head    Head
	shapes  shapes
	classes *classes

	// told are the statements of the changeset.
	told []*record.Packed
	// said is how many of them change something, unsay those that are no longer said.
	said  int
	unsay []record.Retirement
	// decoder reads statements; voiced is room for what it reads.
	decoder Decoder
	voiced  []voice
	// drafts are the records that have to be worked out anew.
	drafts map[record.ID]*draft
	// ordered are the drafts by id, as many as there were when they were last asked for.
	ordered []*draft
	// places are the records beside drafts that had to be looked up, and those of which
	// the changeset says what is said already; an id that the store does not know has
	// the zero place.
	places map[record.ID]place
	// venues are the records beside drafts at which it is decided whether the Chatham
	// House Rule holds.
	venues map[record.ID]*draft
	// base ranks the levels' own statements, ladder everything else.
	base, ladder access.Ladder
}

func newPlanner(ctx context.Context, catalog *schema.Catalog, tx Tx, c *record.Changeset, head Head) *planner {
	return &planner{
		ctx: ctx, tx: tx, c: c, head: head,
		shapes:  shapes{catalog: catalog, byName: map[string]*shape{}},
		classes: newClasses(head.Table),
		drafts:  map[record.ID]*draft{},
		places:  map[record.ID]place{},
		venues:  map[record.ID]*draft{},
	}
}

// place is what is known of a record that is no draft.
type place struct {
	Place
	// own is the class its statements give it, where the changeset speaks of it.
	own access.ClassNumber
	// stood: what the changeset says of it was looked at.
	stood bool
}

func (p *planner) run(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
