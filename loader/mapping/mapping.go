// Package mapping reads the file in which a community says, once and for all its
// loads, what its own files do not say themselves: how far they may travel, to
// which series their meetings belong, where their issues are.
//
//	files:
//	  - match: "**"                  # all files, and below for some of them
//	    level: green
//	  - match: "openops/*.md"
//	    level: clear
//	    attribution: red             # who said it stays with
//	    attributionAudience: [core]  # these groups
//	    series: open-operations
//	    repository: https://github.com/open-operations/topics
//
// What labels and reactions of issues mean stands beside it, see Issues.
package mapping

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"go.yaml.in/yaml/v4"
)

// Mapping is what a mapping file says. The zero Mapping says nothing.
type Mapping struct {
	// name of the file, for messages.
	name string
	// Files are rules in their order: of all that match a file the last one that
	// speaks of something decides it.
	Files []FileRule `yaml:"files"`
	// Issues say what labels and reactions mean.
	Issues Issues `yaml:"issues"`
}

// FileRule says something of the files it matches.
type FileRule struct {
	// Match is a pattern for the path of a file in what is loaded: * within a name,
	// ** for any number of folders.
	Match string `yaml:"match"`
	// Level and Audience of records that state none of their own.
	Level    string   `yaml:"level"`
	Audience []string `yaml:"audience"`
	// Attribution is the level of who said or did something, where that travels less
	// far than what was said: the Chatham House Rule.
	Attribution         string   `yaml:"attribution"`
	AttributionAudience []string `yaml:"attributionAudience"`
	// Series is the key of the series that meetings belong to.
	Series string `yaml:"series"`
	// Repository is the address that #12 is an issue of.
	Repository string `yaml:"repository"`
}

// Parse reads a mapping file; name is what messages call it.
func Parse(name string, content []byte) (*Mapping, error) {
	m := Mapping{name: name}
	if p := files.NotText(content); p != nil {
		p.File = name
		return nil, *p
	}
	if err := yaml.Load(bytes.TrimPrefix(content, []byte("\ufeff")), &m, yaml.WithKnownFields()); err != nil {
		return nil, problemOf(name, err)
	}
	if p := strayIn(content); p != nil {
		p.File = name
		return nil, *p
	}
	for i := range m.Files {
		if message, hint := m.Files[i].mistake(); message != "" {
			return nil, m.problem(i, message, hint)
		}
	}
	for i, r := range m.Issues.Labels {
		if r.Level == "" && len(r.Audience) > 0 {
			return nil, loader.Problem{File: name, Message: fmt.Sprintf("label %d: names an audience and no level", i+1), Hint: rightAudience}
		}
	}
	return &m, nil
}

// strayIn is the problem that a value of a mapping holds a control character, written
// as an escape; nil for none.
func strayIn(content []byte) *loader.Problem {
	var root yaml.Node
	if err := yaml.Load(content, &root); err != nil {
		return nil //nolint:nilerr // it was read before
	}
	var in func(n *yaml.Node) *loader.Problem
	in = func(n *yaml.Node) *loader.Problem {
		for _, r := range n.Value {
			if n.Kind == yaml.ScalarNode && unicode.IsControl(r) {
				return &loader.Problem{Line: n.Line, Column: n.Column, Message: fmt.Sprintf("holds the control character U+%04X", r), Hint: "right is text without it"}
			}
		}
		for _, child := range n.Content {
			if p := in(child); p != nil {
				return p
			}
		}
		return nil
	}
	return in(&root)
}

// problem with a rule.
func (m *Mapping) problem(rule int, message, hint string) loader.Problem {
	return loader.Problem{File: m.name, Message: fmt.Sprintf("rule %d: %s", rule+1, message), Hint: hint}
}

const rightAudience = "right is the level too: groups limit who may see what has a level"

// mistake is what is wrong with a rule by itself, and what would be right; empty for
// nothing.
func (r *FileRule) mistake() (message, hint string) {
	switch {
	case r.Match == "":
		return "has no match", `right is match: with a pattern such as "openops/*.md"`
	case !valid(r.Match):
		return "the pattern " + r.Match + " cannot be read", `right is a pattern such as "openops/*.md" or "**"`
	case r.Level == "" && len(r.Audience) > 0:
		return "names an audience and no level", rightAudience
	case r.Attribution == "" && len(r.AttributionAudience) > 0:
		return "names an attributionAudience and no attribution", rightAudience
	case r.Repository != "" && !text.IsWebAddress(r.Repository):
		return fmt.Sprintf("the repository %q is no address", r.Repository), "right is https://github.com/owner/name"
	}
	return "", ""
}

// Idle are warnings of the rules that match none of the paths, which is seldom meant:
// a level that is not given is one that files are believed to have.
func (m *Mapping) Idle(paths []string) loader.Problems {
	var out loader.Problems
	for i, r := range m.Files {
		if len(paths) > 0 && !slices.ContainsFunc(paths, func(path string) bool { return Matches(r.Match, path) }) {
			out = append(out, m.problem(i, "the pattern "+r.Match+" matches no file of this load",
				"paths begin below the folder that is loaded, such as "+paths[0]))
		}
	}
	return out
}

// Series are the keys of the series that rules give to files among paths, each with
// the problem that it is one that there is not.
func (m *Mapping) Series(paths []string) map[string]loader.Problem {
	out := map[string]loader.Problem{}
	for i, r := range m.Files {
		if _, have := out[r.Series]; r.Series != "" && !have && slices.ContainsFunc(paths, func(path string) bool { return Matches(r.Match, path) }) {
			out[r.Series] = m.problem(i, fmt.Sprintf("there is no series %q", r.Series), "right is the key of one: opsmap query '{ seriesList { nodes { key } } }' lists them")
		}
	}
	return out
}

// Atoms are the levels and audiences that the rules name, to be held against the
// ladder of a store.
func (m *Mapping) Atoms() []access.Atom {
	var out []access.Atom
	for _, r := range m.Files {
		if r.Level != "" {
			out = append(out, access.Atom{Level: r.Level, Audience: r.Audience})
		}
		if r.Attribution != "" {
			out = append(out, access.Atom{Level: r.Attribution, Audience: r.AttributionAudience})
		}
	}
	return append(out, m.Issues.atoms()...)
}

// Apply says of a file what the rules say.
func (m *Mapping) Apply(f *loader.File) {
	level, attribution := access.Atom{}, access.Atom{}
	for _, r := range m.Files {
		if !Matches(r.Match, f.Path) {
			continue
		}
		if r.Level != "" {
			level = access.Atom{Level: r.Level, Audience: r.Audience}
		}
		if r.Attribution != "" {
			attribution = access.Atom{Level: r.Attribution, Audience: r.AttributionAudience}
		}
		if r.Series != "" {
			f.Series = r.Series
		}
		if r.Repository != "" {
			f.Repository = r.Repository
		}
	}
	if level.Level != "" {
		f.Unlabelled = false
		f.Class, f.Attribution = access.NewClass(level), access.NewClass(level)
	}
	if attribution.Level != "" {
		f.Attribution = access.NewClass(attribution)
	}
}

func valid(pattern string) bool {
	return !slices.ContainsFunc(strings.Split(pattern, "/"), func(part string) bool {
		_, err := path.Match(part, "")
		return err != nil
	})
}

// Matches reports whether a path fits a pattern, part by part.
func Matches(pattern, name string) bool {
	return match(strings.Split(pattern, "/"), strings.Split(name, "/"))
}

// match goes back to the last ** only: what an earlier one could skip, that one can.
func match(pattern, name []string) bool {
	at, star, from := 0, -1, 0
	for i := 0; i < len(name); {
		switch {
		case at < len(pattern) && pattern[at] == "**":
			star, from = at, i
			at++
		case at < len(pattern) && fits(pattern[at], name[i]):
			at++
			i++
		case star >= 0:
			from++
			at, i = star+1, from
		default:
			return false
		}
	}
	for at < len(pattern) && pattern[at] == "**" {
		at++
	}
	return at == len(pattern)
}

func fits(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}
