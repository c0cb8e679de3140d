package enginetest

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
)

// Promise is the least that a run asks; a run that asks less fails.
type Promise struct {
	// Cases are answers held to another's.
	Cases int
	// Shares are answers about a map held to those about a viewer's share of it.
	Shares int
	// Reads are root reads of the engine, Shapes how many different ones: what an
	// engine that plans pays for.
	Reads, Shapes int
	// Graphs are different states of maps.
	Graphs int
}

// tally counts what was really asked, and what was really told.
type tally struct {
	mu     sync.Mutex
	did    Promise
	shapes map[uint64]bool
	roots  map[string]*telling
	// skipped: there is no engine here, as the line of the skipped test says.
	skipped bool
}

// telling is how often a field of Query was asked, and how often the answer was
// more than null, an empty list or UNKNOWN.
type telling struct{ asked, told int }

func newTally() *tally { return &tally{shapes: map[uint64]bool{}, roots: map[string]*telling{}} }

// close prints the tally in one line and holds it to what was promised.
func (c *tally) close(t testing.TB, promised Promise) {
	t.Helper()
	if c.skipped {
		return
	}
	c.did.Shapes = len(c.shapes)
	var roots []string
	for _, name := range slices.Sorted(maps.Keys(c.roots)) {
		roots = append(roots, fmt.Sprintf("%s %d of %d", name, c.roots[name].told, c.roots[name].asked))
	}
	t.Logf("asked: %d cases, %d about shares, %d reads of %d shapes, %d graphs; told something: %s",
		c.did.Cases, c.did.Shares, c.did.Reads, c.did.Shapes, c.did.Graphs, strings.Join(roots, ", "))
	for _, n := range []struct {
		what      string
		did, want int
	}{
		{"cases", c.did.Cases, promised.Cases}, {"cases about shares", c.did.Shares, promised.Shares},
		{"reads", c.did.Reads, promised.Reads}, {"shapes", c.did.Shapes, promised.Shapes}, {"graphs", c.did.Graphs, promised.Graphs},
	} {
		if n.did < n.want && !t.Failed() {
			t.Errorf("%d %s ran, and %d are promised", n.did, n.what, n.want)
		}
	}
	for name, r := range c.roots {
		if r.asked >= enough && r.told*5 < r.asked {
			t.Errorf("%s was asked %d times and told something %d times: the maps have too little for it", name, r.asked, r.told)
		}
	}
}

// enough questions to say something of the share that tells something.
const enough = 100

// heard counts an answer.
func (c *tally) heard(op *operation, answer string) {
	var response struct{ Data map[string]any }
	if json.Unmarshal([]byte(answer), &response) != nil {
		return
	}
	for _, p := range op.pieces {
		name := "a list"
		if slices.Contains([]string{"node", "nodes"}, p.name) || len(p.args) > 0 && p.args[0].name == "key" {
			name = "by id or key"
		}
		if slices.Contains(questionNames(), p.name) {
			name = p.name
		}
		if c.roots[name] == nil {
			c.roots[name] = &telling{}
		}
		c.roots[name].asked++
		c.roots[name].told += truth(tells(response.Data[p.alias]))
	}
}

// questionNames are the fields of Query that are not the model's own.
var questionNames = sync.OnceValue(func() []string {
	c, err := loadOnce()
	if err != nil {
		return nil
	}
	v := inventor{oracle: newOracle(c)}
	var out []string
	for _, f := range v.extraRoots() {
		out = append(out, f.Name)
	}
	return out
})

// tells reports whether there is something in an answer.
func tells(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case []any:
		return slices.ContainsFunc(v, tells)
	case map[string]any:
		for _, member := range v {
			if member == "UNKNOWN" {
				return false
			}
		}
		for _, member := range v {
			if tells(member) {
				return true
			}
		}
		return false
	case string:
		return v != "" && v != "UNKNOWN"
	case float64:
		return v != 0
	default:
		return false
	}
}

// counted is an engine whose reads are counted by their shape.
func (c *tally) counted(open Open) Open {
	return func(t testing.TB) engine.Engine {
		return &wrapped{open(t), func(v engine.View) engine.View { return steadily(v, &countedView{v, c}) }}
	}
}

type countedView struct {
	engine.View
	tally *tally
}

var shapeSeed = maphash.MakeSeed()

func (v *countedView) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	v.tally.mu.Lock()
	for _, r := range p.Roots {
		v.tally.did.Reads++
		v.tally.shapes[maphash.String(shapeSeed, shapeOf(r))] = true
	}
	v.tally.mu.Unlock()
	return v.View.Run(ctx, p)
}

// shapeOf is a root read without the numbers of its params, which depend on what
// stands before it.
func shapeOf(r *plan.Read) string {
	text := plan.Format(&plan.Plan{Roots: []*plan.Read{r}})
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return -1
		}
		return c
	}, text)
}
