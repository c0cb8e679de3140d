package report

import (
	"fmt"
	"strconv"
	"strings"
)

func (e *Exit) moves(d *document) {
	d.section("Moves, in this order")
	if len(e.Steps) == 0 {
		d.line("Nothing moves.")
		return
	}
	d.line("What a practice depends on comes first, then the easiest. \"Covered\" is how much of everything is done with after the move, " +
		"what the provider does counted from the start.\n")
	rows := make([][]string, 0, len(e.Steps))
	for i, s := range e.Steps {
		rows = append(rows, []string{
			strconv.Itoa(i + 1), s.Move.Practice.shown(), s.Move.To.shown(), word(s.Move.Verdict), e.why(s),
			percent(s.Reached, s.Total), e.spent(s.Effort),
		})
	}
	d.table([]string{">#", "Practice", "To", "Verdict", "Why", ">Covered", ">Effort so far"}, rows)
}

// why is the worst reason of a step, with what a reader has to know beside it.
func (e *Exit) why(s Step) string {
	var parts []string
	if len(s.Move.Reasons) > 0 {
		parts = append(parts, escaped(s.Move.Reasons[0].Text))
	}
	if s.Move.Basis == "INFERRED" {
		parts = append(parts, "(inferred)")
	}
	if s.Move.Contested {
		parts = append(parts, "(contested)")
	}
	if len(s.After) > 0 {
		parts = append(parts, "after "+together(e.titles(s.After)))
	}
	if len(s.Missing) > 0 {
		parts = append(parts, "**depends on what is open:** "+together(e.titles(s.Missing)))
	}
	return strings.Join(parts, "; ")
}

func (e *Exit) operated(d *document) {
	d.section("What the provider does from then on")
	var rows, free [][]string
	for _, m := range e.Covered {
		row := []string{m.Practice.shown(), m.To.shown(), firstReason(m)}
		if m.Verdict == "PROVIDER_OPERATED" {
			rows = append(rows, row)
		} else {
			free = append(free, row)
		}
	}
	if len(rows) == 0 {
		d.line("Nothing.")
	} else {
		d.line("Your people no longer do this, and no longer decide when and how it is done. Look at what the contract says of it.\n")
		d.table([]string{"Practice", "On", "Why"}, rows)
	}
	if len(free) > 0 {
		d.line("\nNot needed there any more:\n")
		d.table([]string{"Practice", "On", "Why"}, free)
	}
}

func firstReason(m Move) string {
	if len(m.Reasons) == 0 {
		return ""
	}
	return escaped(m.Reasons[0].Text)
}

func (e *Exit) blocked(d *document) {
	d.section("What cannot be done")
	if len(e.Blocked) == 0 {
		d.line("Nothing is known to be blocked.")
		return
	}
	rows := make([][]string, 0, len(e.Blocked))
	for _, m := range e.Blocked {
		var why []string
		for _, r := range m.Obstacles {
			why = append(why, escaped(r.Text))
		}
		without := word(m.Without)
		if m.Without == "UNKNOWN" {
			without = "not known"
		}
		rows = append(rows, []string{m.Practice.shown(), m.To.shown(), strings.Join(why, "; "), without})
	}
	d.table([]string{"Practice", "Closest target", "What stands in the way", "Without that"}, rows)
}

func (e *Exit) unknown(d *document) {
	d.section("What nobody has said")
	if len(e.Unknown) == 0 {
		d.line("There is an answer for every practice.")
		return
	}
	d.line("Nobody has written down how these move to any of the targets. Whoever knows fills in four fields.\n")
	for _, m := range e.Unknown {
		d.line("- %s (%s)", m.Practice.shown(), link("say how it moves to "+m.To.plain(), m.ContributeURL))
	}
}

// plain is the name before it is escaped.
func (n Named) plain() string {
	switch {
	case n.Name != "":
		return n.Name
	case n.Title != "":
		return n.Title
	}
	return n.Key
}

func (e *Exit) lockIns(d *document) {
	d.section("Lock-ins that are left behind")
	e.held(d, e.LockIns)
	d.section("Lock-ins that are entered")
	e.held(d, e.LockInsAhead)
}

func (e *Exit) held(d *document, list []LockIn) {
	if len(list) == 0 {
		d.line("None is known.")
	}
	for _, l := range list {
		d.line("### %s\n", escaped(l.LockIn.Key))
		for _, part := range []struct{ name, text string }{{"Why", l.LockIn.Why}, {"Cost", l.LockIn.Cost}, {"Way out", l.LockIn.ExitPlan}} {
			if part.text != "" {
				d.line("- **%s:** %s", part.name, escaped(part.text))
			}
		}
		for _, part := range []struct {
			name  string
			texts []string
		}{{"What speaks for it", l.LockIn.Pros}, {"What speaks against it", l.LockIn.Cons}} {
			if len(part.texts) > 0 {
				d.line("- **%s:** %s", part.name, escaped(strings.Join(part.texts, " ")))
			}
		}
		d.line("- **Holds:** %s", strings.Join(e.titles(l.Practices), "; "))
	}
}

func (e *Exit) next(d *document) {
	d.section("Next steps")
	n := 0
	step := func(format string, args ...any) {
		n++
		d.line("%d. %s", n, fmt.Sprintf(format, args...))
	}
	t := e.Totals
	if t.Unknown > 0 {
		step("Ask the people who do them about the %s of which nobody has said how they move; until then the plan is open there.", e.practices(t.Unknown))
	}
	if t.Blocked > 0 {
		step("Decide about what is blocked: do without, do it another way, or leave that part where it is.")
	}
	if t.WithoutEffort > 0 {
		step("Have the %s without an estimate estimated in days, those at the end of the order first.", counted(t.WithoutEffort, "move", "moves"))
	}
	if t.Contested+t.Inferred > 0 {
		step("Check the %s that are contested or inferred before anything is signed.", counted(t.Contested+t.Inferred, "answer", "answers"))
	}
	if t.Operated > 0 {
		step("Hold the contract against the %s that the provider is to do.", e.practices(t.Operated))
	}
	if len(e.Steps) > 0 {
		first := e.Steps[:min(3, len(e.Steps))]
		var keys []string
		for _, s := range first {
			keys = append(keys, s.Move.Practice.Key)
		}
		step("Begin with: %s.", strings.Join(e.titles(keys), "; "))
	}
	if n == 0 {
		d.line("There is nothing to do.")
	}
}
