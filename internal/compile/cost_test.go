package compile_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// cost of an operation; high is true where the limit is out of the way.
func cost(t testing.TB, text, variables string, high bool) (compile.Cost, *gqlerror.Error) {
	t.Helper()
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := compile.Parse(catalog, text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	r := compile.Request{Catalog: catalog, Document: doc, Operation: doc.Operations[0], Now: time.Unix(0, 0).UTC()}
	if high {
		r.Limits = compile.Limits{Cost: math.MaxInt, Fields: math.MaxInt}
	}
	if variables != "" {
		dec := json.NewDecoder(strings.NewReader(variables))
		dec.UseNumber()
		if err := dec.Decode(&r.Variables); err != nil {
			t.Fatal(err)
		}
	}
	op, failed := compile.Compile(r)
	if failed != nil {
		return compile.Cost{}, failed
	}
	return op.Cost, nil
}

// TestCostByHand works sums out on paper: a root is 1+20+2, planning one read 240,
// two 560; a list 1, a row 1 and each of its values 1; a link 1+2 for each row; a member of an input 5, a value in it 1.
func TestCostByHand(t *testing.T) {
	for _, c := range []struct {
		text, variables string
		want            int
	}{
		{"{ topics(first: 10) { totalCount } }", "", 23 + 1 + 240},
		{"{ topics(first: 10) { nodes { title } } }", "", 24 + 10*(1+1) + 240},
		{"{ topics { nodes { title } } }", "", 24 + 20*(1+1) + 240},
		{"query ($n: Int) { topics(last: $n) { nodes { title } } }", `{"n": 7}`, 24 + 7*(1+1) + 240},
		{"query ($n: Int = 7) { topics(last: $n) { nodes { title } } }", "", 24 + 7*(1+1) + 240},
		{"{ topics(first: 10) { edges { cursor node { title } } } }", "", 24 + 10*(1+1+1+1) + 240},
		{"{ topics(first: 10) { nodes { ...f } } } fragment f on Topic { title votes }", "", 24 + 10*(1+2) + 240},
		{"{ topics(first: 10) { ...f } } fragment f on TopicConnection { nodes { title } totalCount }", "", 24 + 10*(1+1) + 1 + 240},
		{"{ topics(first: 10) { nodes { title @skip(if: true) votes } } }", "", 24 + 10*(1+1) + 240},
		{"query ($on: Boolean!) { topics(first: 10) { nodes { title @include(if: $on) votes } } }", `{"on": false}`, 24 + 10*(1+1) + 240},
		{"{ topics(first: 10) { nodes { parent { title } } } }", "", 24 + 10*(1+3+1) + 560},
		{"{ topics(first: 10) { nodes { layers(first: 2) { nodes { name } } } } }", "", 24 + 10*(1+3+1+2*(1+1)) + 560},
		{"{ topics(first: 1, where: {title: {eq: \"x\"}, votes: {in: [1, 2]}}) { totalCount } }", "", 23 + 4*5 + 3 + 1 + 240},
		{"query ($w: TopicWhere) { topics(first: 1, where: $w) { totalCount } }", `{"w": {"title": {"eq": "x"}, "votes": {"in": [1, 2]}}}`, 23 + 4*5 + 3 + 1 + 240},
		{"{ topics(first: 1, where: {layers: {some: {key: {eq: \"x\"}}}}) { totalCount } }", "", 23 + 4*5 + 1 + 1 + 560},
		{"{ topics(first: 1) { groups(by: [KIND], first: 7) { count } } }", "", 23 + 1 + 500 + 2 + 1 + 7*(1+1) + 560},
		{"{ topic(key: \"x\") { title } }", "", 23 + 1 + 1 + 240},
		{"{ nodes(ids: [\"a\", \"b\"]) { key } }", "", 23 + 2 + 2*(1+1) + 240},
		{"{ topics(first: 10) { facets { status { value count } layers(first: 3) { node { name } } } } }", "", 23 + 1 + (1 + 500 + 2 + 20*(1+2)) + (1 + 500 + 2 + 3*(1+1+1)) + 200*3 + 40*9},
		{"{ topics(first: 10) { groups(by: [STATUS], first: 5) { count } aggregate { votes { sum } } } }", "", 23 + (1 + 1 + 500 + 2 + 5*(1+1)) + (1 + 500 + 2 + 1 + 1) + 200*3 + 40*9},
		{"{ portability(practice: \"p\", from: \"a\", to: \"b\") { verdict } }", "", 1 + 5000 + 3 + 1},
	} {
		got, failed := cost(t, c.text, c.variables, true)
		if failed != nil || got.Used != c.want {
			t.Errorf("%s %s\ncosts %d, %d by hand (%v)", c.text, c.variables, got.Used, c.want, failed)
		}
	}
}

// doubling is a document of n fragments, each of which spreads the one before
// twice.
func doubling(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{ topic(key: \"x\") { ...f%d } } fragment f0 on Topic { key } ", n-1)
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "fragment f%d on Topic { a: parent { ...f%d } b: parent { ...f%d } } ", i, i-1, i-1)
	}
	return b.String()
}

// TestCostStaysAtTheLargest measures what no machine could spread.
func TestCostStaysAtTheLargest(t *testing.T) {
	for _, text := range []string{doubling(60), "{ " + strings.Repeat("layers(first: 100) { nodes { topics(first: 100) { nodes { ", 20) + "key" + strings.Repeat("} } } }", 20) + " }"} {
		_, failed := cost(t, text, "", false)
		if failed == nil || failed.Extensions["code"] != "LIMIT_EXCEEDED" || len(failed.Path) == 0 {
			t.Errorf("%v", failed)
		}
	}
}

// TestCostIsTheSameForEveryone: a bound that knew the viewer would tell what is
// hidden.
func TestCostIsTheSameForEveryone(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := compile.Parse(catalog, "{ topics { nodes { practices { nodes { title confidentiality { key } } } } } viewer { clearance } }")
	if err != nil {
		t.Fatal(err)
	}
	costs := map[compile.Cost]bool{}
	for _, v := range []access.Viewer{{}, {Clearance: "red", Groups: []string{"csirt"}}, {AllSeeing: true}} {
		op, failed := compile.Compile(compile.Request{Catalog: catalog, Document: doc, Operation: doc.Operations[0], Viewer: v, Now: time.Now()})
		if failed != nil {
			t.Fatal(failed)
		}
		costs[op.Cost] = true
	}
	if len(costs) != 1 {
		t.Errorf("%v", costs)
	}
}

// TestCheaperFormsAreWithinTheLimit takes the server at its word.
func TestCheaperFormsAreWithinTheLimit(t *testing.T) {
	_, failed := cost(t, "{ layers(first: 100) { nodes { topics(first: 100) { nodes { practices(first: 100) { nodes { title } } } } } } }", "", false)
	if failed == nil || !strings.Contains(failed.Message, "first: 5 on layers.nodes.topics.nodes.practices would make it ") {
		t.Fatalf("%v", failed)
	}
	got, failed := cost(t, "{ layers(first: 100) { nodes { topics(first: 100) { nodes { practices(first: 5) { nodes { title } } } } } } }", "", false)
	if failed != nil {
		t.Fatal(failed)
	}
	if got.Used > got.Max {
		t.Errorf("%+v", got)
	}
	var named int
	if _, err := fmt.Sscanf(failedMessageTail(t), "%d", &named); err != nil || named != got.Used {
		t.Errorf("the message says %d, it is %d (%v)", named, got.Used, err)
	}
}

func failedMessageTail(t *testing.T) string {
	t.Helper()
	_, failed := cost(t, "{ layers(first: 100) { nodes { topics(first: 100) { nodes { practices(first: 100) { nodes { title } } } } } } }", "", false)
	return failed.Message[strings.LastIndex(failed.Message, " ")+1:]
}

// BenchmarkCost shows that the work grows with the document and not with what it
// stands for: the time of n fragments over that of n/2 is about 2.
func BenchmarkCost(b *testing.B) {
	catalog, err := schema.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{16, 32, 64} {
		doc, err := compile.Parse(catalog, doubling(n))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := compile.Request{Catalog: catalog, Document: doc, Operation: doc.Operations[0], Now: time.Now()}
			for b.Loop() {
				if _, failed := compile.Compile(r); failed == nil {
					b.Fatal("it is within the limit")
				}
			}
		})
	}
}
