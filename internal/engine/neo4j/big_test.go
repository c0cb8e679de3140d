package neo4j_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/record"
)

// big is a changeset of 46,060 records and some 147,000 links.
func big() []record.Statement { return some(10_000) }

// some is a map of the same proportions with a number of practices.
func some(practices int) []record.Statement {
	rng := rand.New(rand.NewPCG(1, 2))
	var out []record.Statement
	add := func(name string, f fields, l links) {
		out = append(out, says("big", name, "clear", f, l))
	}
	pick := func(typ string, n int) record.ID { return id(fmt.Sprintf("%s:%s-%d", typ, "k", rng.IntN(n))) }
	layers, persons, topics := 60, practices*3/10, practices*128/100
	for i := range layers {
		add(fmt.Sprintf("Layer:k-%d", i), fields{"name": fmt.Sprint("Layer ", i), "ordinal": int64(i)}, nil)
	}
	for i := range 200 {
		typ, by := "Solution", "SELF"
		if i >= 100 {
			typ, by = "Provider", "PROVIDER"
		}
		add(fmt.Sprintf("%s:k-%d", typ, i%100), fields{"name": fmt.Sprint(typ, " ", i), "operatedBy": by}, nil)
	}
	for i := range persons {
		add(fmt.Sprintf("Person:k-%d", i), fields{"name": fmt.Sprint("Person ", i), "handle": fmt.Sprint("p", i)}, nil)
	}
	for i := range practices {
		add(fmt.Sprintf("Practice:k-%d", i), fields{
			"title": fmt.Sprint("How to do ", i), "summary": "A summary of a practice that is about one line long, as summaries are.",
			"actor": "OPERATOR", "status": "WANTED", "votes": int64(rng.IntN(100)),
		}, links{"layers": {pick("Layer", layers)}})
	}
	for i := range topics {
		l := links{
			"layers": {id(fmt.Sprintf("Layer:k-%d", i%30)), id(fmt.Sprintf("Layer:k-%d", 30+i%29))}, "raisedBy": {pick("Person", persons)},
			"practices": {id(fmt.Sprintf("Practice:k-%d", i%(practices/2))), id(fmt.Sprintf("Practice:k-%d", practices/2+i%(practices/2)))},
		}
		if i > 100 {
			l["parent"] = ids(fmt.Sprintf("Topic:k-%d", rng.IntN(100)))
		}
		add(fmt.Sprintf("Topic:k-%d", i), fields{
			"title": fmt.Sprint("Topic number ", i), "votes": int64(rng.IntN(1000)), "summary": "What the topic is about, in one line of ordinary length.",
			"sources": []any{record.Object{"https://example.org", "file.md", int64(i), nil, "MINUTES"}},
		}, l)
	}
	for i := range 2 * practices {
		l := links{"practice": {pick("Practice", practices)}, "from": {pick("Provider", 100)}, "to": {pick("Provider", 100)}}
		add(fmt.Sprintf("PortabilityNote:k-%d", i), fields{"verdict": "UNCHANGED", "basis": "CITED"}, l)
	}
	return out
}

// TestLargeChangeset writes one that takes more than one transaction, and of which
// something has to be read back.
func TestLargeChangeset(t *testing.T) {
	w := newWorld(t)
	w.Engine.(*neo4j.Engine).Limit(4000, 9000)
	statements := some(1000)
	links := 0
	for _, s := range statements {
		for _, l := range s.Links {
			links += len(l)
		}
	}
	out := w.say(statements...)
	if out.Created != len(statements) || out.Links != links || out.Revision != 2 {
		t.Errorf("%+v of %d records and %d links", out, len(statements), links)
	}
	if again := w.say(statements...); again.Revision != 2 || again.Created+again.Changed+again.Links > 0 {
		t.Errorf("said again: %+v", again)
	}
	count := w.all("PortabilityNote")
	count.Count, count.Rows = true, false
	if got := w.run("clear", nil, count)[0].Total; got != 2000 {
		t.Errorf("%d of 2000 notes", got)
	}
	if out := w.apply(record.Changeset{Replace: []string{"big"}}); out.Removed != len(statements) || out.Links != links {
		t.Errorf("retired: %+v of %d records and %d links", out, len(statements), links)
	}
	if got := w.values("Topic", "key") + w.values("Practice", "key"); got != "" {
		t.Errorf("left: %s", got)
	}
}
