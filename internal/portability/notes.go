package portability

import (
	"cmp"
	"slices"
)

// pair is what is recorded about one practice between two platforms: the notes that
// hold now, by key, and what they come to.
type pair struct {
	ends      uint64
	notes     []*Note
	verdict   Verdict
	contested bool
}

// ended is a note with its ends.
type ended struct {
	ends uint64
	note *Note
}

// ends are two platforms as one number, which orders by the first, then by the
// second.
func (q query) ends() uint64 { return uint64(q.from)<<32 | uint64(q.to) }

func (p *pair) from() int32 { return int32(p.ends >> 32) }

func (p *pair) to() int32 { return int32(p.ends & (1<<32 - 1)) }

// addNotes sorts the notes by practice and pair and keeps those that hold. A note
// from a platform to itself says nothing that rule 1 has not said.
func (w *World) addNotes(in []Note) {
	byPractice := make([][]ended, len(w.practices))
	for i := range in {
		n := &in[i]
		q, ok := w.ask(n.Practice, n.From, n.To)
		if ok && q.from != q.to && n.Verdict.Known() && n.ObservedOn <= w.today {
			byPractice[q.practice] = append(byPractice[q.practice], ended{q.ends(), n})
		}
	}
	for i, notes := range byPractice {
		slices.SortFunc(notes, func(a, b ended) int {
			return cmp.Or(cmp.Compare(a.ends, b.ends), cmp.Compare(a.note.Key, b.note.Key))
		})
		for len(notes) > 0 {
			n := 1
			for n < len(notes) && notes[n].ends == notes[0].ends {
				n++
			}
			if p := w.settle(notes[:n]); len(p.notes) > 0 {
				w.practices[i].pairs = append(w.practices[i].pairs, p)
			}
			notes = notes[n:]
		}
	}
}

// settle finds what the notes of one pair come to: the newest of each source, unless
// it has expired; the most pessimistic of those that contradict each other.
func (w *World) settle(notes []ended) pair {
	p := pair{ends: notes[0].ends}
	newest := newestBySource(notes)
	for _, e := range notes {
		n := e.note
		if (n.ExpiresOn != "" && n.ExpiresOn < w.today) || !isNewest(n, newest) {
			continue
		}
		p.add(n)
	}
	return p
}

// add puts one more note that holds to a pair.
func (p *pair) add(n *Note) {
	p.contested = p.contested || (p.verdict.Known() && p.verdict != n.Verdict)
	p.verdict = worst(p.verdict, n.Verdict)
	p.notes = append(p.notes, n)
}

// origin is what makes two sources the same.
type origin struct{ uri, path string }

func (s *Source) origin() origin { return origin{s.URI, s.Path} }

// newestBySource is the day of each source's newest note; nil for a single note,
// which is the newest of all its sources. No day is the oldest.
func newestBySource(notes []ended) map[origin]string {
	if len(notes) == 1 {
		return nil
	}
	newest := map[origin]string{}
	for _, e := range notes {
		for i := range e.note.Sources {
			from := e.note.Sources[i].origin()
			newest[from] = max(newest[from], e.note.ObservedOn)
		}
	}
	return newest
}

// isNewest reports whether a note is the newest of at least one of its sources.
// Nobody can silence a note that names no source.
func isNewest(n *Note, newest map[origin]string) bool {
	if newest == nil || len(n.Sources) == 0 {
		return true
	}
	return slices.ContainsFunc(n.Sources, func(s Source) bool { return newest[s.origin()] == n.ObservedOn })
}

// recordedFor is the pair a query is about; nil when nothing holds for it.
func (w *World) recordedFor(q query) *pair {
	pairs := w.practices[q.practice].pairs
	at, found := slices.BinarySearchFunc(pairs, q.ends(), func(p pair, ends uint64) int { return cmp.Compare(p.ends, ends) })
	if !found {
		return nil
	}
	return &pairs[at]
}
