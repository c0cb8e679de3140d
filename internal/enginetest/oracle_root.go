package enginetest

import "github.com/open-operations/opsmap/internal/record"

func (r *reading) root(g *asked) {
	args := r.arguments(g.field())
	switch name := g.field().Name; name {
	case "__typename":
		r.scalar("Query")
	case "node":
		r.byIDs(g, []string{args["id"].(string)})
	case "nodes":
		r.buf.WriteByte('[')
		for i, id := range args["ids"].([]any) {
			r.comma(i)
			r.byIDs(g, []string{id.(string)})
		}
		r.buf.WriteByte(']')
	case "search":
		r.search(g)
	case "paths":
		r.paths(g)
	case "coverage":
		r.coverage(g)
	case "ladder":
		r.ladder(g)
	case "neighbourhood":
		r.neighbourhood(g)
	default:
		for _, t := range r.catalog.Types {
			switch name {
			case t.Plural:
				r.connection(g, t, r.all(t))
				return
			case t.Singular:
				var ids []string
				for _, concrete := range t.Concrete {
					ids = append(ids, concrete.Name+":"+args["key"].(string))
				}
				r.byIDs(g, ids)
				return
			}
		}
		panic("the oracle does not know the field " + name)
	}
}

// byIDs writes the first record that is there, or null.
func (r *reading) byIDs(g *asked, ids []string) {
	for _, text := range ids {
		id, ok := record.ParseID(text)
		if e := r.entries[id]; ok && e != nil {
			r.record(g.below(), e)
			return
		}
	}
	r.scalar(nil)
}
