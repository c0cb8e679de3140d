package portability

// recorded is rule 2: somebody wrote down exactly this move.
func (w *World) recorded(practice, from, to string) (Answer, bool) {
	notes := w.counting(w.notes[[3]string{practice, from, to}])
	if len(notes) == 0 {
		return Answer{}, false
	}
	a := Answer{Basis: Recorded, Verdict: notes[0].Verdict}
	for _, n := range notes {
		a.Contested = a.Contested || n.Verdict != notes[0].Verdict
		a.addNote(n)
	}
	a.effortOf(notes)
	return a, true
}

// addNote takes a note into an answer; the more pessimistic verdict stays.
func (a *Answer) addNote(n *Note) {
	if a.Verdict == "" || n.Verdict.Worse(a.Verdict) {
		a.Verdict = n.Verdict
	}
	a.Reasons = append(a.Reasons, n.Reasons...)
	a.Conditions = append(a.Conditions, n.Conditions...)
	a.Proof = append(a.Proof, Premise{
		Kind: NotePremise, Key: n.Key, Hop: 1, From: n.From, To: n.To, Verdict: n.Verdict, ObservedOn: n.ObservedOn, Evidence: n.Evidence,
	})
}

// effortOf spans the estimates of the notes that give the verdict.
func (a *Answer) effortOf(notes []*Note) {
	a.Effort = nil
	for _, n := range notes {
		if n.Verdict != a.Verdict || n.Effort == nil {
			continue
		}
		if a.Effort == nil {
			e := *n.Effort
			a.Effort = &e
			continue
		}
		a.Effort.Min, a.Effort.Max = min(a.Effort.Min, n.Effort.Min), max(a.Effort.Max, n.Effort.Max)
	}
}

// counting are the notes that count today: of those observed by now, the newest of
// at least one of their sources, unless they have expired. A source's newer note
// silences its older ones even when it has expired itself.
func (w *World) counting(notes []*Note) []*Note {
	newest := map[[2]string]string{}
	for _, n := range notes {
		if n.ObservedOn > w.today {
			continue
		}
		for _, s := range n.Sources {
			id := [2]string{s.URI, s.Path}
			if date, known := newest[id]; !known || n.ObservedOn > date {
				newest[id] = n.ObservedOn
			}
		}
	}
	var out []*Note
	for _, n := range notes {
		expired := n.ExpiresOn != "" && n.ExpiresOn < w.today
		if n.ObservedOn <= w.today && !expired && newestOfOne(n, newest) {
			out = append(out, n)
		}
	}
	return out
}

// newestOfOne reports whether a note is the newest of one of its sources. A note
// that names none speaks for itself.
func newestOfOne(n *Note, newest map[[2]string]string) bool {
	for _, s := range n.Sources {
		if newest[[2]string{s.URI, s.Path}] == n.ObservedOn {
			return true
		}
	}
	return len(n.Sources) == 0
}
