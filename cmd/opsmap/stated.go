package main

import (
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/linking"
)

// statedBy says of proposals that their links have been stated: by a file, or by hand. It
// is worked out anew with each load that speaks of their topic or story, so that a
// proposal waits again when nobody states its link any more.
const statedBy = "stated"

// statedStep is of how many records it is looked up at once what is said of them.
const statedStep = 1000

// waiting are proposals by what they lead from.
type waiting map[record.ID][]*record.Statement

func (w waiting) add(proposal *record.Statement) {
	from, _ := endsOf(proposal)
	w[from] = append(w[from], proposal)
}

// stated is what a load says anew of proposals whose links somebody states, and what it
// takes back.
func (p *program) stated(ctx context.Context, s session, result *gather.Result, proposals []record.Statement, rests *premises) ([]record.Statement, []record.Retirement, error) {
	before, err := p.said(ctx, s, []string{statedBy})
	if err != nil {
		return nil, nil, err
	}
	all := waiting{}
	for i := range proposals {
		all.add(&proposals[i])
	}
	if err := p.waitingElsewhere(ctx, s, result, before, all); err != nil {
		return nil, nil, err
	}
	is := map[record.ID]bool{}
	for some := range slices.Chunk(idsOf(all), statedStep) {
		said, err := p.saidAfter(ctx, s, result, some)
		if err != nil {
			return nil, nil, err
		}
		for _, from := range some {
			for _, proposal := range all[from] {
				is[proposal.ID] = is[proposal.ID] || rests.states(said[from], proposal)
			}
		}
	}
	say, retire := statedAnew(before, is)
	return say, retire, nil
}

// statedAnew compares what was said of proposals with what is so.
func statedAnew(before []record.Statement, is map[record.ID]bool) (say []record.Statement, retire []record.Retirement) {
	for i := range before {
		if id := before[i].ID; !is[id] {
			retire = append(retire, record.Retirement{Source: statedBy, ID: id})
		}
	}
	for _, id := range idsOf(is) {
		if is[id] {
			say = append(say, record.Statement{
				Source: statedBy, ID: id, Class: access.Inherited(), Fields: map[string]any{"state": "ACCEPTED"}, Links: map[string][]record.ID{},
			})
		}
	}
	return say, retire
}

// states reports whether somebody states the link of a proposal, and whoever sees the
// proposal may know.
func (p *premises) states(said []record.Statement, proposal *record.Statement) bool {
	_, to := endsOf(proposal)
	audience := access.Join(proposal.Class, p.classOf(to))
	return slices.ContainsFunc(said, func(s record.Statement) bool {
		return statesLink(&s, proposal) && (s.Class.Inherits() || p.open(s.Class, audience))
	})
}

// statesLink reports whether a statement about what a proposal leads from states its link,
// by itself and not as the proposal was accepted.
func statesLink(s, proposal *record.Statement) bool {
	_, to := endsOf(proposal)
	field, _ := proposal.Fields["field"].(string)
	return s.Source != decidedBy && slices.Contains(s.Links[field], to)
}

// waitingElsewhere adds the proposals of the store, by files that are not read now, for
// topics and stories of which the load says something else; and those before, whose
// proposals may be gone.
func (p *program) waitingElsewhere(ctx context.Context, s session, result *gather.Result, before []record.Statement, all waiting) error {
	about := map[record.ID]bool{}
	for i := range result.Changeset.Packed {
		if st := &result.Changeset.Packed[i]; linking.Speaks(st.ID.Type) && !result.IsProse(st.Source) {
			about[st.ID] = true
		}
	}
	for _, d := range result.Dropped {
		if linking.Speaks(d.ID.Type) {
			about[d.ID] = true
		}
	}
	ids, err := p.proposalsOf(ctx, s, idsOf(about))
	if err != nil {
		return err
	}
	for i := range before {
		ids = append(ids, before[i].ID)
	}
	if len(ids) == 0 {
		return nil
	}
	stored, err := p.said(ctx, s, []string{""}, ids...)
	if err != nil {
		return err
	}
	for i := range stored {
		if st := &stored[i]; len(st.Links) > 0 && !slices.Contains(result.Changeset.Replace, st.Source) {
			all.add(st)
		}
	}
	return nil
}

// proposalsOf are the proposals that the store has for topics and stories.
func (p *program) proposalsOf(ctx context.Context, s session, about []record.ID) ([]record.ID, error) {
	var out []record.ID
	for some := range slices.Chunk(about, 100) {
		keys := map[string][]string{"Topic": {}, "Story": {}}
		for _, id := range some {
			keys[id.Type] = append(keys[id.Type], id.Key)
		}
		type answer struct {
			Topics, Stories struct {
				Nodes []struct{ Proposals struct{ Nodes []keyed } }
			}
		}
		// A text has few proposals, and several sources may speak of one topic.
		data, err := answered[answer](ctx, s, "the proposals", `query($topics: [String!], $stories: [String!]) {
  topics(first: 100, where: {key: {in: $topics}}) { nodes { proposals(first: 100) { nodes { key } } } }
  stories(first: 100, where: {key: {in: $stories}}) { nodes { proposals(first: 100) { nodes { key } } } }
}`, map[string]any{"topics": keys["Topic"], "stories": keys["Story"]})
		if err != nil {
			return nil, err
		}
		for _, n := range append(data.Topics.Nodes, data.Stories.Nodes...) {
			for _, proposal := range n.Proposals.Nodes {
				out = append(out, record.ID{Type: linking.Type, Key: proposal.Key})
			}
		}
	}
	return out, nil
}
