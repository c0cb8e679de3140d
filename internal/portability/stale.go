package portability

import (
	"cmp"
	"slices"
)

// StaleNote is a note that nobody has seen to be so, or confirmed, since some day.
type StaleNote struct {
	Key, Practice, From, To string
	Verdict                 Verdict
	Sight                   Sight
}

// Stale are the notes that count now and whose last day of observation or
// confirmation is before a day, as YYYY-MM-DD: the longest unseen first, without a
// day before all, then by practice, pair and key. Notes without any day are left out
// unless undated is true.
func (w *World) Stale(before string, undated bool) []StaleNote {
	var out []StaleNote
	for i := range w.practices {
		for _, p := range w.practices[i].pairs {
			for _, n := range p.notes {
				s := w.sight(n)
				if s.LastOn < before && (undated || s.LastOn != "") && !n.Assumed {
					out = append(out, StaleNote{n.Key, n.Practice, n.From, n.To, n.Verdict, s})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b StaleNote) int {
		return cmp.Or(cmp.Compare(a.Sight.LastOn, b.Sight.LastOn), cmp.Compare(a.Practice, b.Practice),
			cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// RestingOn are the moves of a practice whose answer has a note about one pair among
// its premises, by their ends.
func (w *World) RestingOn(practice, from, to string) []Move {
	q, ok := w.ask(practice, from, to)
	if !ok {
		return nil
	}
	s := w.newSheet().of(q.practice)
	defer s.free()
	var out []Move
	for f := range w.platforms {
		for t := range w.platforms {
			behind := s.pairsBehind(query{q.practice, int32(f), int32(t)})
			if slices.ContainsFunc(behind, func(p *pair) bool { return p.ends == q.ends() }) {
				out = append(out, Move{w.platforms[f].Key, w.platforms[t].Key})
			}
		}
	}
	return out
}

// pairsBehind are the recorded pairs that an answer rests on.
func (s *sheet) pairsBehind(q query) []*pair {
	if q.from == q.to {
		return nil
	}
	if pairs := s.pairsOf(q, replaced{from: true, to: true}); pairs != nil {
		return pairs
	}
	if s.shared(q.from, q.to).Verdict.Known() || s.ruled(q.from, q.to).verdict.Known() {
		return nil
	}
	_, route := s.route(q.from, q.to)
	var out []*pair
	for i := range len(route) - 1 {
		out = append(out, s.pairsOf(query{q.practice, route[i], route[i+1]}, replaced{from: i == 0, to: i == len(route)-2})...)
	}
	return out
}

// pairsOf are what is recorded for a pair, or where an end that may do so stands for
// its solutions.
func (s *sheet) pairsOf(q query, may replaced) []*pair {
	if p := s.recordedFor(q); p != nil {
		return []*pair{p}
	}
	pairs, _ := s.World.instead(q, may)
	return pairs
}
