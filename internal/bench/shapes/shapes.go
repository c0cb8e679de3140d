// Package shapes are the questions that opsmap is measured with: the four of the
// design, and a filtered count, a search, a page deep in a list and a filter by a
// part of a text.
package shapes

import (
	"github.com/open-operations/opsmap/internal/bench/data"
)

// Shape is one question, asked with several values so that no answer is simply
// the last one again.
type Shape struct {
	// Name is a letter, What says it in a few words.
	Name, What string
	// Query is the document in opsmap's schema.
	Query string
	// Variables of each variant.
	Variables []map[string]any
}

// variants is how many values a shape that has any is asked with.
const variants = 64

// All shapes over a community. The cursors of G are not known before somebody has
// read that far; see Deep.
func All(size data.Size) []Shape {
	return []Shape{
		{
			Name: "A", What: "50 topics by votes, two to-one links", Variables: none,
			Query: `{ topics(first: 50, orderBy: [{votes: DESC}]) { nodes { key title votes parent { key title } raisedBy { key name } } } }`,
		},
		{
			Name: "B", What: "notes between two providers, 3 hops", Variables: pairs(size),
			Query: `query($from: String!, $to: String!) { portabilityNotes(where: {from: {key: {eq: $from}}, to: {key: {eq: $to}}}) { nodes { key verdict practice { key title layers(first: 5) { nodes { key name } } } } } }`,
		},
		{
			Name: "C", What: "10 topics by votes, 4 levels", Variables: none,
			Query: `{ topics(first: 10, orderBy: [{votes: DESC}]) { nodes { key title summary votes practices(first: 5) { nodes { key title summary portabilityNotes(first: 20) { nodes { key verdict from { key name } to { key name } } } } } } } }`,
		},
		{
			Name: "D", What: "one topic by key, two to-one links", Variables: keys(size),
			Query: `query($key: String!) { topic(key: $key) { key title votes parent { key title } raisedBy { key name } } }`,
		},
		{
			Name: "E", What: "a filtered count over all notes", Variables: days(),
			Query: `query($verdicts: [Verdict!], $since: Date) { portabilityNotes(where: {verdict: {in: $verdicts}, observedOn: {gte: $since}}) { totalCount } }`,
		},
		{
			Name: "F", What: "a search: the best 20 topics for some words, and how many match", Variables: words(),
			Query: `query($text: String!) { topics(search: $text, first: 20) { totalCount nodes { key title } } }`,
		},
		{
			Name: "G", What: "a page deep in all topics by votes", Variables: nil,
			Query: `query($after: String!) { topics(first: 20, after: $after, orderBy: [{votes: DESC}]) { edges { cursor node { key title votes } } pageInfo { hasNextPage endCursor } } }`,
		},
		{
			Name: "H", What: "20 topics whose title contains a text, and how many", Variables: texts(),
			Query: `query($text: String!) { topics(where: {title: {contains: $text}}, first: 20) { totalCount nodes { key title } } }`,
		},
	}
}

// Walk is the question whose answers give the cursors of shape G: it is asked
// again and again with the cursor it ended with.
const Walk = `query($after: String) { topics(first: 100, after: $after, orderBy: [{votes: DESC}]) { edges { cursor } pageInfo { endCursor } } }`

var none = []map[string]any{{}}

func made(of func(i int) map[string]any) []map[string]any {
	out := make([]map[string]any, variants)
	for i := range out {
		out[i] = of(i)
	}
	return out
}

func pairs(size data.Size) []map[string]any {
	return made(func(i int) map[string]any {
		from := (i * 7) % size.Providers
		return map[string]any{"from": data.Key("Provider", from), "to": data.Key("Provider", (from+1+i%49)%size.Providers)}
	})
}

func keys(size data.Size) []map[string]any {
	return made(func(i int) map[string]any {
		return map[string]any{"key": data.Key("Topic", (i*997+13)%size.Topics)}
	})
}

func days() []map[string]any {
	verdicts := [][]string{{"ADAPT", "REWORK"}, {"BLOCKED"}, {"UNCHANGED", "ADAPT"}, {"REWORK"}}
	since := []string{"2023-07-01", "2024-01-01", "2024-09-15", "2025-03-01"}
	return made(func(i int) map[string]any {
		return map[string]any{"verdicts": verdicts[i%4], "since": since[i/4%4]}
	})
}

func words() []map[string]any {
	words := []string{"etcd outage", "ceph upgrade", "gpu quotas", "rotate certificates", "control plane audit", "load balancers", "keystone tokens", "case 3999"}
	return made(func(i int) map[string]any { return map[string]any{"text": words[i%len(words)]} })
}

func texts() []map[string]any {
	words := []string{"etcd", "outage", "Ceph", "Überwache", "quotas after a disk", "Debug", "zone went", "case 39"}
	return made(func(i int) map[string]any { return map[string]any{"text": words[i%len(words)]} })
}
