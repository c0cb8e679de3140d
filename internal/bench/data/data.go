// Package data makes the community that opsmap is measured on. It is the same
// one every time: nothing in it is random but by a fixed function of a record's
// number, so every subject of a benchmark holds the same records.
package data

import (
	"fmt"
	"iter"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// Size is how many records of each type there are. Beside them there are always
// five layers and the five levels of the Traffic Light Protocol.
type Size struct{ Providers, Persons, Practices, Topics, Notes int }

// Of is the community of a scale: 46,060 records and 132,000 links at 1, which is
// already ten times what a large community has.
func Of(scale int) Size {
	return Size{Providers: 50 * scale, Persons: 500 * scale, Practices: 1500 * scale, Topics: 4000 * scale, Notes: 40_000 * scale}
}

const (
	levels = 5
	layers = 5
	// parents is how many topics have none above them: the first ones.
	parents = 3 // in 8
)

// Nodes is the number of records.
func (s Size) Nodes() int {
	return levels + layers + s.Providers + s.Persons + s.Practices + s.Topics + s.Notes
}

// Links is the number of links.
func (s Size) Links() int {
	return s.Practices + 2*s.Topics + (s.Topics - s.roots()) + 3*s.Notes
}

func (s Size) roots() int { return s.Topics * parents / 8 }

// Source says everything in it.
const Source = "bench:community"

// At is when all of it was written, and the instant the benchmark asks about.
var At = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// Statements says the whole community; whatever is linked to comes first.
func (s Size) Statements() iter.Seq[record.Statement] {
	return func(yield func(record.Statement) bool) {
		for _, part := range []struct {
			n    int
			make func(int) record.Statement
		}{
			{levels, level}, {layers, layer}, {s.Providers, provider}, {s.Persons, person},
			{s.Practices, practice}, {s.Topics, s.topic}, {s.Notes, s.note},
		} {
			for i := range part.n {
				if !yield(part.make(i)) {
					return
				}
			}
		}
	}
}

// Key of the i-th record of a type.
func Key(typ string, i int) string {
	return fmt.Sprintf("%s-%06d", map[string]string{
		"Layer": "layer", "Provider": "provider", "Person": "person", "Practice": "practice", "Topic": "topic", "PortabilityNote": "note",
	}[typ], i)
}

func id(typ string, i int) record.ID { return record.ID{Type: typ, Key: Key(typ, i)} }

// mixed spreads numbers evenly and always in the same way; salt makes the choices
// for one record independent of each other.
func mixed(i, salt, n int) int {
	x := uint64(i)*0x9e3779b97f4a7c15 + uint64(salt)*0xbf58476d1ce4e5b9
	x ^= x >> 31
	x *= 0x94d049bb133111eb
	x ^= x >> 29
	return int(x % uint64(n))
}

func says(id record.ID, class access.Class, fields map[string]any, links map[string][]record.ID) record.Statement {
	if id.Type != "ConfidentialityLevel" {
		line := int64(1 + len(id.Key)*7)
		fields["sources"] = []any{record.Object{"https://github.com/example/open-operations", id.Key[:4] + "/" + id.Key + ".md", line, nil, "ISSUE"}}
	}
	return record.Statement{Source: Source, ID: id, Fields: fields, Links: links, Class: class}
}

// opened are classes that everybody may see by now, as a community collects them:
// what is clear, and what was under one embargo or another.
var opened = func() []access.Class {
	out := []access.Class{access.NewClass(access.Atom{Level: "clear"})}
	for i := range 7 {
		out = append(out, access.NewClass(access.Atom{Level: "amber", Conditions: []access.Condition{{
			Reason: "until it is fixed everywhere", Until: At.AddDate(0, -1-i, 0), Then: "clear",
		}}}))
	}
	return out
}()

// hidden is the class of what an anonymous viewer may not see.
var hidden = access.NewClass(access.Atom{Level: "amber"})

// class of a topic or a note: one in fifty is hidden.
func class(i, salt int) access.Class {
	switch n := mixed(i, salt, 50); {
	case n == 0:
		return hidden
	case n < len(opened):
		return opened[n]
	}
	return opened[0]
}
