package mapping

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// Issues says what the labels and reactions of issues mean.
//
//	issues:
//	  labels:
//	    - {label: "area/network*", layer: iaas}
//	    - {label: internal, level: amber}
//	    - {label: duplicate, skip: true}
//	  reactions: {"+1": 1, heart: 1}
type Issues struct {
	// Labels are rules in their order: the first that speaks of something decides it,
	// but for levels, of which the strictest does.
	Labels []LabelRule `yaml:"labels"`
	// Reactions are what each is worth as votes. Without any, +1 is worth 1 and -1
	// takes 1 away, as in minutes.
	Reactions map[string]int `yaml:"reactions"`
}

// LabelRule says what a label means.
type LabelRule struct {
	// Label is a pattern, compared without case: * stands for any letters but /.
	Label string `yaml:"label"`
	// Layer is the key of a layer that the issue is about.
	Layer string `yaml:"layer"`
	// Kind and Status of the topic.
	Kind   string `yaml:"kind"`
	Status string `yaml:"status"`
	// Level and Audience of the record.
	Level    string   `yaml:"level"`
	Audience []string `yaml:"audience"`
	// Skip leaves the issue out.
	Skip bool `yaml:"skip"`
}

// Fits reports whether a label is meant.
func (r *LabelRule) Fits(label string) bool {
	fits, err := path.Match(strings.ToLower(r.Label), strings.ToLower(label))
	return err == nil && fits
}

// reactionNames are the reactions there are on GitHub.
var reactionNames = []string{"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"}

// Check holds the words of the rules against the model; name is that of the file.
func (m *Mapping) Check(name string, catalog *schema.Catalog) error {
	for i, r := range m.Issues.Labels {
		at := fmt.Sprintf("label %d: ", i+1)
		for enum, value := range map[string]string{"TopicKind": r.Kind, "TopicStatus": r.Status} {
			if words := catalog.Enum(enum).Values; value != "" && !slices.Contains(words, value) {
				return loader.Problem{File: name, Message: at + "there is no " + enum + " " + value, Hint: "right is one of " + strings.Join(words, ", ")}
			}
		}
		if _, err := path.Match(r.Label, ""); err != nil || r.Label == "" {
			return loader.Problem{File: name, Message: at + "has no label that can be read", Hint: `right is label: with a name or a pattern such as "area/*"`}
		}
	}
	for reaction := range m.Issues.Reactions {
		if !slices.Contains(reactionNames, reaction) {
			return loader.Problem{File: name, Message: "there is no reaction " + reaction, Hint: "right is one of " + strings.Join(reactionNames, ", ")}
		}
	}
	return nil
}

// atoms are the levels that labels stand for.
func (s *Issues) atoms() []access.Atom {
	var out []access.Atom
	for _, r := range s.Labels {
		if r.Level != "" {
			out = append(out, access.Atom{Level: r.Level, Audience: r.Audience})
		}
	}
	return out
}
