package enginetest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

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
			s := openStore(t, recorded(open))
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
	_, naive := on.(*oracle)
	plans, now := recordingOf(on), []golden{}
	for _, s := range c.steps {
		got, want := s.want, s.want
		switch {
		case s.change != nil:
			got, want = s.applied(on, naive), s.outcome
		case s.log != "":
			got, want = shownLog(on.changes()), s.log
		case naive && (refused(s.want) || concludes(s.query)):
			// The oracle knows nothing of mistakes, nor of portability, which has a naive
			// definition of its own in internal/portability.
		default:
			s.variables = recalled(s.variables, answer)
			plans.forget()
			answer = on.ask(s.question)
			got = plainAnswer(t, answer)
			if plans != nil {
				now = append(now, checkGoldens(t, s, plans.plans)...)
			}
		}
		if got != want {
			t.Errorf("%s\nviewer %+v at %s\n%s\ngot  %s\nwant %s", c.comment, s.viewer, s.now.Format(time.RFC3339), shownStep(s), got, want)
		}
	}
	if *Update && len(now) > 0 {
		c.rewrite(t, now)
	}
}

// concluded are the root fields that are concluded by package portability.
var concluded = []string{
	"portability", "portablePractices", "targets", "comparePlatforms", "comparePlatformsByLayer", "portabilityMatrix", "exitPlan", "gaps", "stale",
}

// concludes reports whether an operation asks for something that is concluded.
func concludes(query string) bool {
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		return false
	}
	return slices.ContainsFunc(doc.Operations[0].SelectionSet, func(s ast.Selection) bool {
		f, ok := s.(*ast.Field)
		return ok && slices.Contains(concluded, f.Name)
	})
}

// applied writes the step's changeset; the outcome comes back as the case has it
// where that is right.
func (s *step) applied(on subject, naive bool) string {
	outcome, err := on.apply(s.change)
	if (s.outcome == "" && err == nil) || (err != nil && sameError(s.outcome, err, naive)) {
		return s.outcome
	}
	return shownOutcome(outcome, err)
}

func shownOutcome(o record.Outcome, err error) string {
	if err != nil {
		return "!" + string(fault.CodeOf(err)) + " " + err.Error()
	}
	out := []string{fmt.Sprintf("revision %d", o.Revision)}
	for _, part := range []struct {
		name string
		n    int
	}{{"created", o.Created}, {"changed", o.Changed}, {"removed", o.Removed}, {"links", o.Links}} {
		if part.n != 0 {
			out = append(out, fmt.Sprintf("%s %d", part.name, part.n))
		}
	}
	if o.Lowered > 0 {
		out = append(out, fmt.Sprintf("lowered %d from %s", o.Lowered, o.LoweredFrom))
	}
	if o.Known {
		out = append(out, "known")
	}
	return strings.Join(out, "; ")
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
		line := []string{fmt.Sprintf("%d %s %s %s", c.Revision, c.Changeset, c.Actor, c.At.Format(time.RFC3339))}
		for _, id := range c.Touched {
			line = append(line, id.String())
		}
		lines = append(lines, strings.Join(line, " "))
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
