package neo4j_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/enginetest"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/search"
)

// found are the keys of the topics that a text finds.
func found(t *testing.T, e engine.Engine, text string) string {
	t.Helper()
	query, err := search.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	topic := enginetest.Catalog(t).Type("Topic")
	guard, match := &plan.Guard{Now: at(1000)}, plan.Match{Query: 0}
	p := &plan.Plan{Guard: guard, Params: []any{query}, Roots: []*plan.Read{{
		From: plan.FromType{Type: topic}, Guard: guard, Rows: true, Where: match, Page: plan.Page{Limit: plan.NoParam},
		Order: []plan.Term{{Score: &match, Descending: true}, {Field: topic.Field("key")}}, Columns: []plan.Column{{Field: topic.Field("key")}},
	}}}
	view, err := e.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	answer, err := view.Run(t.Context(), p)
	if err != nil {
		t.Fatalf("%.60q: %v", text, err)
	}
	var keys []string
	for _, row := range answer.Sets[0].Rows {
		keys = append(keys, row.Cells[0].(string))
	}
	return strings.Join(keys, " ")
}

func sayTopics(t *testing.T, e engine.Engine, id string, titles ...string) {
	t.Helper()
	c := &record.Changeset{ID: id, Actor: "t", At: at(1)}
	for i, title := range titles {
		c.Say = append(c.Say, record.Statement{Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprint("k", i)}, Fields: map[string]any{"title": title}})
	}
	if _, err := e.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
}

// TestSearch asks the full-text index with texts that are hostile or as large as
// they may be, and after every write.
func TestSearch(t *testing.T) {
	e := openNeo4j(t)
	sayTopics(t, e, "c1", "osd down", "AND OR NOT TO", "nothing")
	many := make([]string, search.MaxWords)
	for i := range many {
		many[i] = fmt.Sprintf("w%d", i)
	}
	many[70], many[71] = "osd", "down"
	for text, want := range map[string]string{
		"osd ": "k0", "osd AND down ": "k0", "osd OR x ": "", "NOT AND ": "k1", `osd") OR (nothing:"`: "", "osd\x00\\": "k0", `"osd down"~1`: "k0",
		"*:* osd ": "k0", "{* TO *} osd down ": "k0", "os* dow?": "", "/.*/ osd ": "k0", "osd^2 down ": "k0", strings.Join(many, " "): "k0",
		strings.Repeat("x", 4000): "", strings.Repeat("osd down ", 75): "k0",
	} {
		if got := found(t, e, text); got != want {
			t.Errorf("%.60q finds %q, want %q", text, got, want)
		}
	}
	for i := range 5 {
		sayTopics(t, e, fmt.Sprint("d", i), fmt.Sprint("fresh", i))
		if got := found(t, e, fmt.Sprint("fresh", i, " ")); got != "k0" {
			t.Errorf("what was just written is found as %q", got)
		}
	}
}

// TestAStoreFromBeforeSearch: records that keep no words are written anew when the
// store is opened, and an index over other labels is made anew.
func TestAStoreFromBeforeSearch(t *testing.T) {
	e := openNeo4j(t)
	sayTopics(t, e, "c1", "osd down")
	c := neo4jtest.Config(t, enginetest.Catalog(t))
	neo4jtest.Query(t, c, "DROP INDEX `opsmap search`", nil)
	neo4jtest.Query(t, c, "CREATE FULLTEXT INDEX `opsmap search` FOR (n:Topic) ON EACH [n._text1]", nil)
	neo4jtest.Query(t, c, "MATCH (n:Topic) REMOVE n._text1", nil)
	neo4jtest.Query(t, c, "MATCH (m:_Meta) SET m.schema = 2", nil)
	if got := found(t, neo4jtest.Reopen(t, c), "osd down"); got != "k0" {
		t.Errorf("it finds %q", got)
	}
	if rows := neo4jtest.Query(t, c, "MATCH (m:_Meta) RETURN m.schema", nil); rows[0][0] != int64(engine.SchemaVersion) {
		t.Errorf("the form is %v", rows[0][0])
	}
}
