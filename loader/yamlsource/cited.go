package yamlsource

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// namedSource is an entry of the section sources, shared by all files of a load.
type namedSource struct {
	place
	id   string
	what record.Object
	used bool
}

// citation is one source of a record.
type citation struct {
	line int
	// id of a named source; empty for one that is written out.
	id string
	// what is the source, or the parts of a named one that the record gives itself.
	what record.Object
}

// sourceName is a source of a record in messages.
const sourceName = "source"

// idName names a source by its id where more than the id is given.
const idName = "id"

// refined are the parts of a named source that a record may give itself.
var refined = []string{"path", "line", "revision"}

func (d *document) sourceType() *schema.ObjectType { return d.catalog.Object("Source") }

// sourceSection reads the section sources: a mapping from ids to sources.
func (d *document) sourceSection(n *yaml.Node) {
	if isNull(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		d.problem(d.place(n), "the section sources is "+kindOf(n), "right is a mapping from an id to uri and kind")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		id, v := n.Content[i], n.Content[i+1]
		if skipped(id, v) {
			continue
		}
		s := &namedSource{place: d.place(id), id: id.Value}
		if !isKey(s.id, false) {
			d.problem(s.place, fmt.Sprintf("the source %s is no lower-case slug", quote(s.id)), "right is "+slug(s.id))
		}
		// A source is read as if it were a field of a record called after it.
		s.what, _ = d.object(&draft{place: s.place, label: "source " + shownKey(s.id)}, d.sourceType(), whole, v)
		d.checkLine(s.what, s.place, "source "+shownKey(s.id))
		d.sources = append(d.sources, s)
	}
}

// citations reads the field sources of a record.
func (d *document) citations(r *draft, n *yaml.Node) {
	if isNull(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		r.miscited = true
		d.problem(r.node(n), fmt.Sprintf("%s: sources is %s", r.label, kindOf(n)), "right is a list: - and the id of a source")
		return
	}
	for _, item := range n.Content {
		c, ok := d.citation(r, item)
		if ok {
			d.checkLine(c.what, r.node(item), r.label)
			r.cited = append(r.cited, c)
		}
		r.miscited = r.miscited || !ok
	}
}

func (d *document) citation(r *draft, item *yaml.Node) (c citation, ok bool) {
	c.line, ok = item.Line, true
	switch {
	case item.Kind == yaml.AliasNode:
		ok = false
	case isNull(item) || item.Kind == yaml.SequenceNode:
		d.problem(r.node(item), fmt.Sprintf("%s: a source is %s", r.label, kindOf(item)), "right is the id of a source, {id: …, line: …}, or {uri: …, kind: …}")
		ok = false
	case item.Kind == yaml.ScalarNode:
		c.id = item.Value
	case scalarOf(item, idName) != "":
		c.id = scalarOf(item, idName)
		c.what, ok = d.refinement(r, item)
	default:
		c.what, ok = d.object(r, d.sourceType(), sourceName, item)
	}
	return c, ok
}

// refinement reads {id: x, line: n}.
func (d *document) refinement(r *draft, n *yaml.Node) (record.Object, bool) {
	o := d.sourceType()
	out, ok := make(record.Object, len(o.Fields)), true
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, v := n.Content[i], n.Content[i+1]
		f := o.Field(name.Value)
		switch {
		case skipped(name, v):
			ok = false
		case name.Value == idName:
		case f == nil || !slices.Contains(refined, name.Value):
			d.problem(r.node(name), fmt.Sprintf("%s: %s stands beside the id of a source", r.label, quote(name.Value)),
				"right is id with "+strings.Join(refined, ", ")+" where they differ")
			ok = false
		default:
			var fits bool
			out[f.Index], _, fits = d.coerce(r, f, within(sourceName, f.Name), name.Line, v)
			ok = ok && fits
		}
	}
	return out, ok
}

// checkLine refuses lines that no file has.
func (d *document) checkLine(what record.Object, at place, label string) {
	if what == nil {
		return
	}
	if line, given := what[d.sourceType().Field("line").Index].(int64); given && line < 1 {
		d.problem(at, fmt.Sprintf("%s: line %d of a source", label, line), "right is a line from 1")
	}
}
