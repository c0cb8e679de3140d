package portability

// Relation is how two platforms stand to each other in one practice.
type Relation string

// The relations.
const (
	// Same: both implement it and share a mechanism.
	Same Relation = "SAME"
	// Differs: both implement it and share none.
	Differs Relation = "DIFFERS"
	// OnlyHere: one implements it, and the other states NO for something it requires.
	OnlyHere Relation = "ONLY_HERE"
	// RelationUnknown is everything else.
	RelationUnknown Relation = "UNKNOWN"
)

// Comparison is one practice on two platforms.
type Comparison struct {
	Practice string
	Relation Relation
	// Here is the platform that has it where only one does, empty otherwise.
	Here string
	// A and B are how the two platforms do it, by key.
	A, B []Implementation
	// Missing are the keys of the required capabilities that the platform which is
	// not Here states NO.
	Missing []string
	// Difference says it in words, empty where nothing is known to differ.
	Difference string
	Sources    []Source
}

// Compare compares two platforms practice by practice, by key, by what they state
// themselves: what a provider has from the solutions it runs is no statement of its
// own. Keys that are not in the world are left out, and no platform of that key
// states nothing.
func (w *World) Compare(a, b string, practices []string) []Comparison {
	at, okA := w.platformAt[a]
	bt, okB := w.platformAt[b]
	var out []Comparison
	for _, key := range w.known(practices) {
		if !okA || !okB {
			out = append(out, Comparison{Practice: key, Relation: RelationUnknown})
			continue
		}
		out = append(out, w.compare(w.practiceAt[key], at, bt))
	}
	return out
}

func (w *World) compare(practice, a, b int32) Comparison {
	doneA, doneB := w.doneItself(practice, a), w.doneItself(practice, b)
	c := Comparison{Practice: w.practices[practice].Key, Relation: RelationUnknown}
	c.A, c.B = c.take(doneA), c.take(doneB)
	switch {
	case doneA != nil && doneB != nil && share(doneA, doneB):
		c.Relation = Same
	case doneA != nil && doneB != nil:
		c.Relation = Differs
		c.Difference = w.doingText(a, doneA) + "; " + w.doingText(b, doneB)
	case doneA != nil:
		w.onlyHere(&c, practice, a, b)
	case doneB != nil:
		w.onlyHere(&c, practice, b, a)
	}
	c.Sources = orderSources(c.Sources)
	return c
}

// take copies how a platform does it, and notes where that comes from.
func (c *Comparison) take(d *doing) []Implementation {
	if d == nil {
		return nil
	}
	out := make([]Implementation, 0, len(d.implementations))
	for _, i := range d.implementations {
		out = append(out, *i)
		c.Sources = append(c.Sources, i.Sources...)
	}
	return out
}

// onlyHere looks whether the other platform says that it cannot do it.
func (w *World) onlyHere(c *Comparison, practice, here, other int32) {
	for _, capability := range w.practices[practice].requires {
		o := w.stated(other, capability)
		if o == nil || o.State != OfferNo {
			continue
		}
		c.Relation, c.Here = OnlyHere, w.platforms[here].Key
		c.Missing = append(c.Missing, w.capabilities[capability].Key)
		c.Sources = append(c.Sources, o.Sources...)
		if c.Difference != "" {
			c.Difference += "; "
		}
		c.Difference += w.offerText(other, capability, &offering{state: OfferNo, offers: []*Offer{o}}, "does not offer")
	}
}
