package minutes

import (
	"regexp"
	"strings"
)

var (
	labelLine  = regexp.MustCompile(`(?i)^(?:tlp:\s*([a-z]+(?:\+[a-z]+)?)|level:\s*([a-z0-9]+(?:-[a-z0-9]+)*))$`)
	groupsLine = regexp.MustCompile(`(?i)^groups:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)$`)
)

// readLabel reads the last line that is a label of the Traffic Light Protocol, or a level by its key, and the groups
// named after it. TLP 1.0 said WHITE for CLEAR.
func (p *page) readLabel(doc *Document) {
	for _, l := range p.lines {
		if !l.read() || l.item || len(l.heads) > 0 {
			continue
		}
		if m := labelLine.FindStringSubmatch(l.text); m != nil {
			doc.Label, doc.Groups = strings.ReplaceAll(strings.ToLower(m[1]+m[2]), "+", "-"), nil
			if doc.Label == "white" {
				doc.Label = "clear"
			}
		}
		if m := groupsLine.FindStringSubmatch(l.text); m != nil && doc.Label != "" {
			doc.Groups = strings.FieldsFunc(strings.ToLower(m[1]), func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
}
