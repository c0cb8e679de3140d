package schema

// groups prints how lists of records divide: facets, groups, aggregates.
func (w *writer) groups() {
	w.line(`"A whole number of any size, exact, written as a JSON number: sums do not fit into the 32 bits of Int. What reads JSON numbers as doubles reads it exactly up to 2^53."
scalar BigInt

"Figures of whole numbers. What has no value is left out."
type IntAggregate {
  "How many have a value."
  count: Int!
  "Null when nothing has a value."
  min: Int
  "Null when nothing has a value."
  max: Int
  "0 when nothing has a value."
  sum: BigInt!
  "The exact sum divided once, to the nearest double; null when nothing has a value."
  avg: Float
}
`)
	for _, kind := range []Kind{Date, DateTime} {
		w.line(`"The first and the last of values of type %[1]s. What has no value is left out."
type %[2]s {
  "How many have a value."
  count: Int!
  "Null when nothing has a value."
  min: %[1]s
  "Null when nothing has a value."
  max: %[1]s
}
`, kind, MeasureName(&Field{Kind: kind}))
	}
	done := map[string]bool{}
	for _, t := range w.catalog.Types {
		keys := w.catalog.Keys(t)
		for _, k := range keys {
			w.once(done, FacetName(k), func() { w.facet(k) })
		}
		w.facets(t, keys)
		w.aggregate(t)
		w.group(t, keys)
	}
}

func (w *writer) facet(k Key) {
	if k.Target == nil {
		w.line(`"A value and how many have it."
type %s {
  value: %s!
  count: Int!
}
`, FacetName(k), k.valueType())
		return
	}
	w.line(`"A %[2]s and how many lead to it."
type %[1]s {
  "Its key."
  value: String!
  count: Int!
  node: %[2]s!
}
`, FacetName(k), k.Target.Name)
}

// valueType is the type of the values that records are told apart by.
func (k Key) valueType() string {
	switch {
	case k.Target != nil:
		return string(String)
	case k.Field.Kind == EnumKind:
		return k.Field.Enum.Name
	default:
		return string(Boolean)
	}
}

func (w *writer) facets(t *Type, keys []Key) {
	w.line(`"How a list of %s divides by each field: what most have comes first, among equals in the order of the values. What has no value, or leads nowhere, is in none; what leads to several is in each. 20 values unless first says otherwise, at most 100."`, t.Name)
	w.line("type %s {", FacetsName(t.Name))
	for _, k := range keys {
		w.line("  %s(first: Int): [%s!]!", k.Name, FacetName(k))
	}
	w.line("}\n")
}

func (w *writer) aggregate(t *Type) {
	w.line(`"Figures of a list of %s."`, t.Name)
	w.line("type %s {\n  \"How many there are.\"\n  count: Int!", AggregateName(t.Name))
	for _, f := range t.Measures() {
		w.line("  %s: %s!", f.Name, MeasureName(f))
	}
	w.line("}\n")
}

func (w *writer) group(t *Type, keys []Key) {
	w.line("\"What a list of %s can be grouped by.\"\nenum %s {", t.Name, GroupKeyName(t.Name))
	for _, k := range keys {
		w.line("  %s", k.Word)
	}
	w.line("}\n")
	w.line(`"The values that the records of a group share, of records their keys; null for a group of those that have none. Only what the groups are by can be asked."`)
	w.line("type %s {", GroupKeysName(t.Name))
	for _, k := range keys {
		w.line("  %s: %s", k.Name, k.valueType())
	}
	w.line("}\n")
	w.line(`"Those of a list of %[1]s that share some values. What leads to several records is in the group of each."
type %[2]s {
  keys: %[3]s!
  "How many there are in it."
  count: Int!
  aggregate: %[4]s!
}
`, t.Name, GroupName(t.Name), GroupKeysName(t.Name), AggregateName(t.Name))
}
