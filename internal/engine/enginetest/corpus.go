package enginetest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"golang.org/x/tools/txtar"
)

// A case is a txtar file whose sections are read from top to bottom:
//
//	world           the map, as in worldtext.go; "base" alone is testdata/base.txt
//	viewer.json     clearance, groups, allSeeing of who asks from here on; at first
//	                nobody in particular
//	now             the clock from here on; at first 2026-06-01T12:00:00Z
//	query.graphql   the operation to ask from here on
//	variables.json  its variables for the next answer; "@endCursor" is the value of
//	                endCursor in the answer before, and so for other keys
//	answer.json     asks, and holds the answer against this, spelled out by hand
//	lists           lines of "topics(where: …) => keys of the nodes", "=> !CODE" for
//	                an error; lines of "viewer …" and "now …" in between
//	apply           a changeset, which comes back as the section "outcome" says, if
//	                there is one: "revision 2; created 1", "revision 2; known", or
//	                "!CODE" and words that the error has to have
//	log             the change log: revision, id, actor, time and records, a line each
//
// Cursors are shown by their values ("cursor [7,\"etcd\"]"), errors by code and path.

//go:embed testdata
var testdata embed.FS

// corpusCase is a file of the corpus.
type corpusCase struct {
	name, comment, world string
	steps                []step
}

// step is a question with the answer that is right, a changeset with its outcome,
// or the change log.
type step struct {
	question
	line, want string

	change       *record.Changeset
	outcome, log string
}

// writes reports whether the case changes the map.
func (c *corpusCase) writes() bool {
	return slices.ContainsFunc(c.steps, func(s step) bool { return s.change != nil })
}

// corpus reads all cases.
func corpus(t testing.TB) []corpusCase {
	t.Helper()
	files, err := fs.Glob(testdata, "testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no cases: %v", err)
	}
	var out []corpusCase
	for _, file := range files {
		c, err := readCase(Catalog(t), file)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, c)
	}
	return out
}

func readCase(catalog *schema.Catalog, file string) (corpusCase, error) {
	b, err := testdata.ReadFile(file)
	if err != nil {
		return corpusCase{}, err
	}
	archive := txtar.Parse(b)
	r := caseReader{catalog: catalog, question: question{now: noon}}
	r.out = corpusCase{name: strings.TrimSuffix(path.Base(file), ".txtar"), comment: string(archive.Comment)}
	for _, section := range archive.Files {
		if err := r.section(section.Name, strings.TrimRight(string(section.Data), "\n")); err != nil {
			return r.out, fmt.Errorf("%s: %w", section.Name, err)
		}
	}
	if len(r.out.steps) == 0 {
		return r.out, fmt.Errorf("it asks nothing")
	}
	return r.out, nil
}

type caseReader struct {
	question
	catalog *schema.Catalog
	out     corpusCase
	changes int
}

func (r *caseReader) section(name, text string) (err error) {
	switch name {
	case "world":
		return r.world(text)
	case "viewer.json":
		r.viewer, err = parseViewer(text)
	case "now":
		r.now, err = time.Parse(time.RFC3339, text)
	case "query.graphql":
		r.query, r.variables = text, ""
	case "variables.json":
		r.variables = text
	case "answer.json":
		var want bytes.Buffer
		err = json.Compact(&want, []byte(text))
		r.out.steps = append(r.out.steps, step{question: r.question, want: want.String()})
		r.variables = ""
	case "lists":
		for line := range strings.SplitSeq(text, "\n") {
			if err := r.list(strings.TrimSpace(line)); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
		}
	case "apply":
		return r.apply(text)
	case "outcome":
		if len(r.out.steps) == 0 || r.out.steps[len(r.out.steps)-1].change == nil {
			return fmt.Errorf("it does not follow a changeset")
		}
		r.out.steps[len(r.out.steps)-1].outcome = text
	case "log":
		r.out.steps = append(r.out.steps, step{log: text})
	default:
		err = fmt.Errorf("no such section")
	}
	return err
}

func (r *caseReader) world(text string) error {
	if text == "base" {
		b, err := testdata.ReadFile("testdata/base.txt")
		if err != nil {
			return err
		}
		text = string(b)
	}
	changes, err := parseWorld(r.catalog, text, 0)
	r.out.world, r.changes = text, len(changes)
	return err
}

func (r *caseReader) apply(text string) error {
	changes, err := parseWorld(r.catalog, text, r.changes)
	for _, c := range changes {
		r.out.steps = append(r.out.steps, step{change: c})
	}
	r.changes += len(changes)
	return err
}

func parseViewer(text string) (access.Viewer, error) {
	var v struct {
		Clearance string
		Groups    []string
		AllSeeing bool
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(&v)
	return access.Viewer{Clearance: v.Clearance, Groups: v.Groups, AllSeeing: v.AllSeeing, Role: access.Reader}, err
}

// list reads a line of a lists section.
func (r *caseReader) list(line string) (err error) {
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	if text, ok := strings.CutPrefix(line, "viewer "); ok {
		r.viewer, err = parseViewer(text)
		return err
	}
	if text, ok := strings.CutPrefix(line, "now "); ok {
		r.now, err = time.Parse(time.RFC3339, text)
		return err
	}
	field, keys, found := strings.Cut(line, "=>")
	if !found {
		return fmt.Errorf("there is no =>")
	}
	s := step{question: r.question, line: line}
	keys = strings.TrimSpace(keys)
	if code, mistake := strings.CutPrefix(keys, "!"); mistake {
		s.query = "{ rows: " + strings.TrimSpace(field) + " { nodes { key } } }"
		s.want = fmt.Sprintf(`{"errors":[{"code":%q,"path":["rows"]}],"data":{"rows":null}}`, code)
		r.out.steps = append(r.out.steps, s)
		return nil
	}
	nodes := []string{}
	words, err := splitWords(keys)
	for _, key := range words {
		nodes = append(nodes, `{"key":`+jsonText(key)+`}`)
	}
	rows := `"nodes":[` + strings.Join(nodes, ",") + "]"
	paged := regexp.MustCompile(`\b(first|last|after|before):`).MatchString(field)
	if paged {
		s.query = "{ rows: " + strings.TrimSpace(field) + " { nodes { key } } }"
		s.want = `{"data":{"rows":{` + rows + `}}}`
	} else {
		s.query = "{ rows: " + strings.TrimSpace(field) + " { totalCount nodes { key } } }"
		s.want = fmt.Sprintf(`{"data":{"rows":{"totalCount":%d,%s}}}`, len(nodes), rows)
	}
	r.out.steps = append(r.out.steps, s)
	return err
}

// subject is what a case can be held against: a store, or the oracle.
type subject interface {
	ask(q question) string
	apply(c *record.Changeset) (record.Outcome, error)
	changes() []record.Change
}

// runCorpus asks every case of a store. Cases that only read share one for the
// same map.
func runCorpus(t *testing.T, open Open) {
	cases := corpus(t)
	group := func(c corpusCase) string {
		if c.writes() {
			return c.name
		}
		return c.world
	}
	slices.SortStableFunc(cases, func(a, b corpusCase) int { return strings.Compare(group(a), group(b)) })
	for len(cases) > 0 {
		n := 1
		for n < len(cases) && group(cases[n]) == group(cases[0]) {
			n++
		}
		same := cases[:n]
		cases = cases[n:]
		t.Run(same[0].name, func(t *testing.T) {
			s := openStore(t, open)
			s.load(world(t, same[0].world))
			for _, c := range same {
				t.Run(c.name, func(t *testing.T) { c.run(t, s) })
			}
		})
	}
}

// run goes through the steps of a case.
func (c *corpusCase) run(t *testing.T, on subject) {
	answer := ""
	for _, s := range c.steps {
		got, want := "", s.want
		_, naive := on.(*oracle)
		switch {
		case s.change != nil:
			want = s.outcome
			outcome, err := on.apply(s.change)
			got = shownOutcome(outcome, err)
			if want == "" && err == nil || err != nil && sameError(want, err, naive) {
				got = want
			}
		case s.log != "":
			got, want = shownLog(on.changes()), s.log
		case naive && refused(s.want):
			// The oracle knows nothing of mistakes.
			continue
		default:
			s.variables = recalled(s.variables, answer)
			answer = on.ask(s.question)
			got = plainAnswer(t, answer)
		}
		if got != want {
			t.Errorf("%s\nviewer %+v at %s\n%s\ngot  %s\nwant %s", c.comment, s.viewer, s.now.Format(time.RFC3339), shownStep(s), got, want)
		}
	}
}

func shownOutcome(o record.Outcome, err error) string {
	if err != nil {
		return "!" + string(fault.CodeOf(err)) + " " + err.Error()
	}
	out := fmt.Sprintf("revision %d", o.Revision)
	for _, part := range []struct {
		name string
		n    int
	}{{"created", o.Created}, {"changed", o.Changed}, {"removed", o.Removed}, {"links", o.Links}} {
		if part.n != 0 {
			out += fmt.Sprintf("; %s %d", part.name, part.n)
		}
	}
	if o.Known {
		out += "; known"
	}
	return out
}

// sameError holds an error against "!CODE word word": the code, and words that the
// message has to have.
func sameError(want string, err error, codeOnly bool) bool {
	words := strings.Fields(want)
	if len(words) == 0 || words[0] != "!"+string(fault.CodeOf(err)) {
		return false
	}
	return codeOnly || !slices.ContainsFunc(words[1:], func(w string) bool { return !strings.Contains(err.Error(), w) })
}

func shownLog(changes []record.Change) string {
	var lines []string
	for _, c := range changes {
		line := fmt.Sprintf("%d %s %s %s", c.Revision, c.Changeset, c.Actor, c.At.Format(time.RFC3339))
		for _, id := range c.Touched {
			line += " " + id.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func shownStep(s step) string {
	if s.change != nil || s.log != "" {
		return ""
	}
	if s.line != "" {
		return s.line
	}
	return s.query + "\n" + s.variables
}

var recall = regexp.MustCompile(`"@(\w+)"`)

// recalled puts the values of an earlier answer into variables.
func recalled(variables, answer string) string {
	return recall.ReplaceAllStringFunc(variables, func(name string) string {
		key := name[2 : len(name)-1]
		value := regexp.MustCompile(`"` + key + `":("[^"]*"|null)`).FindStringSubmatch(answer)
		if value == nil {
			return `"there is no ` + key + ` in the answer before"`
		}
		return value[1]
	})
}

var maybeCursor = regexp.MustCompile(`"[A-Za-z0-9_-]{14,}"`)

// plainAnswer is an answer as people write it: cursors by their values, errors by
// code and path.
func plainAnswer(t testing.TB, answer string) string {
	t.Helper()
	var response struct {
		Errors []struct {
			Path       []any
			Extensions struct{ Code string }
		}
		Data json.RawMessage
	}
	if err := json.Unmarshal([]byte(answer), &response); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
	data := maybeCursor.ReplaceAllStringFunc(string(response.Data), func(quoted string) string {
		values, ok := decodeCursor(strings.Trim(quoted, `"`))
		if !ok {
			return quoted
		}
		return jsonText("cursor " + jsonText(values))
	})
	if len(response.Errors) == 0 {
		return `{"data":` + data + `}`
	}
	var errs []string
	for _, e := range response.Errors {
		text := `{"code":` + jsonText(e.Extensions.Code)
		if len(e.Path) > 0 {
			text += `,"path":` + jsonText(e.Path)
		}
		errs = append(errs, text+"}")
	}
	out := `{"errors":[` + strings.Join(errs, ",") + "]"
	if data != "" {
		out += `,"data":` + data
	}
	return out + "}"
}
