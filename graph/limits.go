package graph

// DocumentLimits bound what a client may send before anything looks at what it
// means. The validator compares every pair of fields under one response key and
// follows every fragment, so its work grows with the square of some of these; the
// guard's own is linear in the document. The zero value of each means its default.
type DocumentLimits struct {
	// Aliases is how many fields may be renamed. Defaults to 100.
	Aliases int
	// Cache is how many bytes of memory documents may take that were valid once, and
	// again that many persisted queries. Defaults to 16 MiB.
	Cache int
	// Directives on fields and fragments. Defaults to 100.
	Directives int
	// Fragments that are defined. Defaults to 64.
	Fragments int
	// Nesting of selection sets and of values. Defaults to 50.
	Nesting int
	// Operations that are defined. Defaults to 32.
	Operations int
	// Repeats of one response key, or of one fragment. Defaults to 200.
	Repeats int
	// RootFields of an operation. Defaults to 50.
	RootFields int
	// Selections is how many fields an operation or a fragment may have as it is
	// written. Defaults to 1000, as many as compile.Limits allows once fragments are
	// spread.
	Selections int
	// Tokens of the text. Defaults to 10,000.
	Tokens int
}

func (l DocumentLimits) withDefaults() DocumentLimits {
	set := func(n *int, value int) {
		if *n == 0 {
			*n = value
		}
	}
	set(&l.Aliases, 100)
	set(&l.Cache, 16<<20)
	set(&l.Directives, 100)
	set(&l.Fragments, 64)
	set(&l.Nesting, 50)
	set(&l.Operations, 32)
	set(&l.Repeats, 200)
	set(&l.RootFields, 50)
	set(&l.Selections, 1_000)
	set(&l.Tokens, 10_000)
	return l
}
