package embedded_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// small is a map in which every record has its letter.
func small(t *testing.T) *world {
	w := inMemory(t)
	amber := access.NewClass(access.Atom{Level: "amber"})
	ops := access.NewClass(access.Atom{Level: "green", Audience: []string{"ops", "sec"}})
	embargo := access.NewClass(access.Atom{Level: "red", Conditions: []access.Condition{{Reason: "later", Until: at(60), Then: "clear"}}})
	w.say(
		says("Layer:l", fields{"ordinal": int64(1)}, nil), classed(says("Layer:m", fields{"ordinal": int64(2)}, nil), amber),
		says("Topic:a", fields{"title": "Alpha", "votes": int64(3), "sources": []any{record.Object{"u1", "p", int64(7), nil, "ISSUE"}, record.Object{"u2", nil, nil, nil, "CODE"}}}, links{"layers": ids("Layer:l", "Layer:m")}),
		says("Topic:b", fields{"title": "STRAßE", "votes": int64(5), "scopeTag": "x"}, links{"layers": ids("Layer:m"), "parent": ids("Topic:a")}),
		classed(says("Topic:c", fields{"title": "gamma"}, links{"layers": ids("Layer:l")}), ops),
		classed(says("Topic:d", fields{"title": "delta"}, links{"parent": ids("Topic:a")}), embargo),
		says("Solution:s", fields{"name": "S", "openSource": true, "aliases": []any{"ess", "S2"}}, nil), says("Provider:p", fields{"name": "P"}, links{"runs": ids("Solution:s")}),
		says("Practice:r", nil, nil),
		says("PortabilityNote:n", fields{"effortDays": record.Object{int64(1), int64(4)}}, links{"practice": ids("Practice:r"), "from": ids("Provider:p"), "to": ids("Solution:s")}),
	)
	// A link of its own class: only amber viewers learn that b is about l.
	secret := classed(record.Statement{Source: "other", ID: id("Topic:b"), Links: links{"layers": ids("Layer:l")}}, amber)
	w.say(secret)
	return w
}

func TestGuard(t *testing.T) {
	w := small(t)
	for _, c := range []struct {
		name   string
		viewer access.Viewer
		want   string
	}{
		{"public", access.Viewer{}, "(a 1 [(l [(a)])])(b 0 [])/2"},
		{"green without a group", access.Viewer{Clearance: "green"}, "(a 1 [(l [(a)])])(b 0 [])/2"},
		{"green of the group", access.Viewer{Clearance: "green", Groups: []string{"sec"}}, "(a 1 [(l [(a)(c)])])(b 0 [])(c 1 [(l [(a)(c)])])/3"},
		{"amber", access.Viewer{Clearance: "amber"}, "(a 2 [(l [(a)(b)])(m [(a)(b)])])(b 2 [(l [(a)(b)])(m [(a)(b)])])/2"},
		{"unknown clearance", access.Viewer{Clearance: "cosmic"}, "(a 1 [(l [(a)])])(b 0 [])/2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := w.ask(c.viewer)
			layers := a.along("Topic", "layers", "key")
			layers.Columns = append(layers.Columns, w.column(a.along("Layer", "topics", "key")))
			r := a.list("Topic", "key")
			r.Count = true
			r.Columns = append(r.Columns, plan.Column{LinkCount: w.catalog.Type("Topic").Link("layers")}, w.column(layers))
			w.want(a, r, c.want)
		})
	}
}

func TestWhatIsReadOffTheClass(t *testing.T) {
	w := small(t)
	level := func(a *asking) *plan.Read {
		return &plan.Read{From: plan.FromLevel{Type: w.catalog.Type("ConfidentialityLevel")}, Guard: a.Guard, Rows: true,
			Page: plan.Page{Limit: plan.NoParam}, Columns: a.columns("ConfidentialityLevel", "key")}
	}
	read := func(a *asking) *plan.Read {
		r := a.byIDs("Topic", ids("Topic:a", "Topic:c", "Topic:d"), "key", "audience", "confidentialityConditions")
		r.Columns = append(r.Columns, w.column(level(a)))
		return r
	}
	a := w.ask(owner)
	w.want(a, read(a), "(a [] [] [(clear)])(c [ops sec] [] [(green)])(d [] [[later 2026-01-01T01:00:00Z clear]] [(red)])")
	a = w.ask(access.Viewer{})
	w.want(a, read(a), "(a [] [] [(clear)])")
	a = w.ask(access.Viewer{})
	a.Guard.Now = at(60)
	w.want(a, read(a), "(a [] [] [(clear)])(d [] [] [(clear)])")
	// A level that is hidden itself is none.
	w.say(classed(says("ConfidentialityLevel:green", fields{"rank": int64(1)}, nil), access.NewClass(access.Atom{Level: "red"})))
	a = w.ask(access.Viewer{Clearance: "green", Groups: []string{"ops"}})
	w.want(a, read(a), "(a [] [] [(clear)])(c [ops sec] [] [])")
}

func TestFromIDs(t *testing.T) {
	w := small(t)
	a := w.ask(access.Viewer{})
	asked := ids("Topic:b", "Topic:none", "Topic:a", "Topic:c", "Layer:l", "Topic:b")
	w.want(a, a.byIDs("Topic", asked, "key"), "(b)(a)(b)")
	a = w.ask(access.Viewer{})
	r := a.byIDs("Topic", asked, "key")
	r.Where, r.Count = a.eq("Topic", "scopeTag", "x"), true
	w.want(a, r, "(b)(b)/2")
	a = w.ask(access.Viewer{})
	r = a.byIDs("Topic", asked, "key")
	r.Page.Limit, r.Page.FromEnd = a.param(int64(2)), true
	w.want(a, r, "(a)(b)+")
	a = w.ask(access.Viewer{})
	r = a.byIDs("Topic", asked, "key")
	r.Order = a.list("Topic").Order
	w.want(a, r, "(a)(b)(b)")
	a = w.ask(access.Viewer{})
	w.want(a, a.byIDs("Platform", []record.ID{id("Solution:p"), id("Provider:p"), id("Solution:s")}, "name"), "(P)(S)")
}

func TestInterfaces(t *testing.T) {
	w := small(t)
	w.say(says("Provider:q", nil, nil), says("Solution:a", nil, nil))
	a := w.ask(owner)
	provider := w.catalog.Type("Provider")
	r := a.list("Platform", "id")
	r.Count = true
	r.Columns = append(r.Columns,
		plan.Column{On: []*schemaType{w.catalog.Type("Solution")}, Field: w.catalog.Type("Solution").Field("openSource")},
		plan.Column{On: []*schemaType{provider}, Read: a.along("Provider", "runs", "key")},
		plan.Column{LinkCount: w.catalog.Type("Platform").Link("notesTo")},
		w.column(a.along("Platform", "notesFrom", "key")))
	w.want(a, r, "(Solution:a false <nil> 0 [])(Provider:p <nil> [(s)] 0 [(n)])(Provider:q <nil> [] 0 [])(Solution:s true <nil> 1 [])/4")

	a = w.ask(owner)
	r = a.list("Platform", "id")
	r.Order[0].Descending, r.Page.Limit = true, a.param(int64(3))
	w.want(a, r, "(Solution:s)(Provider:q)(Provider:p)+")

	a = w.ask(owner)
	r = a.list("PortabilityNote")
	r.Columns = []plan.Column{w.column(a.along("PortabilityNote", "from", "id")), w.column(a.along("PortabilityNote", "to", "id"))}
	w.want(a, r, "([(Provider:p)] [(Solution:s)])")
}

func TestOnlyTheCount(t *testing.T) {
	w := small(t)
	for name, where := range map[string]func(*asking) plan.Expr{
		"":   func(*asking) plan.Expr { return nil },
		"/2": func(a *asking) plan.Expr { return a.linked("Topic", "layers", plan.Some, nil) },
		"/1": func(a *asking) plan.Expr { return a.eq("Topic", "key", "a") },
	} {
		a := w.ask(access.Viewer{Clearance: "amber"})
		r := a.list("Topic")
		r.Rows, r.Count, r.Order, r.Where = false, true, nil, where(a)
		if name == "" {
			name = "/2"
		}
		w.want(a, r, name)
	}
}

func TestAViewStaysAsItIs(t *testing.T) {
	w := small(t)
	v, err := w.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	a := w.ask(owner)
	a.Roots = []*plan.Read{a.list("Topic", "title")}
	before, err := v.Run(context.Background(), a.Plan)
	if err != nil {
		t.Fatal(err)
	}
	w.say(says("Topic:a", fields{"title": "other"}, nil), says("Topic:z", nil, nil))
	w.retire("s", "Topic:b")
	after, err := v.Run(context.Background(), a.Plan)
	if err != nil || text(after.Sets[0]) != text(before.Sets[0]) {
		t.Errorf("it was %s and is %s, %v", text(before.Sets[0]), text(after.Sets[0]), err)
	}
	if now, err := w.Read(context.Background()); err != nil || now.Revision() != v.Revision()+2 {
		t.Errorf("revision %d after %d, %v", now.Revision(), v.Revision(), err)
	}
}

func TestOurOwnMistakesAreRefused(t *testing.T) {
	w := small(t)
	v, err := w.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	a := w.ask(owner)
	unguarded := a.list("Topic")
	unguarded.Guard = &plan.Guard{Viewer: owner}
	a.Roots = []*plan.Read{unguarded}
	if _, err := v.Run(context.Background(), a.Plan); err == nil {
		t.Error("a read that is not under the plan's guard was answered")
	}
}

func TestAQuestionEndsWithItsContext(t *testing.T) {
	w := inMemory(t)
	all := []record.Statement{says("Layer:l", nil, nil)}
	for i := range 1500 {
		all = append(all, says(key("Topic", i).String(), nil, links{"layers": ids("Layer:l")}))
	}
	w.say(all...)
	v, err := w.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	a := w.ask(owner)
	every := a.linked("Topic", "layers", plan.All, a.linked("Layer", "topics", plan.All, plan.Not{Expr: a.eq("Topic", "title", "none")}))
	r := a.list("Topic", "key")
	r.Where = every
	a.Roots = []*plan.Read{r}
	for name, stop := range map[string]func() (context.Context, context.CancelFunc){
		"deadline": func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(context.Background(), time.Millisecond)
		},
		"cancelled": func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			return ctx, cancel
		},
	} {
		ctx, cancel := stop()
		started := time.Now()
		_, err := v.Run(ctx, a.Plan)
		if fault.CodeOf(err) != fault.Timeout || !errors.Is(err, ctx.Err()) {
			t.Errorf("%s: error %v", name, err)
		}
		if took := time.Since(started); took > 500*time.Millisecond {
			t.Errorf("%s: it took %v to end", name, took)
		}
		cancel()
	}
}
