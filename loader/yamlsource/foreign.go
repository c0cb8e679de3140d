package yamlsource

import (
	"slices"

	"github.com/open-operations/opsmap/internal/text"
	"go.yaml.in/yaml/v4"
)

// aboutElse reports whether a file has nothing of the map in it: the settings of a
// program, a playbook. A list under a name that somebody mistyped is of the map.
func (d *document) aboutElse(file *yaml.Node) bool {
	if len(file.Content) == 0 {
		return false
	}
	root := file.Content[0]
	if root.Kind == yaml.SequenceNode {
		return len(root.Content) > 0 && !slices.ContainsFunc(root.Content, keyed)
	}
	if root.Kind != yaml.MappingNode || len(root.Content) == 0 {
		return false
	}
	sections := []string{sourcesName, defaultsName, exportedName}
	for _, t := range d.catalog.Types {
		sections = append(sections, t.Section, t.Plural)
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		name, list := root.Content[i].Value, root.Content[i+1]
		if slices.Contains(sections, name) || list.Kind == yaml.SequenceNode && meant(name, sections, list) {
			return false
		}
	}
	return true
}

// meant reports whether a list is a section whose name is mistyped.
func meant(name string, sections []string, list *yaml.Node) bool {
	const fewest = 5 // letters of a name that two mistakes leave recognisable
	return slices.ContainsFunc(list.Content, keyed) || len(name) >= fewest && len(text.Nearest(name, sections, 1)) > 0
}

// keyed is a record: a mapping with a key.
func keyed(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "key" {
			return true
		}
	}
	return false
}
