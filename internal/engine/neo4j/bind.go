package neo4j

import (
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// bind gives a statement its parameters.
func (s *statement) bind(p *plan.Plan, g *guarded) (map[string]any, error) {
	params := make(map[string]any, len(s.args)+2)
	params["open"] = g.open
	if s.levels {
		params["levels"] = g.levelKeys()
	}
	for i := range s.args {
		a := &s.args[i]
		v, err := a.value(p.Params[a.param])
		if err != nil {
			return nil, err
		}
		params[a.name] = v
	}
	return params, nil
}

// value of the param in the argument's form.
func (a *arg) value(v any) (any, error) {
	switch a.form {
	case orderForm:
		return orderKeys(v)
	case rankForm:
		word, ok := v.(string)
		if !ok {
			return nil, nil // a cursor at a place without a value
		}
		return int64(a.of.Enum.Rank(word)), nil
	case limitForm:
		limit, ok := v.(int64)
		if !ok {
			return nil, fmt.Errorf("BUG: a limit of type %T", v)
		}
		return limit + 1, nil
	case keysForm:
		ids, ok := v.([]record.ID)
		if !ok {
			return nil, fmt.Errorf("BUG: ids of type %T", v)
		}
		return keysOf(a.typ, ids), nil
	case termsForm, needForm, luceneForm, typesForm:
		return boundSearch(a.form, v)
	default:
		return v, nil
	}
}

func orderKeys(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		return text.OrderKey(v), nil
	case []any:
		return mapText(v, text.OrderKey), nil
	default:
		return nil, fmt.Errorf("BUG: text of type %T", v)
	}
}

// keysOf is the keys to look for, each once.
func keysOf(t *schema.Type, ids []record.ID) []any {
	out := make([]any, 0, len(ids))
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		is := slices.ContainsFunc(t.Concrete, func(c *schema.Type) bool { return c.Name == id.Type })
		if is && !seen[id.Key] {
			seen[id.Key] = true
			out = append(out, text.OrderKey(id.Key))
		}
	}
	return out
}
