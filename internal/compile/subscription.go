package compile

import (
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// subscription compiles a field of Subscription: the read of a record that its only
// argument names by id or key. It is asked again whenever the map has changed.
func (c *compiler) subscription(out *Field, f *collected) *failure {
	args, err := c.arguments(f.Field)
	if err != nil {
		return err
	}
	t := c.Catalog.Type(f.Definition.Type.Name())
	name, _ := args[f.Definition.Arguments[0].Name].(string)
	out.Set, out.Record, err = c.byIDs(t, idsNamed(t, name), f.below())
	return err
}

// idsNamed are the ids of type t that a text can mean: it is one, or a key. It is
// none for the id of another type.
func idsNamed(t *schema.Type, text string) []record.ID {
	typ, key, isID := strings.Cut(text, ":")
	if !isID {
		key = text
	}
	ids := []record.ID{}
	for _, concrete := range t.Concrete {
		if !isID || typ == concrete.Name || typ == t.Name {
			ids = append(ids, record.ID{Type: concrete.Name, Key: key})
		}
	}
	return ids
}
