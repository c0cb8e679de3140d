package main

import (
	"context"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader/linking"
)

// decide writes a person's word on proposals, or shows what it would be.
func (p *program) decide(ctx context.Context, s session, flags linksFlags) error {
	list, err := p.links(ctx, s, linksFlags{all: true})
	if err != nil {
		return err
	}
	states, err := statesOf(list, flags)
	if err != nil {
		return err
	}
	d, retire, kept, err := p.decided(ctx, s, states)
	if err != nil {
		return err
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	out, err := s.Apply(ctx, &record.Changeset{Actor: "owner", At: now().UTC(), Say: d.changed(), Retire: retire, DryRun: flags.dryRun})
	if err != nil {
		return err
	}
	return p.showDecided(list, states, flags, out.Links, kept)
}

// statesOf are the states that flags give proposals, by key.
func statesOf(list []proposedLink, flags linksFlags) (map[string]string, error) {
	known := make(map[string]bool, len(list))
	var keys []string
	for i := range list {
		known[list[i].Key] = true
		keys = append(keys, list[i].Key)
	}
	waiting := groupsOf(slices.DeleteFunc(slices.Clone(list), func(l proposedLink) bool {
		return l.State != "PROPOSED" || l.Confidence < flags.atLeast
	}))
	states := map[string]string{}
	for _, of := range []struct {
		state, flag  string
		keys, groups []string
	}{{"ACCEPTED", "--accept-group", flags.accept, flags.acceptGroup}, {"REJECTED", "--reject-group", flags.reject, flags.rejectGroup}} {
		all := slices.Clone(of.keys)
		for _, name := range of.groups {
			some, err := inGroup(waiting, of.flag, name)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		for _, key := range all {
			switch had := states[key]; {
			case !known[key]:
				return nil, fault.New(fault.NotFound, "there is no proposal %q%s; opsmap links shows those there are", key, text.DidYouMean(key, keys))
			case had != "" && had != of.state:
				return nil, fault.New(fault.BadInput, "%s is accepted and rejected at once; right is one of them", key)
			}
			states[key] = of.state
		}
	}
	return states, nil
}

// decided works out what states of proposals change. Of a proposal that is rejected
// links that were made by hand are taken back; kept are those who state such links and
// go on to do so.
func (p *program) decided(ctx context.Context, s session, states map[string]string) (d *decisions, retire []record.Retirement, kept []string, err error) {
	earlier, err := p.said(ctx, s, []string{decidedBy})
	if err != nil {
		return nil, nil, nil, err
	}
	ids := map[record.ID]bool{}
	for key := range states {
		ids[record.ID{Type: linking.Type, Key: key}] = true
	}
	said, err := p.said(ctx, s, []string{""}, idsOf(ids)...)
	if err != nil {
		return nil, nil, nil, err
	}
	d = newDecisions(earlier)
	rejected := waiting{}
	for i := range said {
		st := &said[i]
		state := states[st.ID.Key]
		switch from, _ := endsOf(st); {
		case from != (record.ID{}) && ids[st.ID]:
			ids[st.ID] = false // each is decided once, whoever proposes it
			d.decide(st, state)
			if state == "REJECTED" {
				rejected.add(st)
			}
		case state == "REJECTED" && (record.IsLinkedBy(st.Source) || st.Source == statedBy):
			retire = append(retire, record.Retirement{Source: st.Source, ID: st.ID})
		}
	}
	made, still, kept, err := p.linkedBy(ctx, s, rejected)
	retire = slices.DeleteFunc(retire, func(r record.Retirement) bool { return r.Source == statedBy && still[r.ID] })
	return d, append(retire, made...), kept, err
}

// linkedBy is who states the links of proposals: made are those made by hand, kept are
// the other sources, and still the proposals whose links these state.
func (p *program) linkedBy(ctx context.Context, s session, proposals waiting) (made []record.Retirement, still map[record.ID]bool, kept []string, err error) {
	still = map[record.ID]bool{}
	if len(proposals) == 0 {
		return nil, still, nil, nil
	}
	said, err := p.said(ctx, s, []string{""}, idsOf(proposals)...)
	for i := range said {
		st := &said[i]
		for _, proposal := range proposals[st.ID] {
			switch {
			case !statesLink(st, proposal):
			case record.IsLinkedBy(st.Source):
				made = append(made, record.Retirement{Source: st.Source, ID: st.ID})
			default:
				still[proposal.ID] = true
				if !slices.Contains(kept, st.Source) {
					kept = append(kept, st.Source)
				}
			}
		}
	}
	return made, still, kept, err
}

// showDecided prints the proposals with what has become of them.
func (p *program) showDecided(list []proposedLink, states map[string]string, flags linksFlags, links int, kept []string) error {
	counts := map[string]int{}
	for i := range list {
		l := list[i]
		state := states[l.Key]
		if state == "" {
			continue
		}
		counts[state]++
		l.State = state
		if flags.asJSON || flags.dryRun {
			if err := p.printLink(l, flags.asJSON); err != nil {
				return err
			}
		}
	}
	would := ""
	if flags.dryRun {
		would = "nothing is written; "
	}
	p.say("%s%d accepted, %d rejected; %d links made or dropped\n", would, counts["ACCEPTED"], counts["REJECTED"], links)
	if len(kept) > 0 {
		p.say("links that were rejected stay as long as these state them: %s\n", strings.Join(kept, ", "))
	}
	return nil
}
