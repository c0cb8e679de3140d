package portability

// Totals are an exit plan in numbers.
type Totals struct {
	// Practices is how many were asked for; Moves is how many of them go on.
	Practices, Moves                      int
	Unchanged, Adapt, Rework              int
	Operated, NotNeeded, Blocked, Unknown int
	// Contested answers rest on notes that contradict each other, Inferred ones on
	// what nobody stated for the target.
	Contested, Inferred int
	// Reached is how far one is with all moves.
	Reached Reached
	By      Measure
}

// Totals of the plan.
func (p *ExitPlan) Totals() Totals {
	t := Totals{
		Moves: len(p.Steps), Operated: len(p.Operated()), Blocked: len(p.Blocked), Unknown: len(p.Unknown), By: p.Tail.By,
		Practices: len(p.Steps) + len(p.Covered) + len(p.Blocked) + len(p.Unknown),
	}
	t.NotNeeded = len(p.Covered) - t.Operated
	t.Reached = Reached{Practices: len(p.Covered), Total: t.Practices}
	for _, s := range p.Steps {
		t.note(s.Answer)
		t.Reached = s.Reached
		switch s.Answer.Verdict {
		case Unchanged:
			t.Unchanged++
		case Adapt:
			t.Adapt++
		default:
			t.Rework++
		}
	}
	for _, list := range [][]Answer{p.Covered, p.Blocked} {
		for _, a := range list {
			t.note(a)
		}
	}
	return t
}

// note counts what is to be known about an answer.
func (t *Totals) note(a Answer) {
	if a.Contested {
		t.Contested++
	}
	if a.Basis == BasisInferred {
		t.Inferred++
	}
}

// Operated is what the operators of the targets do from then on; the others of
// Covered are not needed there.
func (p *ExitPlan) Operated() []Answer {
	var out []Answer
	for _, a := range p.Covered {
		if a.Verdict == ProviderOperated {
			out = append(out, a)
		}
	}
	return out
}
