package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Markdown is the plan as a report: the summary first, then the numbers, the moves in
// their order, what the provider does, what is blocked, what is unknown, lock-ins, and
// what to do next. day is the day it says it was made on.
func (e *Exit) Markdown(day time.Time) string {
	d := &document{}
	d.line("# Leaving %s for %s", e.From.shown(), together(names(e.To)))
	d.line("\n*Exit report of %s. %s looked at.*", day.UTC().Format("2 January 2006"), e.practices(e.Totals.Practices)+were(e.Totals.Practices))
	e.assumptions(d)
	e.summary(d)
	e.numbers(d)
	e.targets(d)
	e.moves(d)
	e.operated(d)
	e.blocked(d)
	e.unknown(d)
	e.lockIns(d)
	e.next(d)
	d.line("\n---\n\nMade by opsmap from what its reader may see. Verdicts, from best to worst: not needed, provider operated, " +
		"unchanged, adapt, rework, blocked. `opsmap query` shows every answer with its sources.")
	return d.String()
}

func names(list []Named) []string {
	out := make([]string, 0, len(list))
	for _, n := range list {
		out = append(out, n.shown())
	}
	return out
}

func (e *Exit) practices(n int) string { return counted(n, "practice", "practices") }

func were(n int) string {
	if n == 1 {
		return " was"
	}
	return " were"
}

func (e *Exit) assumptions(d *document) {
	if len(e.Assumed) == 0 {
		return
	}
	d.line("\n> **This report assumes what nobody has stated:**\n>")
	for _, a := range e.Assumed {
		if a["practice"] != "" {
			d.line("> - %s moves from %s to %s with the verdict %s", escaped(a["practice"]), escaped(a["from"]), escaped(a["to"]), word(a["verdict"]))
			continue
		}
		d.line("> - %s states %s for %s", escaped(a["platform"]), escaped(a["state"]), escaped(a["capability"]))
	}
}

func (e *Exit) summary(d *document) {
	t := e.Totals
	d.section("Summary")
	if t.Practices == 0 {
		d.line("There is no practice to move.")
		return
	}
	known := t.Moves + t.Operated + t.NotNeeded
	d.line("- **%d of %s (%s) have a way:** %s.", known, e.practices(t.Practices), percent(known, t.Practices), parts(
		part{t.Moves, "go on and are done by your own people"}, part{t.Operated, "are done by the provider from then on"},
		part{t.NotNeeded, "are not needed any more"}))
	d.line("- **%d of %s (%s) are open:** %s.", t.Blocked+t.Unknown, e.practices(t.Practices), percent(t.Blocked+t.Unknown, t.Practices), parts(
		part{t.Blocked, "cannot be done on any of the targets"}, part{t.Unknown, "have no answer, as nobody has said how they move"}))
	d.line("- **Effort:** %s", e.effort())
	if tail := e.tail(); tail != "" {
		d.line("- **The last 20 %%:** %s", tail)
	}
	if len(e.To) > 1 {
		d.line("- **Targets:** %s", e.mixed())
	}
	d.line("- **Lock-ins:** left behind %s; entered %s.", keysOf(e.LockIns), keysOf(e.LockInsAhead))
	d.line("- **How sure this is:** %s", e.sure())
}

// part is one of several numbers, in words.
type part struct {
	n     int
	words string
}

// parts are those that are not nothing.
func parts(all ...part) string {
	var out []string
	for _, p := range all {
		if p.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", p.n, p.words))
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

// effort in words, which says what it is measured by.
func (e *Exit) effort() string {
	t := e.Totals
	switch {
	case t.Moves == 0:
		return "nothing moves, so there is none."
	case t.EffortDays == nil:
		return fmt.Sprintf("nobody has estimated any of the %s in days. Counted in steps (unchanged 1, adapt 2, rework 3) they take %d.",
			counted(t.Moves, "move", "moves"), t.VerdictSteps)
	case t.WithoutEffort > 0:
		return fmt.Sprintf("%s for %d of %s; the other %d are not estimated, so the whole is more.",
			shownDays(t.EffortDays), t.Moves-t.WithoutEffort, counted(t.Moves, "move", "moves"), t.WithoutEffort)
	default:
		return fmt.Sprintf("%s for all %s.", shownDays(t.EffortDays), counted(t.Moves, "move", "moves"))
	}
}

func shownDays(d *Days) string {
	if d.Min == d.Max {
		return counted(d.Min, "day", "days")
	}
	return fmt.Sprintf("%d to %d days", d.Min, d.Max)
}

func (e *Exit) tail() string {
	l := e.LastFifth
	if len(l.Practices) == 0 || l.Percent == nil {
		return ""
	}
	measure := "of the steps, as nobody has given days"
	if l.MeasuredBy == "EFFORT_DAYS" {
		measure = "of the estimated days"
		if l.WithoutEffort > 0 {
			measure += fmt.Sprintf(" (%d moves without an estimate left out)", l.WithoutEffort)
		}
	}
	return fmt.Sprintf("the last %d of %s take %d %% %s: %s.", len(l.Practices), counted(len(e.Steps), "move", "moves"), *l.Percent, measure, strings.Join(e.titles(l.Practices), "; "))
}

// titles are what practices of the plan are called, by their keys.
func (e *Exit) titles(keys []string) []string {
	byKey := map[string]string{}
	for _, s := range e.Steps {
		byKey[s.Move.Practice.Key] = s.Move.Practice.shown()
	}
	for _, list := range [][]Move{e.Covered, e.Blocked, e.Unknown} {
		for _, m := range list {
			byKey[m.Practice.Key] = m.Practice.shown()
		}
	}
	out := make([]string, 0, len(keys))
	for _, key := range keys {
		if byKey[key] == "" {
			byKey[key] = escaped(key)
		}
		out = append(out, byKey[key])
	}
	return out
}

// mixed says which targets are worth it.
func (e *Exit) mixed() string {
	var parts []string
	reached := 0
	for i, m := range e.Mixes {
		now := m.Moves + m.Covered
		if i == 0 {
			parts = append(parts, fmt.Sprintf("%s alone gets %d of %d there", together(names(m.To)), now, e.Totals.Practices))
		} else {
			parts = append(parts, fmt.Sprintf("%s together get %d (%d more)", together(names(m.To)), now, now-reached))
		}
		reached = now
	}
	text := strings.Join(parts, "; ")
	if len(e.Mixes) > 0 && len(e.Mixes) < len(e.To) {
		text += "; no other target makes it better"
	}
	return text + "."
}

// keysOf are lock-ins with how many practices each holds.
func keysOf(list []LockIn) string {
	if len(list) == 0 {
		return "none that is known"
	}
	var keys []string
	for _, l := range list {
		keys = append(keys, fmt.Sprintf("%s (%s)", escaped(l.LockIn.Key), counted(len(l.Practices), "practice", "practices")))
	}
	return together(keys)
}

// sure says on how much one should not rely without looking.
func (e *Exit) sure() string {
	known, unverified, stale, assumed := 0, 0, 0, 0
	count := func(m Move) {
		known++
		weak, old, taken := false, false, false
		for _, p := range m.Proof {
			weak, old, taken = weak || p.Unverified, old || p.Stale, taken || p.Assumed
		}
		for n, is := range map[*int]bool{&unverified: weak, &stale: old, &assumed: taken} {
			if is {
				*n++
			}
		}
	}
	for _, s := range e.Steps {
		count(s.Move)
	}
	for _, list := range [][]Move{e.Covered, e.Blocked} {
		for _, m := range list {
			count(m)
		}
	}
	text := fmt.Sprintf("of %s %d are inferred from a shared solution or another platform, %d are contested, %d rest on something nobody has verified, %d on a note that nobody has confirmed for a year",
		counted(known, "known answer", "known answers"), e.Totals.Inferred, e.Totals.Contested, unverified, stale)
	if assumed > 0 {
		text += fmt.Sprintf(", %d on what this report assumes", assumed)
	}
	return text + "."
}

func (e *Exit) numbers(d *document) {
	t := e.Totals
	d.section("Numbers")
	rows := [][]string{}
	for _, r := range []struct {
		what, means string
		n           int
	}{
		{"Not needed", "the problem does not exist there", t.NotNeeded},
		{"Provider operated", "the operator of the target does it", t.Operated},
		{"Unchanged", "done as before", t.Unchanged},
		{"Adapt", "small changes", t.Adapt},
		{"Rework", "done anew", t.Rework},
		{"Blocked", "cannot be done there", t.Blocked},
		{"Unknown", "nobody has said", t.Unknown},
	} {
		rows = append(rows, []string{r.what, strconv.Itoa(r.n), percent(r.n, t.Practices), r.means})
	}
	rows = append(rows, []string{"**All**", fmt.Sprintf("**%d**", t.Practices), "", ""})
	d.table([]string{"Verdict", ">Practices", ">Share", "What it means"}, rows)
}

func (e *Exit) targets(d *document) {
	if len(e.To) < 2 {
		return
	}
	d.section("Targets")
	d.line("Each practice goes to the target where it is easiest.\n")
	rows := [][]string{}
	for _, s := range e.Shares {
		rows = append(rows, []string{s.Platform.shown(), strconv.Itoa(s.Moves), strconv.Itoa(s.Covered), e.spent(s.Effort)})
	}
	d.table([]string{"Target", ">Moves", ">Covered there", ">Effort"}, rows)
	d.line("\nThe best choices of targets:\n")
	rows = [][]string{}
	for _, m := range e.Mixes {
		rows = append(rows, []string{
			strconv.Itoa(len(m.To)), together(names(m.To)), strconv.Itoa(m.Moves + m.Covered), strconv.Itoa(m.Blocked), strconv.Itoa(m.Unknown), e.spent(m.Effort),
		})
	}
	d.table([]string{">Targets", "Which", ">Have a way", ">Blocked", ">Unknown", ">Effort"}, rows)
}

// spent is an effort in the measure of the report.
func (e *Exit) spent(f Effort) string {
	switch {
	case e.Totals.MeasuredBy != "EFFORT_DAYS":
		return counted(f.VerdictSteps, "step", "steps")
	case f.EffortDays == nil && f.WithoutEffort == 0:
		return "0 days"
	case f.EffortDays == nil:
		return "not estimated"
	case f.WithoutEffort > 0:
		return fmt.Sprintf("%s + %d not estimated", shownDays(f.EffortDays), f.WithoutEffort)
	default:
		return shownDays(f.EffortDays)
	}
}

// word is a verdict as people write it.
func word(verdict string) string { return strings.ToLower(strings.ReplaceAll(verdict, "_", " ")) }
