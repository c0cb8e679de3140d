package yamlsource

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/text"
)

// The names people call platforms by.
const (
	platformType = "Platform"
	aliasesField = "aliases"
)

// fold is the form in which names are compared.
func fold(s string) string { return text.Fold(s) }

// aliasesOf are the aliases that a record states, by place in its list.
func aliasesOf(r *draft) []string {
	v := r.value(aliasesField)
	if v == nil {
		return nil
	}
	list, _ := v.v.([]any)
	out := make([]string, len(list))
	for i, item := range list {
		out[i], _ = item.(string)
	}
	return out
}

// readAliases knows what people may have meant by a name that is no key.
func (w *world) readAliases() {
	t := w.in.Catalog.Type(platformType)
	if t == nil {
		return
	}
	f := w.family(t)
	for _, r := range w.records {
		if r.typ.Is(t) {
			for _, a := range aliasesOf(r) {
				if f.aliases[fold(a)] == "" {
					f.aliases[fold(a)] = r.id.Key
				}
			}
		}
	}
}

// checkNames warns of a name that means two platforms: whoever asks by it is asked
// back, or gets the one whose key it is.
func checkNames(w *world) {
	t := w.in.Catalog.Type(platformType)
	if t == nil {
		return
	}
	first := map[string]*draft{}
	for _, r := range w.records {
		if !r.typ.Is(t) {
			continue
		}
		for i, a := range aliasesOf(r) {
			const hint = "right is an alias that names one platform"
			at, folded := r.at(r.value(aliasesField).items[i]), fold(a)
			other, keyed := first[folded], w.there(t, folded)
			switch {
			case folded != r.id.Key && keyed != nil:
				w.warning(at, fmt.Sprintf("%s: the alias %s is the key of a %s, which goes before it", r.label, quote(a), keyed.Name), hint)
			case other != nil && other != r:
				w.warning(at, fmt.Sprintf("%s: the alias %s is one of %s too (%s)", r.label, quote(a), other.label, other.place), hint)
			default:
				first[folded] = r
			}
		}
	}
}
