package yamlsource

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// defaultsName is the section that says who may see records that do not say it
// themselves: all of the source, and for each type where it differs.
//
//	defaults:
//	  confidentiality: green
//	  types:
//	    stories: {confidentiality: amber, audience: [operators]}
const (
	defaultsName      = "defaults"
	defaultsTypesName = "types"
)

// defaults are the class of a source's records, and those of some of its types.
type defaults struct {
	// all counts for every type; one without a line says nothing.
	all    *draft
	byType map[*schema.Type]*draft
}

func (d *document) defaultsSection(name, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.problem(d.place(n), "the section defaults is "+kindOf(n), "right is a mapping with confidentiality, audience and types")
		return
	}
	d.defaults = &defaults{byType: map[*schema.Type]*draft{}}
	// Who may see is read like that of a record; any type will do.
	d.defaults.all = d.defaultOf(d.catalog.Type(levelType), "the default of the source", name.Line, n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == defaultsTypesName && !skipped(n.Content[i], n.Content[i+1]) {
			d.defaultsByType(n.Content[i+1])
		}
	}
}

func (d *document) defaultsByType(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.problem(d.place(n), "the types of the defaults are "+kindOf(n), "right is a mapping from sections, such as stories:, to confidentiality and audience")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, v := n.Content[i], n.Content[i+1]
		if skipped(name, v) {
			continue
		}
		t := d.catalog.Section(name.Value)
		switch {
		case t == nil:
			d.problem(d.place(name), "there is no section "+quote(name.Value), d.sectionHint(name.Value))
		case v.Kind != yaml.MappingNode:
			d.problem(d.place(v), fmt.Sprintf("the default of %s is %s", name.Value, kindOf(v)), "right is a mapping with confidentiality and audience")
		default:
			d.defaults.byType[t] = d.defaultOf(t, "the default of "+name.Value, name.Line, v)
		}
	}
}

// defaultOf reads who may see what as a record without anything else.
func (d *document) defaultOf(t *schema.Type, label string, line int, n *yaml.Node) *draft {
	r := &draft{place: place{file: d.file, line: line}, typ: t, label: label}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, v := n.Content[i], n.Content[i+1]
		r.given = append(r.given, name.Value)
		switch {
		case skipped(name, v), name.Value == defaultsTypesName && t.Name == levelType:
		case isAccess(name.Value):
			d.access(r, name, v)
		default:
			d.problem(r.node(name), fmt.Sprintf("there is no %s in %s", quote(name.Value), label), "right is confidentiality, confidentialityConditions, audience or types")
		}
	}
	return r
}

// checkDefaults checks the defaults like the class of a record. There is one
// section of them in a source.
func (w *world) checkDefaults() {
	var first *document
	for _, d := range w.docs {
		if d.defaults == nil {
			continue
		}
		if first != nil {
			w.problem(d.defaults.all.place, "there are defaults twice, first at "+first.defaults.all.String(), "right is one section for all files of a source")
			continue
		}
		first = d
		w.checkClass(d.defaults.all)
		for _, r := range d.defaults.byType {
			w.checkClass(r)
		}
	}
}

// classes tells the class of records of a type that state none. That of levels is
// open: who may see a record may know what its level is called.
func (w *world) classes(fallback access.Class) func(*schema.Type) access.Class {
	if len(fallback.Atoms) == 0 {
		fallback = w.fallback()
	}
	of := &defaults{all: &draft{}}
	for _, d := range w.docs {
		if d.defaults != nil {
			of = d.defaults
			break
		}
	}
	known := map[*schema.Type]access.Class{}
	work := func(t *schema.Type) access.Class {
		class := w.plainest(of.all.access(fallback))
		if r := of.byType[t]; r != nil {
			return w.plainest(r.access(class))
		}
		if t.Name == levelType {
			return access.Class{}
		}
		return class
	}
	return func(t *schema.Type) access.Class {
		if class, ok := known[t]; ok {
			return class
		}
		known[t] = work(t)
		return known[t]
	}
}

// plainest is the class without a requirement for the lowest level alone, which
// requires nothing: most records have it, and one class is cheaper than two.
func (w *world) plainest(c access.Class) access.Class {
	if len(c.Atoms) != 1 || len(c.Atoms[0].Conditions) > 0 || len(c.Atoms[0].Audience) > 0 {
		return c
	}
	var own []access.Level
	for _, r := range w.records {
		if rank := r.value(rankField); r.typ.Name == levelType && rank != nil && rank.v != nil {
			own = append(own, access.Level{Key: r.id.Key, Rank: int(rank.v.(int64))})
		}
	}
	if access.NewLadder(own).Lowest() != c.Atoms[0].Level {
		return c
	}
	return access.Class{}
}
