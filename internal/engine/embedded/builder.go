package embedded

import (
	"cmp"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// builder makes the next snapshot out of one that is published: it copies a page,
// a population or an adjacency before it first writes to it, and shares the rest.
type builder struct {
	*snapshot
	ownPages       map[int]bool
	ownPopulations []bool
	// ownArrangements are those that were copied.
	ownArrangements map[arrangement]bool
	// ownCodings are the pages of columns that were copied.
	ownCodings map[codingName]map[int]bool
	// edits of the adjacencies, of either end of a link.
	edits []placedEdit
	// words are the edits of a kind's words, nil where there are none.
	words []wordEdits
}

func newBuilder(base *snapshot, d *merge.Delta) *builder {
	next := *base
	next.revision, next.table = d.Revision, d.Table
	next.pages = append(make([]*page, 0, len(base.pages)+1), base.pages...)
	next.populations = append([]*population(nil), base.populations...)
	next.arrangements = base.arrangements.next()
	next.codings = base.codings.next()
	return &builder{
		snapshot:        &next,
		ownPages:        map[int]bool{},
		ownPopulations:  make([]bool, len(next.populations)),
		ownArrangements: map[arrangement]bool{},
		ownCodings:      map[codingName]map[int]bool{},
		edits:           make([]placedEdit, 0, 2*(d.Links()+len(d.DropLinks))),
		words:           make([]wordEdits, len(next.populations)),
	}
}

// finish what put and link began, and remove records that are gone.
func (b *builder) finish(gone []number) {
	b.connect()
	for _, n := range gone {
		b.remove(n)
	}
	for kind, edits := range b.words {
		if edits != nil {
			edits.into(b.populations[kind].words)
		}
	}
}

func (b *builder) wordsOf(k *kind) wordEdits {
	if b.words[k.number] == nil {
		b.words[k.number] = wordEdits{}
	}
	return b.words[k.number]
}

// place is a node to write to.
func (b *builder) place(n number) *node {
	at := int(n >> pageBits)
	for at >= len(b.pages) {
		b.pages = append(b.pages, nil)
	}
	if !b.ownPages[at] {
		b.ownPages[at] = true
		own := new(page)
		if b.pages[at] != nil {
			*own = *b.pages[at]
		}
		b.pages[at] = own
	}
	return &b.pages[at][n&pageMask]
}

// population to write to.
func (b *builder) population(k *kind) *population {
	if !b.ownPopulations[k.number] {
		b.ownPopulations[k.number] = true
		old := b.populations[k.number]
		b.populations[k.number] = &population{keys: old.keys.Copy(), words: old.words.Copy(), classes: append([]int(nil), old.classes...)}
	}
	return b.populations[k.number]
}

func (p *population) count(class uint32, by int) {
	for int(class) >= len(p.classes) {
		p.classes = append(p.classes, 0)
	}
	p.classes[class] += by
}

func (b *builder) put(r *merge.Record, n number) {
	k := b.model.byName[r.Type.Name]
	p, at := b.population(k), b.place(n)
	if at.kind != nil {
		p.count(at.class, -1)
	} else {
		id, _ := r.Values[k.id].(string)
		// The key is a part of the id: their text is in memory once.
		at.kind, at.key = k, id[len(k.Name)+1:]
		p.keys.Set(at.key, n)
	}
	p.count(uint32(r.Class), 1)
	k.share(r.Values)
	r.Values[k.key] = at.key
	now := k.cellsOf(r.Values)
	b.rearrange(k, at.key, n, at.cells, now)
	if text := search.DocumentOf(k.Type, r.Values); !text.Equal(at.text) {
		b.wordsOf(k).reword(n, at.text, text)
		at.text = text
	}
	at.cells, at.class, at.own = now, uint32(r.Class), uint32(r.Own)
	b.recode(k, n, at, false)
}

func (b *builder) remove(n number) {
	at := b.place(n)
	p := b.population(at.kind)
	p.count(at.class, -1)
	p.keys.Delete(at.key)
	b.rearrange(at.kind, at.key, n, at.cells, cells{})
	b.wordsOf(at.kind).reword(n, at.text, nil)
	b.recode(at.kind, n, at, true)
	*at = node{}
}

// link notes an edit at each end that keeps the link.
func (b *builder) link(l merge.Link, from, to number, drop bool) {
	b.edit(l.Relation, from, to, l.Class, false, drop)
	b.edit(l.Relation, to, from, l.Class, true, drop)
}

func (b *builder) edit(r *schema.Relation, at, other number, class access.ClassNumber, inverse, drop bool) {
	if slot, kept := b.node(at).kind.side(inverse)[r]; kept {
		b.edits = append(b.edits, placedEdit{at, edit{slot: uint16(slot), other: other, class: uint32(class), drop: drop}})
	}
}

// connect writes the edits to the adjacencies.
func (b *builder) connect() {
	before := func(x, y number) bool { return b.node(x).before(b.node(y)) }
	slices.SortFunc(b.edits, func(x, y placedEdit) int { return cmp.Compare(x.at, y.at) })
	var edits []edit
	for len(b.edits) > 0 {
		n := b.edits[0].at
		for edits = edits[:0]; len(b.edits) > 0 && b.edits[0].at == n; b.edits = b.edits[1:] {
			edits = append(edits, b.edits[0].edit)
		}
		at := b.place(n)
		at.adj = at.adj.edited(len(at.kind.slots), edits, before)
	}
	b.edits = nil
}
