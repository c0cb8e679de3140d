package portability_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
)

func readDays(t *testing.T, text string) *portability.EffortRange {
	t.Helper()
	e := &portability.EffortRange{}
	if _, err := fmt.Sscanf(text, "%d-%d", &e.Min, &e.Max); err != nil {
		t.Fatalf("no days: %q", text)
	}
	return e
}

func days(e *portability.EffortRange) string {
	if e == nil {
		return ""
	}
	return fmt.Sprintf(" days=%d-%d", e.Min, e.Max)
}

// answerPaper answers one question:
//
//	ask PRACTICE FROM>TO            VERDICT BASIS [contested] [days=MIN-MAX]
//	                                because KIND VERDICT, …    (reasons, the worst first)
//	                                if CONDITION …
//	                                path KEY …                 (where it is not the pair)
//	                                unchecked PLATFORM:CAPABILITY … PLATFORM:PRACTICE!
//	                                proof [HOP:]KEY FROM>TO VERDICT, …
//	                                from URI/PATH …            (sources)
//	ask portable FROM>TO ATMOST [KIND…]  PRACTICE VERDICT [days], one a line
//	ask compare A B                 PRACTICE RELATION [HERE] [MISSING]
//	ask gaps PLATFORM               KIND KEY PRACTICES
//	ask exit FROM>TO,TO PRACTICES…  see answerExit
//	ask resolve NAME                KEY, or "choices …", or "nearest …"
func answerPaper(t *testing.T, w *portability.World, question string) []string {
	t.Helper()
	f := strings.Fields(question)
	from, to, _ := strings.Cut(f[min(1, len(f)-1)], ">")
	switch f[0] {
	case "portable":
		var out []string
		list, err := w.Portable(t.Context(), from, to, wantedOf(f[2:]), w.Practices())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			out = append(out, a.Practice+" "+a.Verdict.String()+days(a.EffortDays))
		}
		return out
	case "compare":
		return answerCompare(w, f[1], f[2])
	case "gaps":
		var out []string
		for _, g := range w.Gaps(f[1]) {
			out = append(out, string(g.Kind)+" "+g.Key+" "+strings.Join(g.Practices, ","))
		}
		return out
	case "exit":
		plan, err := w.ExitPlan(t.Context(), from, strings.Split(to, ","), f[2:])
		if err != nil {
			t.Fatal(err)
		}
		return answerExit(plan)
	case "resolve":
		key, choices, ok := w.Resolve(strings.Join(f[1:], " "))
		switch {
		case ok:
			return []string{key}
		case len(choices) > 0:
			return []string{"choices " + strings.Join(choices, " ")}
		}
		return []string{"nearest " + strings.Join(w.NearestPlatforms(f[1], 2), " ")}
	}
	return showAnswer(w.Answer(f[0], from, to))
}

func showAnswer(a portability.Answer) []string {
	head := a.Verdict.String() + " " + string(a.Basis)
	if a.Contested {
		head += " contested"
	}
	out := []string{head + days(a.EffortDays)}
	add := func(name, sep string, items []string) {
		if len(items) > 0 {
			out = append(out, name+" "+strings.Join(items, sep))
		}
	}
	var because, unchecked, proof, from []string
	for _, r := range a.Reasons {
		because = append(because, string(r.Kind)+" "+r.Verdict.String())
	}
	for _, u := range a.Unchecked {
		mark := ""
		if u.Kind == portability.ImplementationStatement {
			mark = "!"
		}
		unchecked = append(unchecked, u.Platform+":"+u.Key+mark)
	}
	for _, p := range a.Proof {
		hop := ""
		if p.Hop > 1 {
			hop = fmt.Sprint(p.Hop, ":")
		}
		verdict := " " + p.Verdict.String()
		if !p.Verdict.Known() {
			verdict = ""
		}
		proof = append(proof, hop+p.Key+" "+p.From+">"+p.To+verdict)
	}
	for _, s := range a.Sources {
		from = append(from, strings.TrimSuffix(s.URI+"/"+s.Path, "/"))
	}
	add("because", ", ", because)
	add("if", " ", a.Conditions)
	if strings.Join(a.Path, " ") != a.From+" "+a.To {
		add("path", " ", a.Path)
	}
	add("unchecked", " ", unchecked)
	add("proof", ", ", proof)
	add("from", " ", from)
	return out
}

func answerCompare(w *portability.World, a, b string) []string {
	var out []string
	for _, c := range w.Compare(a, b, w.Practices()) {
		line := c.Practice + " " + string(c.Relation)
		if c.Here != "" {
			line += " " + c.Here + " " + strings.Join(c.Missing, ",")
		}
		out = append(out, line)
	}
	return out
}

// answerExit shows a plan: one line a step, "PRACTICE>TARGET VERDICT [days] DONE/TOTAL
// EFFORT +WITHOUT STEPS", with what it waited for and what it lacks, then what
// stands beside the order.
func answerExit(p portability.ExitPlan) []string {
	var out []string
	for _, s := range p.Steps {
		line := s.Answer.Practice + ">" + s.Answer.To + " " + s.Answer.Verdict.String() + days(s.Answer.EffortDays)
		line += fmt.Sprintf(" %d/%d", s.Reached.Practices, s.Reached.Total)
		line += fmt.Sprintf("%s +%d steps=%d", days(s.Reached.EffortDays), s.Reached.WithoutEffort, s.Reached.VerdictSteps)
		if s.After != nil {
			line += " after " + strings.Join(s.After, ",")
		}
		if s.Missing != nil {
			line += " missing " + strings.Join(s.Missing, ",")
		}
		out = append(out, line)
	}
	for _, beside := range []struct {
		name    string
		answers []portability.Answer
	}{{"covered", p.Covered}, {"blocked", p.Blocked}, {"unknown", p.Unknown}} {
		var keys []string
		for _, a := range beside.answers {
			keys = append(keys, a.Practice)
		}
		if keys != nil {
			out = append(out, beside.name+" "+strings.Join(keys, ","))
		}
	}
	t := p.Tail
	out = append(out, fmt.Sprintf("tail %s %s %d/%d -%d", strings.Join(t.Practices, ","), t.By, t.Part, t.Whole, t.WithoutEffort))
	for _, l := range p.LockIns {
		out = append(out, "lockin "+l.Key+" "+strings.Join(l.Practices, ","))
	}
	return out
}

// wantedOf reads a bound and the kinds of reasons.
func wantedOf(words []string) portability.Wanted {
	w := portability.Wanted{AtMost: portability.ParseVerdict(words[0])}
	for _, kind := range words[1:] {
		w.ReasonKinds = append(w.ReasonKinds, portability.ReasonKind(kind))
	}
	return w
}
