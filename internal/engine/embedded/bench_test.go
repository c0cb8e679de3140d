package embedded_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/search"
)

// The data set of design.md section 2, by and large: 46,060 nodes, 132,000 links.
const (
	benchLayers    = 5
	benchPersons   = 5000
	benchSolutions = 55
	benchPractices = 10000
	benchTopics    = 21000
	benchNotes     = 10000
)

func key(kind string, i int) record.ID {
	return record.ID{Type: kind, Key: fmt.Sprintf("%c%06d", kind[0]|32, i)}
}

// community says a community of so many times the data set.
func community(times int) []record.Statement {
	out := ladder()
	add := func(id record.ID, f fields, l links) { out = append(out, says(id.String(), f, l)) }
	some := func(kind string, of, n, seed int) []record.ID {
		var all []record.ID
		for i := range n {
			all = append(all, key(kind, (seed*7919+i*104729)%of))
		}
		return all
	}
	persons, practices, topics, notes := benchPersons*times, benchPractices*times, benchTopics*times, benchNotes*times
	for i := range benchLayers {
		add(key("Layer", i), fields{"name": fmt.Sprint("layer ", i), "ordinal": int64(i)}, nil)
	}
	for i := range benchSolutions {
		add(key("Solution", i), fields{"name": fmt.Sprint("solution ", i)}, nil)
	}
	for i := range persons {
		add(key("Person", i), fields{"handle": fmt.Sprint("h", i), "name": fmt.Sprint("Person ", i)}, nil)
	}
	for i := range practices {
		add(key("Practice", i), fields{"title": fmt.Sprint("Practice number ", i), "summary": "How to do it without anybody noticing.", "votes": int64(i % 97)},
			links{"layers": some("Layer", benchLayers, 1, i), "dependsOn": some("Practice", practices, 2, i)})
	}
	for i := range topics {
		add(key("Topic", i), fields{"title": fmt.Sprint("Topic number ", i), "summary": "What to say about it, and what not.", "votes": int64(i % 89)},
			links{"layers": some("Layer", benchLayers, 1, i), "practices": some("Practice", practices, 1, i), "raisedBy": some("Person", persons, 1, i)})
	}
	for i := range notes {
		from := i % benchSolutions
		add(key("PortabilityNote", i), fields{"verdict": "ADAPT", "reasons": []any{record.Object{"WORKFLOW", "another tool", "ADAPT"}}},
			links{"practice": some("Practice", practices, 1, i), "from": {key("Solution", from)}, "to": {key("Solution", (from+1+i/benchSolutions)%benchSolutions)}})
	}
	return out
}

// shapes are the four reads of design.md section 2.
func shapes(a *asking) map[string]*plan.Read {
	limit := func(r *plan.Read, n int64) *plan.Read {
		r.Page.Limit = a.param(n)
		return r
	}
	column := func(r *plan.Read, nested ...*plan.Read) *plan.Read {
		for _, n := range nested {
			r.Columns = append(r.Columns, plan.Column{Read: n})
		}
		return r
	}
	ofTopic := func() []*plan.Read {
		return []*plan.Read{limit(a.along("Topic", "layers", "id", "name"), 20), a.along("Topic", "raisedBy", "id", "name")}
	}
	b := limit(a.list("PortabilityNote", "id", "verdict"), 50)
	b.Where = plan.And{Exprs: []plan.Expr{
		a.linked("PortabilityNote", "from", plan.Some, a.eq("Platform", "key", key("Solution", 3).Key)),
		a.linked("PortabilityNote", "to", plan.Some, a.eq("Platform", "key", key("Solution", 4).Key)),
	}}
	deepest := limit(a.along("Practice", "portabilityNotes", "id", "verdict", "reasons", "basis"), 20)
	third := column(limit(a.along("Practice", "requiredFor", "id", "title", "summary", "votes"), 10), deepest, limit(a.along("Practice", "layers", "id", "name"), 5))
	second := column(limit(a.along("Topic", "practices", "id", "title", "summary", "votes"), 10), third)
	c := column(limit(a.list("Topic", "id", "title", "summary", "votes", "status"), 10), second,
		limit(a.along("Topic", "layers", "id", "name"), 5), a.along("Topic", "raisedBy", "id", "name"))
	byVotes := limit(a.list("Topic", "id", "title", "votes"), 20)
	byVotes.Order = append([]plan.Term{{Field: a.catalog.Type("Topic").Field("votes"), Descending: true}}, byVotes.Order...)
	title := limit(a.list("Topic", "id", "title"), 20)
	title.Count, title.Where = true, plan.Compare{Field: a.catalog.Type("Topic").Field("title"), Op: plan.Contains, Fold: true, Param: a.param("number 77")}
	return map[string]*plan.Read{
		"A":        column(limit(a.list("Topic", "id", "title", "votes"), 50), ofTopic()...),
		"B":        column(b, column(a.along("PortabilityNote", "practice", "id", "title"), limit(a.along("Practice", "layers", "id", "name"), 5))),
		"C":        c,
		"D":        column(a.byIDs("Topic", []record.ID{key("Topic", 777)}, "id", "title", "votes"), ofTopic()...),
		"by votes": byVotes,
		"contains": title,
		"divided":  divided(a),
	}
}

// searches are texts that find a few, many, and with beginnings of words; and a
// pasted line.
var searches = map[string]string{
	"few":       "layer ",
	"beginning": "topic numb",
	"all":       "number without anybody ",
	"line":      "2026-11-24T03:12:55Z node-03 kernel[123]: ERROR number 777 failed without anybody noticing, request 3f2c1d7e-aaaa-bbbb",
}

// BenchmarkSearch is shape F over topics and practices: the first 20 and how many.
func BenchmarkSearch(b *testing.B) {
	w := openAt(b, "")
	w.say(community(1)...)
	for _, name := range []string{"few", "beginning", "all", "line"} {
		query, err := search.Parse(searches[name])
		if err != nil {
			b.Fatal(err)
		}
		a := w.ask(access.Viewer{Clearance: "clear"})
		match := plan.Match{Query: a.param(query)}
		key := a.catalog.Searched.Field("key")
		a.Roots = []*plan.Read{{
			From: plan.FromSearched{Type: a.catalog.Searched, Names: plan.NoParam}, Guard: a.Guard, Where: match, Rows: true, Count: true,
			Order: []plan.Term{{Score: &match, Descending: true}, {Type: true}, {Field: key}}, Page: plan.Page{Limit: a.param(int64(20))},
			Columns: []plan.Column{{Score: &match}, {Field: key}},
		}}
		view, err := w.Read(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			total := 0
			for b.Loop() {
				answer, err := view.Run(context.Background(), a.Plan)
				if err != nil {
					b.Fatal(err)
				}
				total = answer.Sets[0].Total
			}
			b.ReportMetric(float64(total), "found")
		})
	}
}

func BenchmarkRead(b *testing.B) {
	w := openAt(b, "")
	w.say(community(1)...)
	for _, viewer := range []access.Viewer{{Clearance: "clear"}} {
		for _, name := range []string{"A", "B", "C", "D", "by votes", "contains", "divided"} {
			a := w.ask(viewer)
			a.Roots = []*plan.Read{shapes(a)[name]}
			view, err := w.Read(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := view.Run(context.Background(), a.Plan); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkLoad applies the whole data set as one changeset.
func BenchmarkLoad(b *testing.B) {
	all := community(1)
	for b.Loop() {
		w := openAt(b, b.TempDir()+"/map.db")
		w.say(all...)
	}
	b.ReportMetric(float64(len(all)), "nodes")
}

// BenchmarkReload applies it again, unchanged.
func BenchmarkReload(b *testing.B) {
	all := community(1)
	w := openAt(b, b.TempDir()+"/map.db")
	w.say(all...)
	for b.Loop() {
		w.do(record.Changeset{Say: all, Replace: []string{"s"}})
	}
}

// BenchmarkOpen reads the data set from its file.
func BenchmarkOpen(b *testing.B) {
	w := openAt(b, b.TempDir()+"/map.db")
	w.say(community(1)...)
	for b.Loop() {
		w.reopen()
	}
}

// edited is a statement as a person's edit.
func edited(s record.Statement) record.Statement {
	s.Source, s.Edit = "person:x", true
	return s
}

// BenchmarkApplyOne changes the title of one topic, its link to a layer, or the
// class of a practice and with it that of a note.
func BenchmarkApplyOne(b *testing.B) {
	w := openAt(b, b.TempDir()+"/map.db")
	w.say(community(1)...)
	change := func(b *testing.B, statement func(i int) record.Statement) {
		for i := 0; b.Loop(); i++ {
			w.say(statement(i))
		}
	}
	b.Run("title", func(b *testing.B) {
		change(b, func(i int) record.Statement {
			return edited(says("Topic:t000500", fields{"title": fmt.Sprint(i)}, nil))
		})
	})
	b.Run("link", func(b *testing.B) {
		change(b, func(i int) record.Statement {
			return edited(says("Topic:t000500", nil, links{"layers": {key("Layer", i%2)}}))
		})
	})
	b.Run("class", func(b *testing.B) {
		change(b, func(i int) record.Statement {
			return classed(says("Practice:p000003", nil, nil), level([]string{"clear", "green"}[i%2]))
		})
	})
}
