package enginetest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/plan"
	"golang.org/x/tools/txtar"
)

// Update is the flag -update of the tests of an engine: what the program makes of a
// question, its plan and the Cypher for it, is written into the testdata anew. What
// people worked out, the answers above all, stays as it is and goes on failing.
var Update = flag.Bool("update", false, "write plans and statements in testdata anew, never answers; read the diff before you commit it")

// made are the sections that -update writes, and how each is shown.
var made = map[string]func(plans []*plan.Plan) (string, error){"plan": shownPlans, "cypher": shownCypher}

func shownPlans(plans []*plan.Plan) (string, error) {
	texts := make([]string, len(plans))
	for i, p := range plans {
		texts[i] = strings.TrimRight(plan.Format(p), "\n")
	}
	return strings.Join(texts, "\n"), nil
}

func shownCypher(plans []*plan.Plan) (string, error) {
	var texts []string
	for _, p := range plans {
		for _, r := range p.Roots {
			text, _, err := neo4j.Statement(p, r)
			if err != nil {
				return "", err
			}
			texts = append(texts, strings.TrimRight(text, "\n"))
		}
	}
	return strings.Join(texts, "\n\n"), nil
}

// golden is a section that was made: the place of it in the file, and its text.
type golden struct {
	place      int
	name, text string
}

// checkGoldens holds the sections that were made for a question against what is made
// of it now, and returns the latter.
func checkGoldens(t *testing.T, s step, plans []*plan.Plan) []golden {
	t.Helper()
	var now []golden
	for _, was := range s.goldens {
		text, err := made[was.name](plans)
		if err != nil {
			t.Fatal(err)
		}
		if text != was.text && !*Update {
			t.Errorf("%s\nthe %s is\n%s\nand was (-update writes it anew)\n%s", shownStep(s), was.name, text, was.text)
		}
		now = append(now, golden{was.place, was.name, text})
	}
	return now
}

// casesFolder is where the cases lie, seen from the folder of an engine, in which its
// tests run.
const casesFolder = "../../enginetest/testdata/cases"

// rewrite puts what is made now into the file of a case.
func (c *corpusCase) rewrite(t *testing.T, now []golden) {
	t.Helper()
	file := filepath.Join(casesFolder, c.name+".txtar")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := rewritten(b, now)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// rewritten is the text of a case with other sections that were made. It touches no
// others.
func rewritten(text []byte, now []golden) ([]byte, error) {
	archive := txtar.Parse(text)
	for _, g := range now {
		if g.place >= len(archive.Files) || archive.Files[g.place].Name != g.name || made[g.name] == nil {
			return nil, fmt.Errorf("section %d is not %q; the file changed since the tests were built", g.place, g.name)
		}
		archive.Files[g.place].Data = []byte(g.text + "\n")
	}
	return txtar.Format(archive), nil
}

// recording is an engine that keeps the plans that are run.
type recording struct {
	*wrapped
	plans []*plan.Plan
}

func recorded(open Open) Open {
	return func(t testing.TB) engine.Engine {
		r := &recording{}
		r.wrapped = &wrapped{open(t), func(v engine.View) engine.View { return steadily(v, &recordingView{v, r}) }}
		return r
	}
}

// recordingOf is the engine of a store that keeps its plans; nil for the oracle.
func recordingOf(on subject) *recording {
	s, ok := on.(*store)
	if !ok {
		return nil
	}
	r, _ := s.engine.(*recording)
	return r
}

// forget drops the plans so far.
func (r *recording) forget() {
	if r != nil {
		r.plans = nil
	}
}

type recordingView struct {
	engine.View
	by *recording
}

// Run keeps the plan and runs it.
func (v *recordingView) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	if len(p.Roots) > 0 {
		v.by.plans = append(v.by.plans, p)
	}
	return v.View.Run(ctx, p)
}
