package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/speech"
)

// loadReport is what a load changes; its JSON form is what --json prints.
type loadReport struct {
	DryRun   bool  `json:"dryRun"`
	Revision int64 `json:"revision"`
	// Created, Changed and Removed are records. Moved are those of which only the line
	// they stand on has changed.
	Created []recordReport `json:"created"`
	Changed []recordReport `json:"changed"`
	Removed []recordReport `json:"removed"`
	Moved   []string       `json:"moved"`
	// Retired are statements that are no longer said, of records that stay because
	// others speak of them.
	Retired []statementReport `json:"retired"`
	// Unheard are statements stricter than their record, whose fields do not count.
	Unheard []statementReport `json:"unheard"`
	// Incomplete are records that would need more to be there.
	Incomplete []string `json:"incomplete"`
	// Hidden is how many of the records are not open to an anonymous visitor.
	Hidden int `json:"hidden"`
	// Records are the records that the files speak of, by type; Files those that were
	// read, by kind.
	Records map[string]int `json:"records"`
	Files   map[string]int `json:"files"`
	Passed  []string       `json:"passed"`
	// open is the lowest level: who may see a record is shown where that is not everybody.
	open     string
	Problems []string `json:"problems"`
	Warnings []string `json:"warnings"`

	// told counts all that changes, of which a load lists some.
	told *record.Details
}

type recordReport struct {
	ID string `json:"id"`
	// Title is its title, name or text.
	Title string `json:"title,omitempty"`
	// Source is where it is said: path and line.
	Source string `json:"source,omitempty"`
	// level it gets, in words, where it gets another.
	level    string
	Fields   []fieldReport `json:"fields,omitempty"`
	Linked   []linkReport  `json:"linked,omitempty"`
	Unlinked []linkReport  `json:"unlinked,omitempty"`
}

type fieldReport struct {
	Name   string          `json:"name"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

type linkReport struct {
	Field string `json:"field"`
	To    string `json:"to"`
}

type statementReport struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

func newLoadReport(outcome record.Outcome, result *gather.Result) *loadReport {
	details := outcome.Details
	r := &loadReport{
		Revision: outcome.Revision,
		Created:  []recordReport{}, Changed: []recordReport{}, Removed: []recordReport{}, Moved: []string{},
		Retired: []statementReport{}, Unheard: []statementReport{}, Incomplete: []string{},
		Hidden: details.Hidden, Records: map[string]int{}, Files: result.Read,
		Passed: lines(result.Passed), Problems: lines(result.Problems), Warnings: lines(result.Warnings), told: details,
	}
	for i := range details.Records {
		r.add(&details.Records[i])
	}
	for _, s := range details.Retired {
		if !record.IsDerived(s.Source) && !result.Anew[record.Retirement{Source: s.Source, ID: s.ID}] {
			r.Retired = append(r.Retired, statementReport{ID: s.ID.String(), Source: s.Source})
		}
	}
	for _, s := range details.Unheard {
		if speech.Discreet(s.Source) || record.IsDerived(s.Source) {
			continue
		}
		r.Unheard = append(r.Unheard, statementReport{ID: s.ID.String(), Source: s.Source})
	}
	for _, id := range details.Incomplete {
		r.Incomplete = append(r.Incomplete, id.String())
	}
	seen := map[record.ID]bool{}
	for id := range result.Changeset.Subjects() {
		if !seen[id] {
			seen[id] = true
			r.Records[id.Type]++
		}
	}
	return r
}

func lines(problems loader.Problems) []string {
	out := make([]string, len(problems))
	for i, p := range problems {
		out[i] = p.String()
	}
	return out
}

// add puts a record where it belongs.
func (r *loadReport) add(p *record.ChangedRecord) {
	line := recordReport{ID: p.ID.String()}
	for _, f := range p.Fields {
		switch f.Name {
		case "title", "name", "text":
			line.Title = textOf(f.After)
		case "sources":
			line.Source = sourceOf(f.After)
		case "confidentiality":
			line.level = textOf(f.After)
		}
		line.Fields = append(line.Fields, fieldReport{Name: f.Name, Before: f.Before, After: f.After})
	}
	for _, l := range p.Linked {
		line.Linked = append(line.Linked, linkReport{Field: l.Field, To: l.To.String()})
	}
	for _, l := range p.Unlinked {
		line.Unlinked = append(line.Unlinked, linkReport{Field: l.Field, To: l.To.String()})
	}
	switch {
	case p.Fate == record.Created:
		r.Created = append(r.Created, line)
	case p.Fate == record.Removed:
		line.Fields = nil
		r.Removed = append(r.Removed, line)
	case p.Moved():
		r.Moved = append(r.Moved, line.ID)
	default:
		r.Changed = append(r.Changed, line)
	}
}

func textOf(value json.RawMessage) string {
	var s string
	_ = json.Unmarshal(value, &s) // what is no text has no title
	return s
}

// sourceOf is the file and the line of the first source that has both.
func sourceOf(value json.RawMessage) string {
	var sources []struct {
		Path string `json:"path"`
		Line int    `json:"line"`
	}
	_ = json.Unmarshal(value, &sources) // the store wrote it
	for _, s := range sources {
		if s.Path != "" {
			return fmt.Sprintf("%s:%d", s.Path, s.Line)
		}
	}
	return ""
}

// changes reports whether anything is to be shown.
func (r *loadReport) changes() bool {
	return len(r.Created)+len(r.Changed)+len(r.Removed)+len(r.Moved)+len(r.Retired) > 0
}

// shownRecords is how many records of a kind of change a load shows; a dry run
// shows all.
const shownRecords = 40

// show prints what changes on standard output.
func (p *program) show(r *loadReport, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(p.out)
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	var b strings.Builder
	for _, part := range []struct {
		sign    string
		records []recordReport
		all     int
	}{{"+", r.Created, r.told.Created}, {"~", r.Changed, r.told.Changed}, {"-", r.Removed, r.told.Removed}} {
		showRecords(&b, part.sign, part.records, r.open)
		if more := part.all - len(part.records); more > 0 {
			fmt.Fprintf(&b, "%s … and %d more; --dry-run shows all before, --json all at any time\n", part.sign, more)
		}
	}
	for i, s := range r.Retired {
		if i == shownRecords && !r.DryRun {
			fmt.Fprintf(&b, "  … and %d more\n", len(r.Retired)-i)
			break
		}
		fmt.Fprintf(&b, "= %s stays as others say it, no longer by %s\n", s.ID, s.Source)
	}
	if r.told.Moved > 0 {
		fmt.Fprintf(&b, "  %d records come from another line or have other references\n", r.told.Moved)
	}
	for _, problem := range r.Problems {
		b.WriteString(problem + "\n")
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}

// showRecords shows who may see those that are new where that is not everybody, who
// see what has the level open.
func showRecords(b *strings.Builder, sign string, records []recordReport, open string) {
	for _, record := range records {
		fmt.Fprintf(b, "%s %s", sign, record.ID)
		if record.Title != "" {
			fmt.Fprintf(b, "  %s", printableText(record.Title))
		}
		if record.Source != "" {
			fmt.Fprintf(b, "  (%s)", printableText(record.Source))
		}
		if sign == "+" && record.level != open {
			fmt.Fprintf(b, "  [%s]", printableText(record.level))
		}
		b.WriteByte('\n')
		if sign == "~" {
			for _, f := range record.Fields {
				fmt.Fprintf(b, "    %s: %s → %s\n", f.Name, printableText(string(f.Before)), printableText(string(f.After)))
			}
		}
		for _, l := range record.Linked {
			fmt.Fprintf(b, "    + %s → %s\n", l.Field, l.To)
		}
		for _, l := range record.Unlinked {
			fmt.Fprintf(b, "    - %s → %s\n", l.Field, l.To)
		}
	}
}

// longestShown is how much of a text the diff shows, in bytes.
const longestShown = 160

// printableText is a text on one line, cut and safe for a terminal.
func printableText(s string) string {
	if len(s) > longestShown {
		cut := longestShown
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
		s = s[:cut] + "…"
	}
	return loader.Printable(s)
}

// loadSummary says on standard error what came of a load, and what to do about it.
func (p *program) loadSummary(r *loadReport, result *gather.Result, flags loadFlags, ladder access.Ladder) {
	for _, w := range r.Warnings {
		p.say("warning: %s\n", w)
	}
	for _, name := range slices.Sorted(maps.Keys(result.Renamed)) {
		p.say("%s was %s before\n", loader.Printable(result.Renamed[name]), loader.Printable(name))
	}
	if flags.asJSON {
		// They are in the JSON too; whoever pipes that away sees them here.
		for _, problem := range r.Problems {
			p.say("%s\n", problem)
		}
	}
	if n := len(r.Passed); n > 0 {
		p.say("%s passed over, for example %s\n", numbered(n, "file was", "files were"), r.Passed[0])
	}
	for _, kind := range slices.Sorted(maps.Keys(r.Files)) {
		p.say("%s of %s read; ", numbered(r.Files[kind], "file", "files"), kind)
	}
	var records []string
	for _, kind := range slices.Sorted(maps.Keys(r.Records)) {
		records = append(records, fmt.Sprintf("%d %s", r.Records[kind], kind))
	}
	if line := strings.Join(records, ", "); line != "" || len(r.Files) > 0 {
		p.say("%s\n", line)
	}
	told := r.told
	done := ""
	if flags.dryRun {
		done = "would be "
	}
	p.say("%s%d created, %d changed, %d removed, %d links made, %d links dropped, %d on another line, %d no longer said\n",
		done, told.Created, told.Changed, told.Removed, told.Linked, told.Unlinked, told.Moved, len(r.Retired))
	if !r.changes() {
		p.say("nothing changes\n")
	}
	p.visibility(r, flags, ladder)
	if n := len(result.Problems); n > 0 {
		p.say("%s: what they stand in was not taken and keeps what it said before\n", numbered(n, "problem", "problems"))
	}
}

// numbered is a number of things.
func numbered(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// visibility says what does not come out as whoever loads may expect.
func (p *program) visibility(r *loadReport, flags loadFlags, ladder access.Ladder) {
	open := ladder.Lowest()
	switch {
	case r.Hidden == 0:
	case flags.mapping != "":
		p.say("%d of the records are not visible to anonymous visitors; records without a level of their own have that of the mapping, else %s: the mapping, or --level %s where it says nothing, changes that\n", r.Hidden, flags.level, open)
	case flags.level == open:
		p.say("%d of the records are not visible to anonymous visitors, as they state a stricter level themselves\n", r.Hidden)
	default:
		p.say("%d of the records are not visible to anonymous visitors; records without a level of their own have %s, --level %s changes that\n", r.Hidden, flags.level, open)
	}
	if n := len(r.Unheard); n > 0 {
		p.say("%d statements are stricter (%s) than the records that are there already, such as %s: their fields do not count, only their links do; --level %s, or a mapping that gives their level, makes them count\n",
			n, flags.level, r.Unheard[0].ID, open)
	}
	if n := len(r.Incomplete); n > 0 {
		p.say("%d records are not there yet, such as %s: something they need is not said, or not to those who may see them\n", n, r.Incomplete[0])
	}
}
