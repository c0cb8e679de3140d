package enginetest

import (
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// planCase is a plan over the base map and its answer as text.
type planCase struct {
	name   string
	viewer access.Viewer
	params []any
	read   func(g *plan.Guard) *plan.Read
	want   string
}

// planTypes are the types that plans read.
type planTypes struct {
	*schema.Catalog
	topic, platform, practice *schema.Type
}

func planCases(catalog *schema.Catalog) []planCase {
	c := planTypes{catalog, catalog.Type("Topic"), catalog.Type("Platform"), catalog.Type("Practice")}
	return slices.Concat(c.idCases(), c.pageCases(), c.typeCases(), c.classCases())
}

func keyOrder(t *schema.Type) []plan.Term { return []plan.Term{{Field: t.Field("key")}} }

func columns(t *schema.Type, names ...string) []plan.Column {
	out := make([]plan.Column, len(names))
	for i, name := range names {
		out[i].Field = t.Field(name)
	}
	return out
}

// readIDs reads the keys of the records in the first parameter.
func readIDs(t *schema.Type, where plan.Expr) func(*plan.Guard) *plan.Read {
	return func(*plan.Guard) *plan.Read {
		return &plan.Read{From: plan.FromIDs{Type: t, IDs: 0}, Where: where, Rows: true, Page: whole, Columns: columns(t, "key")}
	}
}

// idParam is the parameter of readIDs.
func idParam(all ...string) []any {
	list := []record.ID{}
	for _, s := range all {
		id, _ := record.ParseID(s)
		list = append(list, id)
	}
	return []any{list}
}

// idCases read records by their ids.
func (c planTypes) idCases() []planCase {
	return []planCase{
		{
			name: "ids in the order asked, twice what is asked twice", params: idParam("Topic:idea", "Topic:ceph", "Topic:prices", "Topic:idea", "Topic:nobody"),
			read: readIDs(c.topic, nil), want: `#0[Topic("idea") Topic("ceph") Topic("idea")]`,
		},
		{
			name: "ids of other types are left out", params: idParam("Topic:idea", "Practice:etcd-backup", "Provider:aws"),
			read: readIDs(c.practice, nil), want: `#0[Practice("etcd-backup")]`,
		},
		{
			name: "ids of an interface", params: idParam("Solution:osism", "Provider:aws", "Solution:aws", "Provider:dark", "Topic:etcd", "Platform:aws"),
			read: readIDs(c.platform, nil), want: `#0[Solution("osism") Provider("aws")]`,
		},
		{
			name: "ids under a filter", params: append(idParam("Topic:idea", "Topic:etcd", "Topic:ceph", "Topic:etcd"), int64(7)),
			read: readIDs(c.topic, plan.Compare{Field: c.topic.Field("votes"), Op: plan.Eq, Param: 1}), want: `#0[Topic("etcd") Topic("ceph") Topic("etcd")]`,
		},
		{name: "no ids", params: idParam(), read: readIDs(c.topic, nil), want: `#0[]`},
		{
			name: "ids counted", params: idParam("Topic:idea", "Topic:prices", "Topic:ceph"),
			read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromIDs{Type: c.topic, IDs: 0}, Rows: true, Count: true, Page: whole, Columns: columns(c.topic, "votes")}
			},
			want: `#2[Topic(0) Topic(7)]`,
		},
	}
}

// pageCases cut pages.
func (c planTypes) pageCases() []planCase {
	return []planCase{
		{
			name: "all of a type, unpaged", read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromType{Type: c.topic}, Rows: true, Count: true, Order: keyOrder(c.topic), Page: whole, Columns: columns(c.topic, "key", "cluster", "summary")}
			},
			want: `#4[Topic("ceph" true null) Topic("etcd" false "Everything about etcd") Topic("etcd-quorum" false null) Topic("idea" false null)]`,
		},
		{
			name: "a limit says whether it cut", params: []any{int64(2)}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromType{Type: c.topic}, Rows: true, Order: keyOrder(c.topic), Page: plan.Page{Limit: 0}, Columns: columns(c.topic, "key")}
			},
			want: `#0[Topic("ceph") Topic("etcd")]+`,
		},
		{
			name: "a limit that fits", params: []any{int64(4)}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromType{Type: c.topic}, Rows: true, Order: keyOrder(c.topic), Page: plan.Page{Limit: 0, FromEnd: true}, Columns: columns(c.topic, "key")}
			},
			want: `#0[Topic("ceph") Topic("etcd") Topic("etcd-quorum") Topic("idea")]`,
		},
		{
			name: "no limit between two places", params: []any{"aaa", "etcd-quorum"}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: c.topic}, Rows: true, Count: true, Order: keyOrder(c.topic), Columns: columns(c.topic, "key"),
					Page: plan.Page{Limit: plan.NoParam, After: []plan.Param{0}, Before: []plan.Param{1}},
				}
			},
			want: `#4[Topic("ceph") Topic("etcd")]`,
		},
	}
}

// typeCases tell the types of an interface apart.
func (c planTypes) typeCases() []planCase {
	return []planCase{
		{
			name: "by type, then key", read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: c.platform}, Rows: true, Page: whole, Columns: columns(c.platform, "key"),
					Order: []plan.Term{{Type: true, Descending: true}, {Field: c.platform.Field("key")}},
				}
			},
			want: `#0[Solution("osism") Solution("vsphere") Provider("aws") Provider("pluscloud")]`,
		},
		{
			name: "by type, from a place in the middle", params: []any{"Solution", "osism", int64(2)}, read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: c.platform}, Rows: true, Columns: columns(c.platform, "key"),
					Page:  plan.Page{Limit: 2, After: []plan.Param{0, 1}},
					Order: []plan.Term{{Type: true, Descending: true}, {Field: c.platform.Field("key")}},
				}
			},
			want: `#0[Solution("vsphere") Provider("aws")]+`,
		},
		{
			name: "types in a filter", read: func(*plan.Guard) *plan.Read {
				return &plan.Read{
					From: plan.FromType{Type: c.platform}, Rows: true, Count: true, Order: keyOrder(c.platform), Page: whole, Columns: columns(c.platform, "key"),
					Where: plan.Or{Exprs: []plan.Expr{plan.OfType{Types: []*schema.Type{c.Type("Solution")}}, plan.OfType{}}},
				}
			},
			want: `#2[Solution("osism") Solution("vsphere")]`,
		},
		{
			name: "columns of one type only, counts, and reads in reads", read: func(g *plan.Guard) *plan.Read {
				provider := c.Type("Provider")
				offers := &plan.Read{From: plan.FromLink{Link: c.platform.Link("offers")}, Guard: g, Count: true, Page: whole}
				runs := &plan.Read{
					From: plan.FromLink{Link: provider.Link("runs")}, Guard: g, Rows: true, Page: whole,
					Order: keyOrder(c.Type("Solution")), Columns: columns(c.Type("Solution"), "name"),
				}
				on := []*schema.Type{provider}
				return &plan.Read{
					From: plan.FromType{Type: c.platform}, Rows: true, Order: keyOrder(c.platform), Page: whole,
					Columns: []plan.Column{
						{Field: provider.Field("regions"), On: on}, {LinkCount: c.platform.Link("offers")}, {Read: offers}, {Read: runs, On: on},
						{Field: c.platform.Field("aliases")},
					},
				}
			},
			want: `#0[Provider(39 1 #1[] #0[] []) Solution(null 1 #1[] null ["OpenStack"]) Provider(2 0 #0[] #0[Solution("OSISM")] []) Solution(null 0 #0[] null ["VMware","ESXi"])]`,
		},
	}
}

// classCases show what is read off the class of a record.
func (c planTypes) classCases() []planCase {
	return []planCase{
		{
			name: "value objects come as objects, and what is read off the class too", viewer: access.Viewer{Clearance: "amber"}, params: idParam("Topic:launch", "Topic:ceph"),
			read: func(*plan.Guard) *plan.Read {
				return &plan.Read{From: plan.FromIDs{Type: c.topic, IDs: 0}, Rows: true, Page: whole, Columns: columns(c.topic, "confidentialityConditions", "audience", "disclosure", "version")}
			},
			want: `#0[Topic([["embargo","2026-07-01T00:00:00Z","clear"]] [] null 1) Topic([] [] ["PUBLIC",["size","vendor"],null,"HOW_TO"] 1)]`,
		},
		{
			name: "the level of a record, and of its level", viewer: access.Viewer{Clearance: "green"}, params: idParam("Topic:prices"),
			read: func(g *plan.Guard) *plan.Read {
				level := c.Type(levelType)
				inner := &plan.Read{From: plan.FromLevel{Type: level}, Guard: g, Rows: true, Page: whole, Columns: columns(level, "rank")}
				outer := &plan.Read{From: plan.FromLevel{Type: level}, Guard: g, Rows: true, Page: whole, Columns: append(columns(level, "key"), plan.Column{Read: inner})}
				return &plan.Read{From: plan.FromIDs{Type: c.topic, IDs: 0}, Rows: true, Page: whole, Columns: []plan.Column{{Read: outer}}}
			},
			want: `#0[Topic(#0[ConfidentialityLevel("green" #0[ConfidentialityLevel(0)])])]`,
		},
	}
}
