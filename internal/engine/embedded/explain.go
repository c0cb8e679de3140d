package embedded

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

var _ engine.Explainer = (*view)(nil)

// Explain walks every root once more, by itself, and counts.
func (v *view) Explain(ctx context.Context, p *plan.Plan) ([]engine.Access, error) {
	out := make([]engine.Access, 0, len(p.Roots))
	for _, root := range p.Roots {
		one := *p
		one.Roots = []*plan.Read{root}
		w := v.walk(ctx, &one)
		if _, err := w.answer(&one); err != nil {
			return nil, err
		}
		var steps []string
		w.explain(root, 0, &steps)
		out = append(out, engine.Access{Steps: steps, Touched: w.looked + int64(stepsPerLook-w.steps)})
	}
	return out, nil
}

// explain says what serves a read and those within it.
func (w *walk) explain(r *plan.Read, depth int, steps *[]string) {
	*steps = append(*steps, strings.Repeat("  ", depth)+w.served(r))
	for _, c := range r.Columns {
		if c.Read != nil {
			w.explain(c.Read, depth+1, steps)
		}
		if c.LinkCount != nil {
			*steps = append(*steps, strings.Repeat("  ", depth+1)+"count: walk of the links "+linkName(c.LinkCount))
		}
	}
}

func (w *walk) served(r *plan.Read) string {
	switch from := r.From.(type) {
	case plan.FromType:
		return w.servedType(r, from.Type)
	case plan.FromSearched:
		return "all that is searched: word index" + sortedFor(r)
	case plan.FromIDs:
		return from.Type.Name + ": key index, by id"
	case plan.FromLink:
		return fmt.Sprintf("%s: walk of the links %s%s", from.Link.Target.Name, linkName(from.Link), sortedFor(r))
	case plan.FromLevel:
		return "level: the guard class of the record"
	}
	return fmt.Sprintf("%T", r.From)
}

func (w *walk) servedType(r *plan.Read, t *schema.Type) string {
	if scored(r) {
		return t.Name + ": word index" + sortedFor(r)
	}
	if _, few := w.seek(w.model.is(t), r.Where); few {
		return t.Name + ": sought by key, by words or along links" + sortedFor(r)
	}
	switch by := r.Order; {
	case !r.Rows && r.Where == nil:
		return t.Name + ": kept counts by class"
	case len(by) == 0 || !r.Rows:
		return t.Name + ": walk of all" + filtered(r)
	case byKey(by):
		return t.Name + ": key index, in order" + filtered(r)
	case w.arranges(r):
		return t.Name + ": order index of " + by[0].Field.Name + filtered(r)
	}
	return t.Name + ": walk of all" + sortedFor(r)
}

// scored reports whether an order goes by how well a text fits.
func scored(r *plan.Read) bool {
	return slices.ContainsFunc(r.Order, func(t plan.Term) bool { return t.Score != nil })
}

// arranges reports whether an order that is kept serves the read.
func (w *walk) arranges(read *plan.Read) bool {
	r, err := w.reader(read)
	if err != nil {
		return false
	}
	_, kept := (&picker{reader: r}).arrangement()
	return kept
}

func byKey(order []plan.Term) bool {
	return len(order) == 1 && order[0].Field != nil && order[0].Field.System == schema.SysKey
}

// sortedFor says that records are sorted which do not come in the order asked.
func sortedFor(r *plan.Read) string {
	if !r.Rows || len(r.Order) == 0 || byKey(r.Order) {
		return filtered(r)
	}
	return filtered(r) + ", sorted"
}

func filtered(r *plan.Read) string {
	if r.Where == nil {
		return ""
	}
	return ", filtered"
}

func linkName(l *schema.Link) string {
	if l.Inverse {
		return l.Relation.Name + " backwards"
	}
	return l.Relation.Name
}
