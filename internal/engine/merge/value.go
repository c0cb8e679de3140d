package merge

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// equalValue compares two values of package record.
func equalValue(a, b any) bool {
	switch a := a.(type) {
	case record.Object:
		b, ok := b.(record.Object)
		return ok && slices.EqualFunc(a, b, equalValue)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equalValue)
	default:
		switch b.(type) {
		case record.Object, []any:
			return false
		}
		return a == b
	}
}

// fits reports whether v is a value of the field: nil, or of its kind.
func fits(f *schema.Field, v any) bool {
	if v == nil {
		return true
	}
	if !f.List {
		return fitsOne(f, v)
	}
	items, ok := v.([]any)
	return ok && !slices.ContainsFunc(items, func(item any) bool { return !fitsOne(f, item) })
}

func fitsOne(f *schema.Field, v any) bool {
	switch v := v.(type) {
	case bool:
		return f.Kind == schema.Boolean
	case int64:
		return f.Kind == schema.Int
	case string:
		return utf8.ValidString(v) && fitsText(f, v)
	case record.Object:
		return f.Kind == schema.Object && fitsObject(f.Object, v)
	}
	return false
}

func fitsText(f *schema.Field, s string) bool {
	switch f.Kind {
	case schema.String, schema.ID:
		return true
	case schema.EnumKind:
		return f.Enum.Rank(s) >= 0
	case schema.Date:
		return isTime(time.DateOnly, s)
	case schema.DateTime:
		return isTime("2006-01-02T15:04:05Z", s)
	}
	return false
}

// isTime asks for the one spelling of a time that sorts as text.
func isTime(layout, s string) bool {
	t, err := time.Parse(layout, s)
	return err == nil && t.Format(layout) == s
}

func fitsObject(o *schema.ObjectType, v record.Object) bool {
	if len(v) != len(o.Fields) {
		return false
	}
	for i, f := range o.Fields {
		if v[i] == nil && (f.Required || f.List) || !fits(f, v[i]) {
			return false
		}
	}
	return true
}
