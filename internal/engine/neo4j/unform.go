package neo4j

import (
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// A field is read as a fixed number of properties, its columns, and put together
// from their values.

// columns are the properties that the field is read from. The id is read off the
// key, what the class says off its number.
func columns(f *schema.Field) []string {
	switch {
	case f.System == schema.SysID:
		return []string{"key"}
	case f.System == schema.Conditions, f.System == schema.Audience:
		return []string{propClass}
	case f.Kind != schema.Object:
		return []string{f.Name}
	case f.List:
		return objectColumns(f)
	}
	names := []string{f.Name}
	for _, part := range f.Object.Fields {
		names = append(names, partOf(f.Name, part.Name))
	}
	return names
}

func objectColumns(f *schema.Field) []string {
	names := []string{f.Name}
	for _, part := range f.Object.Fields {
		name := partOf(f.Name, part.Name)
		names = append(names, name)
		if !part.Required {
			names = append(names, setOf(name))
		}
	}
	return names
}

// value puts a stored field together from the values of its columns.
func value(f *schema.Field, cells []any) any {
	switch {
	case f.Kind != schema.Object:
		return scalar(f, cells[0])
	case f.List:
		return objects(f, cells)
	case cells[0] == nil:
		return nil
	}
	out := make(record.Object, len(f.Object.Fields))
	for i, part := range f.Object.Fields {
		out[i] = scalar(part, cells[i+1])
	}
	return out
}

// scalar is a single value or a list of them, which is never nil.
func scalar(f *schema.Field, v any) any {
	if v == nil && f.List {
		return []any{}
	}
	return v
}

func objects(f *schema.Field, cells []any) any {
	n, _ := cells[0].(int64)
	out := make([]any, n)
	for j := range out {
		out[j] = make(record.Object, len(f.Object.Fields))
	}
	at := 1
	for i, part := range f.Object.Fields {
		items, _ := cells[at].([]any)
		at++
		var set []any
		if !part.Required {
			set, _ = cells[at].([]any)
			at++
		}
		for j := range min(len(out), len(items)) {
			if set == nil || set[j] == true {
				out[j].(record.Object)[i] = items[j]
			}
		}
	}
	return out
}
