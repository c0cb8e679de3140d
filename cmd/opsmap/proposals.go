package main

import (
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/linking"
)

// decidedBy says what persons made of proposals: the state of each, and the links.
const decidedBy = "links"

// propose adds to a load the links that its words suggest, those that stories of the
// store suggest, and, with accept above 0, a person's word for those that are at
// least so sure.
func (p *program) propose(ctx context.Context, s session, result *gather.Result, accept int, ladder access.Ladder) error {
	gone, err := p.gone(ctx, s, result)
	if err != nil {
		return err
	}
	known, err := vocabularyOf(ctx, s, result, gone)
	if err != nil {
		return err
	}
	rests := &premises{ladder: ladder, known: known}
	proposals := rests.propose(result)
	c := result.Changeset
	if tells(result) {
		told, issues, err := rests.stories(ctx, p, s, result, gone)
		if err != nil {
			return err
		}
		before, err := p.said(ctx, s, []string{linking.Source})
		if err != nil {
			return err
		}
		proposals = append(proposals, rests.distil(told, issues, rests.movedBy(result), before)...)
		c.Replace = append(c.Replace, linking.Source)
	}
	closed, opened, err := p.stated(ctx, s, result, proposals, rests)
	if err != nil {
		return err
	}
	c.Say = append(c.Say, proposals...)
	earlier, err := p.said(ctx, s, []string{decidedBy})
	if err != nil {
		return err
	}
	d := newDecisions(earlier)
	d.follow(c)
	if accept > 0 {
		d.accept(proposals, closed, accept)
	}
	c.Say, c.Retire = append(append(c.Say, d.changed()...), closed...), append(c.Retire, opened...)
	return nil
}

// accept what is at least so sure of proposals that nobody has decided, and whose links
// nobody states: closed are those that somebody does.
func (d *decisions) accept(proposals, closed []record.Statement, atLeast int) {
	stated := map[record.ID]bool{}
	for i := range closed {
		stated[closed[i].ID] = true
	}
	for i := range proposals {
		p := &proposals[i]
		if sure, _ := p.Fields["confidence"].(int64); int(sure) >= atLeast && d.state(p.ID) == "" && !stated[p.ID] && !d.taken(p) {
			d.decide(p, "ACCEPTED")
		}
	}
}

// tells reports whether a load changes what stories tell, or what may be distilled from
// them. A topic that is dropped may be a recurring issue.
func tells(result *gather.Result) bool {
	is := func(id record.ID) bool { return id.Type == "Story" || id.Type == "Practice" }
	for id := range result.Changeset.Subjects() {
		if is(id) {
			return true
		}
	}
	for range result.Statements(mayRecur) {
		return true
	}
	return slices.ContainsFunc(result.Dropped, func(r record.Retirement) bool { return is(r.ID) || r.ID.Type == "Topic" })
}

// mentionable are the types that proposals lead to or come from.
var mentionable = map[string]bool{"Layer": true, "Practice": true, "Solution": true, "Provider": true, "Template": true, "Story": true}

// gone are records that the load removes: they are not proposed any more. Only where
// it drops something that could be is the store asked, and only about that.
func (p *program) gone(ctx context.Context, s session, result *gather.Result) (map[record.ID]bool, error) {
	if !slices.ContainsFunc(result.Dropped, func(r record.Retirement) bool { return mentionable[r.ID.Type] }) {
		return nil, nil
	}
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	outcome, err := s.Apply(ctx, &record.Changeset{
		Actor: "owner", At: now().UTC(), Retire: result.Dropped, DryRun: true, Detailed: true,
	})
	if err != nil {
		return nil, err
	}
	said := map[record.ID]bool{}
	for id := range result.Changeset.Subjects() {
		said[id] = true
	}
	out := map[record.ID]bool{}
	for _, r := range outcome.Details.Records {
		if r.Fate == record.Removed && !said[r.ID] {
			out[r.ID] = true
		}
	}
	return out, nil
}

// decisions are what persons have said of proposals, by record.
type decisions struct {
	byID  map[record.ID]*record.Statement
	touch map[record.ID]bool
	order []record.ID
}

func newDecisions(earlier []record.Statement) *decisions {
	d := &decisions{byID: map[record.ID]*record.Statement{}, touch: map[record.ID]bool{}}
	for i := range earlier {
		if earlier[i].Source == decidedBy {
			d.byID[earlier[i].ID] = &earlier[i]
		}
	}
	return d
}

// state that a person gave a proposal; empty for none.
func (d *decisions) state(id record.ID) string {
	s := d.byID[id]
	if s == nil {
		return ""
	}
	state, _ := s.Fields["state"].(string)
	return state
}

// follow gives decisions the class of what they are about, where a load changes it:
// else a decision would keep a record open, or hide its link.
func (d *decisions) follow(c *record.Changeset) {
	follow := func(id record.ID, speaks bool, class access.Class) {
		if had := d.byID[id]; had != nil && speaks && had.Class.Key() != class.Key() {
			now := *had
			now.Class = class
			d.put(&now)
		}
	}
	for i := range c.Packed {
		follow(c.Packed[i].ID, c.Packed[i].Speaks(), c.Packed[i].Class)
	}
	for i := range c.Say {
		follow(c.Say[i].ID, len(c.Say[i].Fields) > 0, c.Say[i].Class)
	}
}

func (d *decisions) put(s *record.Statement) {
	d.byID[s.ID] = s
	if !d.touch[s.ID] {
		d.touch[s.ID], d.order = true, append(d.order, s.ID)
	}
}

// decide says what becomes of a proposal, and makes or takes back its link.
func (d *decisions) decide(proposal *record.Statement, state string) {
	d.put(&record.Statement{
		Source: decidedBy, ID: proposal.ID, Class: proposal.Class, Edit: true,
		Fields: map[string]any{"state": state}, Links: map[string][]record.ID{},
	})
	from, to := endsOf(proposal)
	field, _ := proposal.Fields["field"].(string)
	links := map[string][]record.ID{}
	if had := d.byID[from]; had != nil {
		for name, targets := range had.Links {
			links[name] = slices.Clone(targets)
		}
	}
	links[field] = slices.DeleteFunc(links[field], func(id record.ID) bool { return id == to })
	if state == "ACCEPTED" {
		if linking.ToOne(from.Type, field) {
			d.waitAgain(from, field, links[field])
			links[field] = nil
		}
		links[field] = append(links[field], to)
	}
	if len(links[field]) == 0 {
		delete(links, field)
	}
	d.put(&record.Statement{Source: decidedBy, ID: from, Class: proposal.Class, Fields: map[string]any{}, Links: links})
}

// taken reports whether somebody has accepted another record for a field that leads to
// one.
func (d *decisions) taken(proposal *record.Statement) bool {
	from, _ := endsOf(proposal)
	field, _ := proposal.Fields["field"].(string)
	had := d.byID[from]
	return linking.ToOne(from.Type, field) && had != nil && len(had.Links[field]) > 0
}

// waitAgain takes back that records were accepted for a field.
func (d *decisions) waitAgain(from record.ID, field string, accepted []record.ID) {
	for _, to := range accepted {
		if had := d.byID[record.Proposing(from, field, to)]; had != nil {
			now := *had
			now.Fields = map[string]any{"state": "PROPOSED"}
			d.put(&now)
		}
	}
}

// endsOf are the two records of a proposal.
func endsOf(proposal *record.Statement) (from, to record.ID) {
	for name, targets := range proposal.Links {
		for _, id := range targets {
			if name == "topic" || name == "story" {
				from = id
			} else {
				to = id
			}
		}
	}
	return from, to
}

// changed are the statements to be said.
func (d *decisions) changed() []record.Statement {
	out := make([]record.Statement, 0, len(d.order))
	for _, id := range d.order {
		out = append(out, *d.byID[id])
	}
	return out
}
