package plan

import (
	"fmt"
	"strings"
)

// groupingText prints a grouping on one line.
func groupingText(g Grouping) string {
	keys := make([]string, 0, len(g.By))
	for _, k := range g.By {
		keys = append(keys, keyText(k))
	}
	text := "one group"
	if len(keys) > 0 {
		text = "group by " + strings.Join(keys, ", ")
	}
	if g.Absent {
		text += " or its absence"
	}
	if g.Limit != NoParam {
		text += fmt.Sprintf(" first $%d", g.Limit)
	}
	for i, f := range g.Figures {
		text += []string{": ", ", "}[min(i, 1)] + string(f.Of) + " of " + f.Field.Name
	}
	return text
}

func keyText(k GroupKey) string {
	guarded := "UNGUARDED "
	if k.Guard != nil {
		guarded = "guarded "
	}
	switch {
	case k.Field != nil:
		return k.Field.Name
	case k.Level != nil:
		return guarded + "level"
	}
	hops := make([]string, 0, len(k.Path))
	for _, hop := range k.Path {
		links := make([]string, 0, len(hop))
		for _, l := range hop {
			links = append(links, linkText(l))
		}
		hops = append(hops, strings.Join(links, " or "))
	}
	return guarded + strings.Join(hops, " then ")
}
