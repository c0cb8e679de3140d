package question

import (
	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

func (a *Asker) comparePlatforms(w *world, c Call) (any, error) {
	one, other, err := w.ends(c, "a", "b")
	if err != nil {
		return nil, err
	}
	var items []Item
	practices, err := w.considered(c)
	if err != nil {
		return nil, err
	}
	for _, compared := range w.Compare(one, other, practices) {
		items = append(items, Item{Place: []any{compared.Practice}, make: func() Result { return w.comparison(compared) }})
	}
	return cut(items, c.Paging)
}

func (a *Asker) comparePlatformsByLayer(w *world, c Call) (any, error) {
	one, other, err := w.ends(c, "a", "b")
	if err != nil {
		return nil, err
	}
	practices, err := w.considered(c)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, l := range w.CompareByLayer(one, other, practices) {
		r := Result{
			"total": int64(l.Total), "same": int64(l.Same), "differs": int64(l.Differs), "onlyA": int64(l.OnlyA), "onlyB": int64(l.OnlyB),
			"unknown": int64(l.Unknown),
		}
		if l.Layer != "" {
			r["layer"] = record.ID{Type: "Layer", Key: l.Layer}
		}
		out = append(out, r)
	}
	return out, nil
}

func (w *world) comparison(c portability.Comparison) Result {
	r := Result{
		"practice": practiceID(c.Practice), "relation": string(c.Relation),
		"a": implementationIDs(c.A), "b": implementationIDs(c.B),
	}
	if c.Here != "" {
		r["here"] = w.platformID(c.Here)
	}
	if c.Difference != "" {
		r["difference"] = c.Difference
	}
	r["sources"] = sourceObjects(c.Sources)
	return r
}

func implementationIDs(list []portability.Implementation) []any {
	out := make([]any, 0, len(list))
	for _, m := range list {
		out = append(out, record.ID{Type: "Implementation", Key: m.Key})
	}
	return out
}

func (a *Asker) gaps(w *world, c Call) (any, error) {
	platform, err := w.platform(c, "platform")
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, g := range w.Gaps(platform) {
		r := Result{"kind": string(g.Kind), "key": g.Key, "concerns": int64(len(g.Practices))}
		about := "platform=" + platform
		if g.Kind == portability.CapabilityStatement {
			r["capability"] = record.ID{Type: "Capability", Key: g.Key}
			about += " capability=" + g.Key
		} else {
			r["practice"] = practiceID(g.Key)
			about += " practice=" + g.Key
		}
		r["contributeUrl"] = a.contribute("title", "Gap: "+g.Key+" on "+platform, "about", about)
		items = append(items, Item{Place: []any{-int64(len(g.Practices)), string(g.Kind), g.Key}, Result: r})
	}
	return cut(items, c.Paging)
}
