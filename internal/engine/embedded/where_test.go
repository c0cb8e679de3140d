package embedded_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

type schemaType = schema.Type

// TestConditions asks the small map, as a viewer up to amber, for the topics that
// meet a condition; the platforms where the condition is on those.
func TestConditions(t *testing.T) {
	w := small(t)
	topic, platform := w.catalog.Type("Topic"), w.catalog.Type("Platform")
	compare := func(a *asking, field string, op plan.Op, v any) plan.Expr {
		return plan.Compare{Field: topic.Field(field), Op: op, Param: a.param(v)}
	}
	fold := func(a *asking, field string, op plan.Op, v any) plan.Expr {
		return plan.Compare{Field: topic.Field(field), Op: op, Fold: true, Param: a.param(v)}
	}
	count := func(a *asking, op plan.Op, n int64) plan.Expr {
		return plan.LinkCount{Link: topic.Link("layers"), Guard: a.Guard, Op: op, Param: a.param(n)}
	}
	items := func(a *asking, q plan.Quantifier, op plan.Op, v any) plan.Expr {
		return plan.Items{Field: platform.Field("aliases"), Quant: q, Tests: []plan.Test{{Op: op, Param: a.param(v)}}}
	}
	sources := func(a *asking, q plan.Quantifier, parts ...plan.Expr) plan.Expr {
		return plan.Objects{Field: topic.Field("sources"), Quant: q, Where: plan.And{Exprs: parts}}
	}
	source := func(a *asking, field string, op plan.Op, v any) plan.Expr {
		return plan.Compare{Field: w.catalog.Object("Source").Field(field), Op: op, Param: a.param(v)}
	}
	for _, c := range []struct {
		name  string
		typ   string
		where func(*asking) plan.Expr
		want  string
	}{
		{"no part", "Topic", func(a *asking) plan.Expr { return plan.And{} }, "(a)(b)"},
		{"no choice", "Topic", func(a *asking) plan.Expr { return plan.Or{} }, ""},
		{"eq", "Topic", func(a *asking) plan.Expr { return compare(a, "votes", plan.Eq, int64(5)) }, "(b)"},
		{"eq nothing", "Topic", func(a *asking) plan.Expr { return compare(a, "scopeTag", plan.Eq, nil) }, ""},
		{"in", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.In, []any{"Alpha", "STRAßE"}) }, "(a)(b)"},
		{"in many", "Topic", func(a *asking) plan.Expr {
			return compare(a, "votes", plan.In, []any{int64(1), int64(2), int64(3), int64(4), int64(6), int64(7), int64(8), int64(9), nil})
		}, "(a)"},
		{"in none", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.In, []any{}) }, ""},
		{"absent in", "Topic", func(a *asking) plan.Expr { return compare(a, "scopeTag", plan.In, []any{nil, "y"}) }, ""},
		{"lt", "Topic", func(a *asking) plan.Expr { return compare(a, "votes", plan.Lt, int64(5)) }, "(a)"},
		{"lte", "Topic", func(a *asking) plan.Expr { return compare(a, "votes", plan.Lte, int64(5)) }, "(a)(b)"},
		{"gt text", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.Gt, "Alpha") }, "(b)"},
		{"gte absent", "Topic", func(a *asking) plan.Expr { return compare(a, "scopeTag", plan.Gte, "") }, "(b)"},
		{"not lt absent", "Topic", func(a *asking) plan.Expr { return plan.Not{Expr: compare(a, "scopeTag", plan.Lt, "z")} }, "(a)"},
		{"contains", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.Contains, "ph") }, "(a)"},
		{"contains case", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.Contains, "alp") }, ""},
		{"starts", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.StartsWith, "STRA") }, "(b)"},
		{"ends", "Topic", func(a *asking) plan.Expr { return compare(a, "title", plan.EndsWith, "ha") }, "(a)"},
		{"fold eq", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.Eq, "strasse") }, "(b)"},
		{"fold in", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.In, []any{"x", "alpha"}) }, "(a)"},
		{"fold contains", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.Contains, "ass") }, "(b)"},
		{"fold contains ASCII", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.Contains, "alp") }, "(a)"},
		{"fold contains nothing", "Topic", func(a *asking) plan.Expr { return fold(a, "scopeTag", plan.Contains, "") }, "(b)"},
		{"fold starts", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.StartsWith, "al") }, "(a)"},
		{"fold ends", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.EndsWith, "pha") }, "(a)"},
		{"fold longer", "Topic", func(a *asking) plan.Expr { return fold(a, "title", plan.EndsWith, "the alpha") }, ""},
		{"exists", "Topic", func(a *asking) plan.Expr { return compare(a, "scopeTag", plan.Exists, true) }, "(b)"},
		{"exists not", "Topic", func(a *asking) plan.Expr { return compare(a, "scopeTag", plan.Exists, false) }, "(a)"},
		{"by id", "Topic", func(a *asking) plan.Expr {
			return compare(a, "id", plan.In, []any{"Topic:b", "Layer:a", "Topic:c", "b"})
		}, "(b)"},
		{"by key or more", "Topic", func(a *asking) plan.Expr {
			return plan.Or{Exprs: []plan.Expr{a.eq("Topic", "key", "b"), compare(a, "votes", plan.Eq, int64(3))}}
		}, "(a)(b)"},
		{"by keys", "Topic", func(a *asking) plan.Expr {
			return plan.Or{Exprs: []plan.Expr{a.eq("Topic", "key", "b"), a.eq("Topic", "key", "c"), a.eq("Topic", "key", "b")}}
		}, "(b)"},
		{"all linked", "Topic", func(a *asking) plan.Expr {
			return a.linked("Topic", "layers", plan.All, a.eq("Layer", "key", "l"))
		}, ""},
		{"some linked", "Topic", func(a *asking) plan.Expr {
			return a.linked("Topic", "layers", plan.Some, a.eq("Layer", "key", "l"))
		}, "(a)(b)"},
		{"single linked", "Topic", func(a *asking) plan.Expr {
			return a.linked("Topic", "layers", plan.Single, a.eq("Layer", "key", "m"))
		}, "(a)(b)"},
		{"none linked", "Topic", func(a *asking) plan.Expr { return a.linked("Topic", "parent", plan.None, nil) }, "(a)"},
		{"linked backwards", "Topic", func(a *asking) plan.Expr {
			return a.linked("Topic", "subtopics", plan.Some, a.eq("Topic", "key", "b"))
		}, "(a)"},
		{"count", "Topic", func(a *asking) plan.Expr { return count(a, plan.Gte, 2) }, "(a)(b)"},
		{"count in", "Topic", func(a *asking) plan.Expr {
			return plan.LinkCount{Link: topic.Link("subtopics"), Guard: a.Guard, Op: plan.In, Param: a.param([]any{int64(0)})}
		}, "(b)"},
		{"at level", "Topic", func(a *asking) plan.Expr {
			return plan.AtLevel{Type: w.catalog.Type("ConfidentialityLevel"), Guard: a.Guard, Where: a.eq("ConfidentialityLevel", "key", "clear")}
		}, "(a)(b)"},
		{"object", "Topic", func(a *asking) plan.Expr {
			return sources(a, plan.Some, source(a, "uri", plan.Eq, "u1"), source(a, "line", plan.Gt, int64(3)))
		}, "(a)"},
		{"not both of one object", "Topic", func(a *asking) plan.Expr {
			return sources(a, plan.Some, source(a, "uri", plan.Eq, "u2"), source(a, "line", plan.Gt, int64(3)))
		}, ""},
		{"all of none", "Topic", func(a *asking) plan.Expr {
			return sources(a, plan.All, plan.Not{Expr: source(a, "kind", plan.Eq, "ISSUE")})
		}, "(b)"},
		{"or in an object", "Topic", func(a *asking) plan.Expr {
			return sources(a, plan.All, plan.Or{Exprs: []plan.Expr{source(a, "kind", plan.Eq, "ISSUE"), source(a, "path", plan.Exists, false)}})
		}, "(a)(b)"},
		{"conditions none", "Topic", func(a *asking) plan.Expr {
			return plan.Objects{Field: topic.Field("confidentialityConditions"), Quant: plan.None, Where: plan.And{}}
		}, "(a)(b)"},
		{"audience", "Topic", func(a *asking) plan.Expr {
			return plan.Items{Field: topic.Field("audience"), Quant: plan.Some, Tests: []plan.Test{{Op: plan.Eq, Param: a.param("ops")}}}
		}, ""},
		{"items some", "Platform", func(a *asking) plan.Expr { return items(a, plan.Some, plan.StartsWith, "S") }, "(s)"},
		{"items all", "Platform", func(a *asking) plan.Expr { return items(a, plan.All, plan.StartsWith, "S") }, "(p)"},
		{"items single", "Platform", func(a *asking) plan.Expr { return items(a, plan.Single, plan.Eq, "ess") }, "(s)"},
		{"of type", "Platform", func(a *asking) plan.Expr {
			return plan.OfType{Types: []*schema.Type{w.catalog.Type("Provider")}}
		}, "(p)"},
		{"a field of one type", "Platform", func(a *asking) plan.Expr {
			provider := w.catalog.Type("Provider")
			return plan.And{Exprs: []plan.Expr{plan.OfType{Types: []*schema.Type{provider}}, plan.Compare{Field: provider.Field("scs"), Op: plan.Eq, Param: a.param(false)}}}
		}, "(p)"},
		{"one object", "PortabilityNote", func(a *asking) plan.Expr {
			effort := w.catalog.Object("EffortRange")
			return plan.Objects{Field: w.catalog.Type("PortabilityNote").Field("effortDays"), Quant: plan.Some, Where: plan.Compare{Field: effort.Field("max"), Op: plan.Lte, Param: a.param(int64(4))}}
		}, "(n)"},
		{"two ends", "PortabilityNote", func(a *asking) plan.Expr {
			return plan.And{Exprs: []plan.Expr{
				a.linked("PortabilityNote", "from", plan.Some, a.eq("Platform", "key", "p")),
				a.linked("PortabilityNote", "to", plan.Some, a.eq("Platform", "key", "s")),
			}}
		}, "(n)"},
		{"the other way", "PortabilityNote", func(a *asking) plan.Expr {
			return a.linked("PortabilityNote", "from", plan.Some, a.eq("Platform", "key", "s"))
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := w.ask(access.Viewer{Clearance: "amber"})
			r := a.list(c.typ, "key")
			r.Where = c.where(a)
			w.want(a, r, c.want)
		})
	}
}

// TestSoughtIsWalked wants the same records whether they are sought or all are
// walked over: Not twice cannot be sought.
func TestSoughtIsWalked(t *testing.T) {
	w := pagedTopics(t)
	for _, keys := range [][]any{{"a02"}, {"a02", "c00", "b13", "nobody", "a02"}, {}} {
		for _, order := range []string{"key", "key desc", "votes desc"} {
			for _, fromEnd := range []bool{false, true} {
				ask := func(wrap func(plan.Expr) plan.Expr) string {
					a := w.ask(access.Viewer{})
					r := a.list("Topic", "key")
					where := plan.Expr(plan.Compare{Field: w.catalog.Type("Topic").Field("key"), Op: plan.In, Param: a.param(keys)})
					r.Where, r.Order, r.Count = wrap(where), orders(a)[order], true
					r.Page.Limit, r.Page.FromEnd = a.param(int64(2)), fromEnd
					return text(w.run(a, r)[0])
				}
				sought := ask(func(e plan.Expr) plan.Expr { return e })
				walked := ask(func(e plan.Expr) plan.Expr { return plan.Not{Expr: plan.Not{Expr: e}} })
				if sought != walked {
					t.Errorf("%v by %s: sought %s, walked %s", keys, order, sought, walked)
				}
			}
		}
	}
}
