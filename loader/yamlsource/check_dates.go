package yamlsource

import "fmt"

// inOrder are pairs of days of which the first cannot come after the second.
var inOrder = []struct{ of, first, second string }{
	{noteType, "observedOn", "expiresOn"},
	{"Story", "happenedOn", "reportedOn"},
}

// checkDates checks that nothing ends before it began.
func checkDates(w *world) {
	for _, r := range w.records {
		for _, pair := range inOrder {
			if r.typ.Name != pair.of {
				continue
			}
			// Days are kept as YYYY-MM-DD, which sorts as text.
			first, second := r.text(pair.first), r.text(pair.second)
			if second != "" && second < first {
				w.problem(r.at(r.value(pair.second).line), fmt.Sprintf("%s: %s %s comes before %s %s", r.label, pair.second, second, pair.first, first),
					"right is the same day or a later one")
			}
		}
	}
}
