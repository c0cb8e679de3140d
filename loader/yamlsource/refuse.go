package yamlsource

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// refuse finds the parts of YAML that the format has no use for: they repeat
// values, change what a value is, or hide one behind another. What stands beside
// them is read all the same, so that its own problems are told too.
func (d *document) refuse(n *yaml.Node) {
	at := d.place(n)
	switch {
	case n.Kind == yaml.AliasNode:
		d.problem(at, "the alias *"+quote(n.Value)+" stands here", "right is the value itself")
		return
	case n.Anchor != "":
		d.problem(at, "the anchor &"+quote(n.Anchor)+" stands here", "right is the value without it, written out wherever it is needed")
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		d.problem(at, "the tag "+quote(n.Tag)+" stands before a value", "right is the value without it; the field says what it is")
	}
	if n.Kind == yaml.MappingNode {
		d.refuseKeys(n)
	}
	for _, child := range n.Content {
		d.refuse(child)
	}
}

func (d *document) refuseKeys(n *yaml.Node) {
	first := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		at := d.place(key)
		switch line, twice := first[key.Value]; {
		case key.Kind == yaml.AliasNode:
			// Told when its turn comes.
		case key.Kind != yaml.ScalarNode:
			d.problem(at, "a list or a mapping stands where a name is expected", "right is name: value")
		case key.Tag == "!!merge":
			d.problem(at, "the merge key << stands here", "right is the values themselves")
		case twice:
			d.problem(at, fmt.Sprintf("%s is given twice, first in line %d", quote(key.Value), line), "right is one of them, or both joined")
		default:
			first[key.Value] = key.Line
		}
	}
}
