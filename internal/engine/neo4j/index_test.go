package neo4j_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/plan"
)

// deepInAList goes on from a cursor.
const deepInAList = "deep in a list"

// lookUps are questions that an index should serve, so that they cost the same in a
// large community. Those with a reason scan all the same; one that no longer does
// has to lose its reason.
var lookUps = []struct{ name, query, scans string }{
	{"by key", `{ topic(key: "a") { title } }`, ""},
	{"by key of an interface", `{ platform(key: "a") { name } }`, ""},
	{"by id", `{ node(id: "Topic:a") { ... on Topic { title } } }`, ""},
	{"by ids", `{ nodes(ids: ["Topic:a", "Topic:b"]) { ... on Topic { title } } }`, ""},
	{"filter by key", `{ topics(where: {key: {in: ["a", "b"]}}) { nodes { title } } }`, ""},
	{"filter by the key at the end of a link", `{ topics(where: {layers: {some: {key: {eq: "a"}}}}) { totalCount } }`, ""},
	{"filter by the keys at the ends of two links", `{ portabilityNotes(where: {from: {key: {eq: "a"}}, to: {key: {eq: "b"}}}) { nodes { verdict } } }`, ""},
	{"in the order of keys", `{ topics(first: 3) { nodes { title } } }`, ""},
	{"in the order of a number", `{ topics(orderBy: [{votes: DESC}], first: 3) { nodes { title } } }`, ""},
	{"filter by a number", `{ topics(where: {votes: {gt: 100}}) { nodes { title } } }`, ""},
	{deepInAList, `{ topics(first: 3) { nodes { title } } }`, ""},
	{
		"in the order of a text", `{ topics(orderBy: [{title: ASC}], first: 3) { nodes { title } } }`,
		"text of more than 8 kB does not fit into a range index, and could not be written",
	},
	{
		"filter by a text", `{ topics(where: {title: {eq: "a"}}) { totalCount } }`,
		"text of more than 8 kB does not fit into a range index, and could not be written",
	},
	{
		"in the order of a date that may be absent", `{ stories(orderBy: [{happenedOn: ASC}], first: 3) { nodes { title } } }`,
		"what has no value is in no index, and comes last",
	},
}

var (
	guardOf   = regexp.MustCompile(` AND [nr]\d+\._class IN \$open`)
	guardHead = regexp.MustCompile(`[nr]\d+\._class IN \$open AND `)
	guardOnly = regexp.MustCompile(`\s+WHERE [nr]\d+\._class IN \$open\n`)
	scanOf    = regexp.MustCompile(`(?m)^ *(NodeByLabelScan|AllNodesScan|UnionNodeByLabelsScan|PartitionedNodeByLabelScan) .*$`)
)

// TestIndexesServe asks Neo4j how it looks up, with the guard and without.
func TestIndexesServe(t *testing.T) {
	w := newWorld(t)
	w.say(some(200)...)
	config := neo4jtest.Config(t, w.catalog)
	neo4jtest.Query(t, config, "CALL db.resampleOutdatedIndexes()", nil)
	neo4jtest.Query(t, config, "CALL db.awaitIndexes(60)", nil)
	neo4jtest.Query(t, config, "CALL db.clearQueryCaches()", nil)
	for _, l := range lookUps {
		t.Run(l.name, func(t *testing.T) {
			g := golden{archive: &txtar.Archive{Files: []txtar.File{{Name: "query.graphql", Data: []byte(l.query)}}}}
			p := g.plan(t)
			for _, r := range p.Roots {
				if l.name == deepInAList {
					r.Page.After = []plan.Param{plan.Param(len(p.Params))}
					p.Params = append(p.Params, "m")
				}
				text, params, err := neo4j.Bound(p, r)
				if err != nil {
					t.Fatal(err)
				}
				free := guardOnly.ReplaceAllString(guardHead.ReplaceAllString(guardOf.ReplaceAllString(text, ""), ""), "\n")
				if strings.Contains(free, "$open") {
					t.Fatalf("the guard is still in\n%s", free)
				}
				for _, text := range []string{text, free} {
					explained := neo4jtest.Profile(t, config, text, params)
					scans := ""
					for _, line := range scanOf.FindAllString(explained, -1) {
						if !strings.Contains(line, "m:_Meta") {
							scans = strings.TrimSpace(line)
						}
					}
					switch {
					case scans != "" && l.scans == "":
						t.Errorf("%s in\n%s\n%s", scans, text, explained)
					case scans == "" && l.scans != "":
						t.Errorf("an index serves it now; it is said to scan as %s\n%s\n%s", l.scans, text, explained)
					}
				}
			}
		})
	}
}
