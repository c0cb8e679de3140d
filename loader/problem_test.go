package loader_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

func TestProblem(t *testing.T) {
	for _, c := range []struct {
		problem loader.Problem
		want    string
	}{
		{loader.Problem{File: "a.yaml", Line: 3, Message: "is wrong", Hint: "right is this"}, "a.yaml:3: is wrong; right is this"},
		{loader.Problem{File: "a.yaml", Message: "is wrong"}, "a.yaml: is wrong"},
		{loader.Problem{File: "\x1b[2J\n.yaml", Line: 1, Message: `has "quotes"`, Hint: "München"}, `\x1b[2J\n.yaml:1: has "quotes"; München`},
		{loader.Problem{File: "latin1-\xfc.md", Message: "cannot be read"}, `latin1-\xfc.md: cannot be read`},
	} {
		if got := c.problem.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestProblemsAreSorted(t *testing.T) {
	p := loader.Problems{{File: "b", Line: 1}, {File: "a", Line: 10}, {File: "a", Line: 9, Message: "y"}, {File: "a", Line: 9, Message: "x"}}
	p.Sort()
	if got, want := p.Error(), "a:9: x\na:9: y\na:10: \nb:1: "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestResult(t *testing.T) {
	if err := (&loader.Result{}).Err(); err != nil {
		t.Errorf("a result without problems is the error %v", err)
	}
	ids := loader.Spoken(&record.Changeset{Say: []record.Statement{{ID: record.ID{Type: "Topic", Key: "a"}}}})
	if len(ids) != 1 || ids[0].String() != "Topic:a" {
		t.Errorf("it speaks of %v", ids)
	}
}
