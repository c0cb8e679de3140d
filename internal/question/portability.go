package question

import (
	"context"
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

// considered are the practices a question is about: those it names, its filter matched
// and its actor has to do with, or all.
func (w *world) considered(c Call) ([]string, error) {
	practices := w.Practices()
	if keys, filtered := c.Where["where"]; filtered {
		practices = keys
	}
	if names, given := c.Args["practices"].([]any); given {
		var named []string
		for _, name := range names {
			key, err := w.practice(Call{Args: map[string]any{"practices": name}}, "practices")
			if err != nil {
				return nil, err
			}
			if slices.Contains(practices, key) {
				named = append(named, key)
			}
		}
		practices = named
	}
	actor, _ := c.Args["actor"].(string)
	return w.Concerning(portability.Actor(actor), practices), nil
}

func (a *Asker) portablePractices(ctx context.Context, w *world, c Call) (any, error) {
	from, to, err := w.ends(c, "from", "to")
	if err != nil {
		return nil, err
	}
	wanted, err := wantedOf(c)
	if err != nil {
		return nil, err
	}
	practices, err := w.considered(c)
	if err != nil {
		return nil, err
	}
	answers, err := w.Portable(ctx, from, to, wanted, practices)
	if err != nil {
		return nil, err
	}
	return a.pageOf(w, c, answers, placeOf)
}

// pageOf is a page of answers, which are in the order of their places.
func (a *Asker) pageOf(w *world, c Call, answers []portability.Answer, place func(portability.Answer) []any) (any, error) {
	items := make([]Item, 0, len(answers))
	for _, answer := range answers {
		items = append(items, Item{Place: place(answer), make: func() Result { return a.answer(w, answer) }})
	}
	return cut(items, c.Paging)
}

// wantedOf reads the worst verdict that counts, and the kinds of reasons.
func wantedOf(c Call) (portability.Wanted, error) {
	name, _ := c.Args["atMost"].(string)
	wanted := portability.Wanted{AtMost: portability.ParseVerdict(name)}
	if !wanted.AtMost.Known() {
		return wanted, fault.New(fault.BadInput, "atMost: UNKNOWN is no bound, it is never within one; right is NOT_NEEDED to BLOCKED")
	}
	kinds, given := c.Args["reasonKinds"].([]any)
	if given {
		wanted.ReasonKinds = []portability.ReasonKind{}
	}
	for _, kind := range kinds {
		wanted.ReasonKinds = append(wanted.ReasonKinds, portability.ReasonKind(kind.(string)))
	}
	return wanted, nil
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
	wanted, err := wantedOf(c)
	if err != nil {
		return nil, err
	}
	return a.pageOf(w, c, w.Targets(practice, from, wanted), func(answer portability.Answer) []any {
		return append(placeOf(answer), answer.To)
	})
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
	r := Result{
		"practice": practiceID(answer.Practice), "from": w.platformID(answer.From), "to": w.platformID(answer.To),
		"verdict": answer.Verdict.String(), "basis": string(answer.Basis), "reasons": reasonsOf(answer.Reasons),
		"conditions": anys(answer.Conditions), "effortDays": effortOf(answer.EffortDays), "contested": answer.Contested,
		"path": anys(answer.Path), "unchecked": w.unchecked(answer.Unchecked), "proof": w.proof(answer.Proof),
		"sources": sourceObjects(answer.Sources), "obstacles": []any{},
		"contributeUrl": a.contributeMove(answer.Practice, answer.From, answer.To),
	}
	r.set("doneBy", string(w.DoneBy(answer)))
	if w.call.asks("obstacles") || w.call.asks("verdictWithoutObstacles") {
		if o := w.Obstacles(answer); o != nil {
			r["obstacles"], r["verdictWithoutObstacles"] = reasonsOf(o.Reasons), o.Without.String()
		}
	}
	return r
}

// set sets a text that is not empty; an empty one stays null.
func (r Result) set(name, value string) {
	if value != "" {
		r[name] = value
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
