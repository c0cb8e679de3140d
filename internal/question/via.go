package question

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// via is which links may be walked and which types of records met; nil for all.
type via struct {
	relations map[*schema.Relation]bool
	types     map[string]bool
}

// readVia reads an argument that names links and types.
func readVia(c *schema.Catalog, call Call) (via, error) {
	var v via
	names, _ := call.Args["via"].([]any)
	for _, name := range names {
		name := name.(string)
		if t := c.Type(name); t != nil {
			v.addType(t)
			continue
		}
		if !v.addLinks(c, name) {
			return v, fault.New(fault.BadInput, "via: there is no link and no type %q%s", name, text.DidYouMean(name, viaNames(c)))
		}
	}
	if names != nil && len(names) == 0 {
		// An empty list allows nothing, as in a filter.
		v.relations = map[*schema.Relation]bool{}
	}
	return v, nil
}

func (v *via) addType(t *schema.Type) {
	if v.types == nil {
		v.types = map[string]bool{}
	}
	for _, concrete := range t.Concrete {
		v.types[concrete.Name] = true
	}
}

// addLinks allows the links of a name, whichever end has it; "Type.link" is the
// link of one type.
func (v *via) addLinks(c *schema.Catalog, name string) (found bool) {
	typeName, linkName, qualified := strings.Cut(name, ".")
	if !qualified {
		typeName, linkName = "", name
	}
	for _, t := range c.Types {
		if qualified && t.Name != typeName {
			continue
		}
		if l := t.Link(linkName); l != nil {
			if v.relations == nil {
				v.relations = map[*schema.Relation]bool{}
			}
			v.relations[l.Relation] = true
			found = true
		}
	}
	return found
}

// viaNames are the names that may be given.
func viaNames(c *schema.Catalog) []string {
	names := map[string]bool{}
	for _, t := range c.Types {
		names[t.Name] = true
		for _, l := range t.Links {
			names[l.Name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func (v *via) walks(l *schema.Link) bool { return v.relations == nil || v.relations[l.Relation] }

func (v *via) meets(typeName string) bool { return v.types == nil || v.types[typeName] }
