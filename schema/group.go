package schema

// Key is something the records of a type can be told apart by: for facets and
// groups.
type Key struct {
	// Name of the field, Word in capitals.
	Name, Word string
	// Field that holds one word of an enum or a boolean, or
	Field *Field
	// Target is the type of the records that are told apart by, and Link what leads
	// to them; nil for the level of confidentiality.
	Target *Type
	Link   *Link
}

// Keys of the records of t, in the order of its fields: enums and booleans, the
// level, links.
func (c *Catalog) Keys(t *Type) []Key {
	var out []Key
	for _, f := range t.Fields {
		if !f.List && (f.Kind == EnumKind || f.Kind == Boolean) {
			out = append(out, Key{Name: f.Name, Word: upperSnake(f.Name), Field: f})
		}
	}
	if level := c.types["ConfidentialityLevel"]; level != nil {
		out = append(out, Key{Name: levelField, Word: upperSnake(levelField), Target: level})
	}
	for _, l := range t.Links {
		out = append(out, Key{Name: l.Name, Word: upperSnake(l.Name), Target: l.Target, Link: l})
	}
	return out
}

// Measures are the fields of t of which there is a least and a greatest value.
func (t *Type) Measures() []*Field {
	var out []*Field
	for _, f := range t.Fields {
		if !f.List && (f.Kind == Int || f.Kind == Date || f.Kind == DateTime) {
			out = append(out, f)
		}
	}
	return out
}

// Names of the types that say how a list divides.

// FacetsName is the facets of a list of t.
func FacetsName(t string) string { return t + "Facets" }

// FacetName is one value of a facet by words of an enum, by a boolean, or by
// records.
func FacetName(k Key) string {
	switch {
	case k.Target != nil:
		return k.Target.Name + "Facet"
	case k.Field.Kind == EnumKind:
		return k.Field.Enum.Name + "Facet"
	default:
		return "BooleanFacet"
	}
}

// GroupKeyName is the enum of what a list of t can be grouped by.
func GroupKeyName(t string) string { return t + "GroupKey" }

// GroupName is a group of a list of t.
func GroupName(t string) string { return t + "Group" }

// GroupKeysName is the values that the records of a group share.
func GroupKeysName(t string) string { return t + "GroupKeys" }

// AggregateName is the figures of a list of t.
func AggregateName(t string) string { return t + "Aggregate" }

// MeasureName is the figures of values of a field.
func MeasureName(f *Field) string { return string(f.Kind) + "Aggregate" }
