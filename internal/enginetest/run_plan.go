package enginetest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Plans that no operation compiles to today, or whose answer GraphQL does not show
// whole.

// planCase is a plan over the base map and its answer as text.
type planCase struct {
	name   string
	viewer access.Viewer
	params []any
	read   func(g *plan.Guard) *plan.Read
	want   string
}

func runPlans(t *testing.T, open Open) {
	s := openStore(t, open)
	base, err := testdata.ReadFile("testdata/base.txt")
	if err != nil {
		t.Fatal(err)
	}
	s.load(world(t, string(base)))
	for _, c := range planCases(s.catalog) {
		t.Run(c.name, func(t *testing.T) {
			guard := &plan.Guard{Viewer: c.viewer, Now: noon}
			read := c.read(guard)
			read.Guard = guard
			answer := s.run(&plan.Plan{Guard: guard, Params: c.params, Roots: []*plan.Read{read}})
			if got := shownSet(answer.Sets[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	t.Run("several roots keep their places", func(t *testing.T) {
		guard := &plan.Guard{Now: noon}
		count := func(name string) *plan.Read {
			return &plan.Read{From: plan.FromType{Type: s.catalog.Type(name)}, Guard: guard, Count: true, Page: whole}
		}
		answer := s.run(&plan.Plan{Guard: guard, Roots: []*plan.Read{count("Layer"), count("Topic"), count("Story"), count("Layer")}})
		var all []string
		for _, set := range answer.Sets {
			all = append(all, shownSet(set))
		}
		if got := strings.Join(all, " "); got != "#4[] #4[] #0[] #4[]" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("no guard, no answer", func(t *testing.T) { runUnguarded(t, s) })
}

// whole is a page of everything.
var whole = plan.Page{Limit: plan.NoParam}

// countPlan counts the records of a type that anybody may see.
func countPlan(c *schema.Catalog, typeName string) *plan.Plan {
	guard := &plan.Guard{Now: noon}
	return &plan.Plan{Guard: guard, Roots: []*plan.Read{{From: plan.FromType{Type: c.Type(typeName)}, Guard: guard, Count: true, Page: whole}}}
}

// runUnguarded holds engines to the check that always runs.
func runUnguarded(t *testing.T, s *store) {
	guard := &plan.Guard{Now: noon}
	for name, p := range map[string]*plan.Plan{
		"none": {Roots: []*plan.Read{{From: plan.FromType{Type: s.catalog.Type("Topic")}, Count: true, Page: whole}}},
		"another": {Guard: guard, Roots: []*plan.Read{{
			From: plan.FromType{Type: s.catalog.Type("Topic")}, Guard: &plan.Guard{Viewer: all, Now: noon}, Count: true, Page: whole,
		}}},
		"in a filter": {Guard: guard, Roots: []*plan.Read{{
			From: plan.FromType{Type: s.catalog.Type("Topic")}, Guard: guard, Count: true, Page: whole,
			Where: plan.Linked{Link: s.catalog.Type("Topic").Link("parent"), Quant: plan.Some},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			view, err := s.engine.Read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer view.Close()
			if answer, err := view.Run(t.Context(), p); err == nil {
				t.Errorf("it was answered: %s", shownSet(answer.Sets[0]))
			}
		})
	}
}

// shownSet writes a set as #total[Type(cell cell) …]+, with + for more.
func shownSet(set *plan.Set) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%d[", set.Total)
	for i, row := range set.Rows {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(row.Type.Name + "(")
		for i, cell := range row.Cells {
			if i > 0 {
				b.WriteByte(' ')
			}
			if nested, ok := cell.(*plan.Set); ok {
				b.WriteString(shownSet(nested))
				continue
			}
			b.WriteString(shownCell(cell))
		}
		b.WriteByte(')')
	}
	b.WriteByte(']')
	if set.More {
		b.WriteByte('+')
	}
	return b.String()
}

// shownCell names the Go type too, where it is none of package record's.
func shownCell(cell any) string {
	switch cell.(type) {
	case nil, bool, int64, string, []any, record.Object:
		return jsonText(cell)
	default:
		return fmt.Sprintf("%s:%v", reflect.TypeOf(cell), cell)
	}
}

func planCases(c *schema.Catalog) []planCase {
	topic, platform, practice := c.Type("Topic"), c.Type("Platform"), c.Type("Practice")
	key := func(t *schema.Type) []plan.Term { return []plan.Term{{Field: t.Field("key")}} }
	column := func(t *schema.Type, names ...string) []plan.Column {
		var out []plan.Column
		for _, name := range names {
			out = append(out, plan.Column{Field: t.Field(name)})
		}
		return out
	}
	ids := func(t *schema.Type, where plan.Expr) func(*plan.Guard) *plan.Read {
		return func(*plan.Guard) *plan.Read {
			return &plan.Read{From: plan.FromIDs{Type: t, IDs: 0}, Where: where, Rows: true, Page: whole, Columns: column(t, "key")}
		}
	}
	named := func(all ...string) []any {
		list := []record.ID{}
		for _, s := range all {
			id, _ := record.ParseID(s)
			list = append(list, id)
		}
		return []any{list}
	}
	return []planCase{
		{
			name: "ids in the order asked, twice what is asked twice", params: named("Topic:idea", "Topic:ceph", "Topic:prices", "Topic:idea", "Topic:nobody"),
			read: ids(topic, nil), want: `#0[Topic("idea") Topic("ceph") Topic("idea")]`,
		},
		{
			name: "ids of other types are left out", params: named("Topic:idea", "Practice:etcd-backup", "Provider:aws"),
			read: ids(practice, nil), want: `#0[Practice("etcd-backup")]`,
		},
		{
			name: "ids of an interface", params: named("Solution:osism", "Provider:aws", "Solution:aws", "Provider:dark", "Topic:etcd", "Platform:aws"),
			read: ids(platform, nil), want: `#0[Solution("osism") Provider("aws")]`,
		},
		{
			name: "ids under a filter", params: append(named("Topic:idea", "Topic:etcd", "Topic:ceph", "Topic:etcd"), int64(7)),
			read: ids(topic, plan.Compare{Field: topic.Field("votes"), Op: plan.Eq, Param: 1}), want: `#0[Topic("etcd") Topic("ceph") Topic("etcd")]`,
		},
		{name: "no ids", params: named(), read: ids(topic, nil), want: `#0[]`},
		{
			name: "ids counted", params: named("Topic:idea", "Topic:prices", "Topic:ceph"),
			read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromIDs{Type: topic, IDs: 0}, Rows: true, Count: true, Page: whole, Columns: column(topic, "votes")}
			},
			want: `#2[Topic(0) Topic(7)]`,
		},
		{
			name: "all of a type, unpaged", read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromType{Type: topic}, Rows: true, Count: true, Order: key(topic), Page: whole, Columns: column(topic, "key", "cluster", "summary")}
			},
			want: `#4[Topic("ceph" true null) Topic("etcd" false "Everything about etcd") Topic("etcd-quorum" false null) Topic("idea" false null)]`,
		},
		{
			name: "a limit says whether it cut", params: []any{int64(2)}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromType{Type: topic}, Rows: true, Order: key(topic), Page: plan.Page{Limit: 0}, Columns: column(topic, "key")}
			},
			want: `#0[Topic("ceph") Topic("etcd")]+`,
		},
		{
			name: "a limit that fits", params: []any{int64(4)}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromType{Type: topic}, Rows: true, Order: key(topic), Page: plan.Page{Limit: 0, FromEnd: true}, Columns: column(topic, "key")}
			},
			want: `#0[Topic("ceph") Topic("etcd") Topic("etcd-quorum") Topic("idea")]`,
		},
		{
			name: "no limit between two places", params: []any{"aaa", "etcd-quorum"}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: topic}, Rows: true, Count: true, Order: key(topic), Columns: column(topic, "key"),
					Page: plan.Page{Limit: plan.NoParam, After: []plan.Param{0}, Before: []plan.Param{1}},
				}
			},
			want: `#4[Topic("ceph") Topic("etcd")]`,
		},
		{
			name: "by type, then key", read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: platform}, Rows: true, Page: whole, Columns: column(platform, "key"),
					Order: []plan.Term{{Type: true, Descending: true}, {Field: platform.Field("key")}},
				}
			},
			want: `#0[Solution("osism") Solution("vsphere") Provider("aws") Provider("pluscloud")]`,
		},
		{
			name: "by type, from a place in the middle", params: []any{"Solution", "osism", int64(2)}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: platform}, Rows: true, Columns: column(platform, "key"),
					Page:  plan.Page{Limit: 2, After: []plan.Param{0, 1}},
					Order: []plan.Term{{Type: true, Descending: true}, {Field: platform.Field("key")}},
				}
			},
			want: `#0[Solution("vsphere") Provider("aws")]+`,
		},
		{
			name: "columns of one type only, counts, and reads in reads", read: func(g *plan.Guard) *plan.Read {
				provider := c.Type("Provider")
				offers := &plan.Read{From: plan.FromLink{Link: platform.Link("offers")}, Guard: g, Count: true, Page: whole}
				runs := &plan.Read{
					From: plan.FromLink{Link: provider.Link("runs")}, Guard: g, Rows: true, Page: whole,
					Order: key(c.Type("Solution")), Columns: column(c.Type("Solution"), "name"),
				}
				on := []*schema.Type{provider}
				return &plan.Read{
					From: plan.FromType{Type: platform}, Rows: true, Order: key(platform), Page: whole,
					Columns: []plan.Column{
						{Field: provider.Field("regions"), On: on}, {LinkCount: platform.Link("offers")}, {Read: offers}, {Read: runs, On: on},
						{Field: platform.Field("aliases")},
					},
				}
			},
			want: `#0[Provider(39 1 #1[] #0[] []) Solution(null 1 #1[] null ["OpenStack"]) Provider(2 0 #0[] #0[Solution("OSISM")] []) Solution(null 0 #0[] null ["VMware","ESXi"])]`,
		},
		{
			name: "value objects come as objects, and what is read off the class too", viewer: access.Viewer{Clearance: "amber"}, params: named("Topic:launch", "Topic:ceph"),
			read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromIDs{Type: topic, IDs: 0}, Rows: true, Page: whole, Columns: column(topic, "confidentialityConditions", "audience", "disclosure", "version")}
			},
			want: `#0[Topic([["embargo","2026-07-01T00:00:00Z","clear"]] [] null 1) Topic([] [] ["PUBLIC",["size","vendor"],null,"HOW_TO"] 1)]`,
		},
		{
			name: "types in a filter", read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: platform}, Rows: true, Count: true, Order: key(platform), Page: whole, Columns: column(platform, "key"),
					Where: plan.Or{Exprs: []plan.Expr{plan.OfType{Types: []*schema.Type{c.Type("Solution")}}, plan.OfType{}}},
				}
			},
			want: `#2[Solution("osism") Solution("vsphere")]`,
		},
		{
			name: "the level of a record, and of its level", viewer: access.Viewer{Clearance: "green"}, params: named("Topic:prices"),
			read: func(g *plan.Guard) *plan.Read {
				level := c.Type(levelType)
				inner := &plan.Read{From: plan.FromLevel{Type: level}, Guard: g, Rows: true, Page: whole, Columns: column(level, "rank")}
				outer := &plan.Read{From: plan.FromLevel{Type: level}, Guard: g, Rows: true, Page: whole, Columns: append(column(level, "key"), plan.Column{Read: inner})}
				return &plan.Read{From: plan.FromIDs{Type: topic, IDs: 0}, Rows: true, Page: whole, Columns: []plan.Column{{Read: outer}}}
			},
			want: `#0[Topic(#0[ConfidentialityLevel("green" #0[ConfidentialityLevel(0)])])]`,
		},
	}
}
