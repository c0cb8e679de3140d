package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/bench/shapes"
)

// report is the text of one run. It takes its place between two marks of the
// file, and leaves what other commands wrote there.
type report struct {
	name  string
	text  strings.Builder
	notes []string
	loads []string
	// read are the loads of minutes.
	read  []string
	begun string
}

func newReport() *report { return &report{name: "make bench", begun: load()} }

func (r *report) line(format string, args ...any) { fmt.Fprintf(&r.text, format+"\n", args...) }

func (r *report) note(text string) {
	say("%s", text)
	r.notes = append(r.notes, text)
}

// load is one comparison of writing, in seconds.
func (r *report) load(subject, against string, ours, theirs float64) {
	say("load %s: %.2f s, %s: %.2f s", subject, ours, against, theirs)
	r.loads = append(r.loads, fmt.Sprintf("| %s | %s | %.2f | %.2f | %.2f |", subject, against, ours, theirs, theirs/ours))
}

// shapes is the table of answers a second, and the one of ratios.
func (r *report) shapes(all []shapes.Shape, subjects []*subject, rates rates) {
	for _, shape := range all {
		r.line("- %s: %s", shape.Name, shape.What)
	}
	r.line("\nAnswers a second:\n")
	head, rule := "| shape |", "|---|"
	for _, s := range subjects {
		head, rule = head+" "+s.name+" |", rule+"---:|"
	}
	r.line("%s\n%s", head, rule)
	for _, shape := range all {
		row := "| " + shape.Name + " |"
		for _, s := range subjects {
			if rate, measured := rates[shape.Name][s.name]; measured {
				row += fmt.Sprintf(" %.0f |", rate)
			} else {
				row += " |"
			}
		}
		r.line("%s", row)
	}
	r.line("")
}

// ratio is what is measured by which yardstick, and the least that is aimed at.
type ratio struct {
	of, by string
	aims   map[string]float64
	// mean is the aim for the geometric mean; 0 for none.
	mean float64
}

// ratios is a table of ratios, a column for each, and their geometric means.
func (r *report) ratios(all []shapes.Shape, ratios []ratio, rates rates) {
	head, rule := "| shape |", "|---|"
	for _, x := range ratios {
		head, rule = head+" "+x.of+" ÷ "+x.by+" |", rule+"---:|"
	}
	r.line("Ratios; in brackets the aim, where there is one:\n\n%s\n%s", head, rule)
	means, counts := make([]float64, len(ratios)), make([]float64, len(ratios))
	for _, shape := range all {
		row := "| " + shape.Name + " |"
		for i, x := range ratios {
			q := rates[shape.Name][x.of] / rates[shape.Name][x.by]
			text := number(q)
			if text != "" {
				means[i], counts[i] = means[i]+math.Log(q), counts[i]+1
				text += aim(x.aims[shape.Name])
			}
			row += " " + text + " |"
		}
		r.line("%s", row)
	}
	row := "| geometric mean |"
	for i, x := range ratios {
		row += " " + number(math.Exp(means[i]/counts[i])) + aim(x.mean) + " |"
	}
	r.line("%s\n", row)
}

func number(q float64) string {
	switch {
	case math.IsNaN(q) || math.IsInf(q, 0) || q == 0:
		return ""
	case q >= 10:
		return fmt.Sprintf("%.0f", q)
	}
	return fmt.Sprintf("%.2f", q)
}

func aim(least float64) string {
	if least == 0 {
		return ""
	}
	return fmt.Sprintf(" (≥ %g)", least)
}

// write puts the report in its place.
func (r *report) write(path string) error {
	var out strings.Builder
	fmt.Fprintf(&out, "Measured by `%s` on %s: %s. The load average was %s when it began and %s when it ended%s.\n\n",
		r.name, time.Now().UTC().Format(time.DateOnly), machine(), r.begun, load(), busy(r.begun, load()))
	for _, note := range r.notes {
		out.WriteString(note + "\n\n")
	}
	out.WriteString(r.text.String())
	if len(r.loads) > 0 {
		out.WriteString("Writing all of it, in seconds:\n\n| | against | opsmap | that | ratio |\n|---|---|---:|---:|---:|\n" + strings.Join(r.loads, "\n") + "\n")
	}
	if len(r.read) > 0 {
		out.WriteString("\nMinutes loaded into an empty file by `opsmap load`, the whole command; in brackets the aim:\n\n| files | records | seconds | MiB at most |\n|---:|---:|---:|---:|\n" + strings.Join(r.read, "\n") + "\n")
	}
	text := strings.TrimSpace(out.String()) + "\n"
	if path == "" {
		fmt.Print(text)
		return nil
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	begin, end := "<!-- "+r.name+": begin -->", "<!-- "+r.name+": end -->"
	before, rest, found := strings.Cut(string(file), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		return fmt.Errorf("%s has no place for the numbers: right are two lines %s and %s", path, begin, end)
	}
	fmt.Print(text)
	return os.WriteFile(path, []byte(before+begin+"\n\n"+text+"\n"+end+after), 0o644) //nolint:gosec // a document
}

// busy says what a load average means for the numbers.
func busy(loads ...string) string {
	for _, l := range loads {
		var n float64
		if _, err := fmt.Sscan(l, &n); err == nil && n > 3 {
			return " (the benchmark itself makes about 3; what is above that is other work on the machine, so look at the ratios only)"
		}
	}
	return ""
}
