package question

import (
	"slices"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

func (a *Asker) portability(w *world, c Call) (any, error) {
	practice, err := w.practice(c, "practice")
	if err != nil {
		return nil, err
	}
	from, to, err := w.ends(c, "from", "to")
	if err != nil {
		return nil, err
	}
	return a.answer(w, w.Answer(practice, from, to)), nil
}

func (w *world) ends(c Call, first, second string) (from, to string, err error) {
	if from, err = w.platform(c, first); err != nil {
		return "", "", err
	}
	to, err = w.platform(c, second)
	return from, to, err
}

// considered are the practices a question is about: those its filter matched, or
// all.
func (w *world) considered(c Call) []string {
	if keys, filtered := c.Where["where"]; filtered {
		return keys
	}
	return w.Practices()
}

func (a *Asker) portablePractices(w *world, c Call) (any, error) {
	from, to, err := w.ends(c, "from", "to")
	if err != nil {
		return nil, err
	}
	limit, err := atMost(c)
	if err != nil {
		return nil, err
	}
	answers := w.Portable(from, to, limit, w.considered(c))
	items := make([]Item, 0, len(answers))
	for _, answer := range answers {
		items = append(items, Item{Place: placeOf(answer), Result: a.answer(w, answer)})
	}
	return cut(items, c.Paging)
}

// atMost reads the worst verdict that counts.
func atMost(c Call) (portability.Verdict, error) {
	name, _ := c.Args["atMost"].(string)
	limit := portability.ParseVerdict(name)
	if !limit.Known() {
		return limit, fault.New(fault.BadInput, "atMost: UNKNOWN is no bound, it is never within one; right is NOT_NEEDED to BLOCKED")
	}
	return limit, nil
}

// targets asks about one practice and every other platform.
func (a *Asker) targets(w *world, c Call) (any, error) {
	practice, err := w.practice(c, "practice")
	if err != nil {
		return nil, err
	}
	from, err := w.platform(c, "from")
	if err != nil {
		return nil, err
	}
	limit, err := atMost(c)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, to := range w.platformKeys() {
		answer := w.Answer(practice, from, to)
		if to == from || !answer.Verdict.Within(limit) {
			continue
		}
		items = append(items, Item{Place: append(placeOf(answer), to), Result: a.answer(w, answer)})
	}
	slices.SortFunc(items, func(x, y Item) int { return compare(x.Place, y.Place) })
	return cut(items, c.Paging)
}

// placeOf is the order of Portable as scalars: verdict, effort (none last), key.
func placeOf(a portability.Answer) []any {
	unknown, lowest, highest := int64(1), int64(0), int64(0)
	if e := a.EffortDays; e != nil {
		unknown, lowest, highest = 0, int64(e.Min), int64(e.Max)
	}
	return []any{int64(a.Verdict), unknown, lowest, highest, a.Practice}
}

// answer makes the result of an answer; what is not selected costs a map entry and
// no read.
func (a *Asker) answer(w *world, answer portability.Answer) Result {
	return Result{
		"practice": practiceID(answer.Practice), "from": w.platformID(answer.From), "to": w.platformID(answer.To),
		"verdict": answer.Verdict.String(), "basis": string(answer.Basis), "reasons": reasonsOf(answer.Reasons),
		"conditions": anys(answer.Conditions), "effortDays": effortOf(answer.EffortDays), "contested": answer.Contested,
		"path": anys(answer.Path), "unchecked": w.unchecked(answer.Unchecked), "proof": w.proof(answer.Proof),
		"sources": sourceObjects(answer.Sources),
		"contributeUrl": a.contribute("title", "Portability: "+answer.Practice+" from "+answer.From+" to "+answer.To,
			"about", "practice="+answer.Practice+" from="+answer.From+" to="+answer.To),
	}
}

func (w *world) unchecked(list []portability.Unchecked) []any {
	out := make([]any, 0, len(list))
	for _, s := range list {
		r := Result{"kind": string(s.Kind), "key": s.Key, "platform": w.platformID(s.Platform)}
		if s.Kind == portability.CapabilityStatement {
			r["capability"] = record.ID{Type: "Capability", Key: s.Key}
		}
		out = append(out, r)
	}
	return out
}

// premiseTypes are the types of the records behind premises, and the fields of
// Premise that lead to them.
var premiseTypes = map[portability.PremiseKind]struct{ field, recordType string }{
	portability.NotePremise:           {"note", "PortabilityNote"},
	portability.OfferPremise:          {"offer", "Offer"},
	portability.ImplementationPremise: {"implementation", "Implementation"},
}

func (w *world) proof(list []portability.Premise) []any {
	out := make([]any, 0, len(list))
	for _, p := range list {
		t := premiseTypes[p.Kind]
		r := Result{
			"kind": string(p.Kind), "hop": int64(p.Hop), "from": w.platformID(p.From), "to": w.platformID(p.To),
			"unverified": p.Unverified, "sources": sourceObjects(p.Sources), t.field: record.ID{Type: t.recordType, Key: p.Key},
		}
		if p.Verdict.Known() {
			r["verdict"] = p.Verdict.String()
		}
		for name, value := range map[string]string{"basis": string(p.Basis), "observedOn": p.ObservedOn} {
			if value != "" {
				r[name] = value
			}
		}
		out = append(out, r)
	}
	return out
}

func reasonsOf(reasons []portability.Reason) []any {
	out := make([]any, 0, len(reasons))
	for _, r := range reasons {
		out = append(out, record.Object{string(r.Kind), r.Text, r.Verdict.String()})
	}
	return out
}

func effortOf(e *portability.EffortRange) any {
	if e == nil {
		return nil
	}
	return record.Object{int64(e.Min), int64(e.Max)}
}

// sourceObjects are sources as the model's value object Source.
func sourceObjects(sources []portability.Source) []any {
	out := make([]any, 0, len(sources))
	for _, s := range sources {
		o := record.Object{s.URI, nil, nil, nil, s.Kind}
		if s.Path != "" {
			o[1] = s.Path
		}
		if s.Line > 0 {
			o[2] = int64(s.Line)
		}
		if s.Revision != "" {
			o[3] = s.Revision
		}
		out = append(out, o)
	}
	return out
}

func anys(list []string) []any {
	out := make([]any, 0, len(list))
	for _, s := range list {
		out = append(out, s)
	}
	return out
}
