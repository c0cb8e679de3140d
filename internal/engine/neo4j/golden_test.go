package neo4j_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"golang.org/x/tools/txtar"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/enginetest"
	"github.com/open-operations/opsmap/internal/plan"
)

// A golden is an operation, the statements it becomes, one for each root, and
// what Neo4j's plan for them has to have and must not have ("not …").
type golden struct {
	file    string
	archive *txtar.Archive
}

func (g *golden) section(name string) string {
	for _, f := range g.archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func goldens(t *testing.T) []golden {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no goldens: %v", err)
	}
	var out []golden
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, golden{file, archive})
	}
	return out
}

// plan compiles the operation of a golden.
func (g *golden) plan(t *testing.T) *plan.Plan {
	t.Helper()
	c := catalog(t)
	doc, errs := gqlparser.LoadQueryWithRules(c.Served, g.section("query.graphql"), rules.NewDefaultRules())
	if errs != nil {
		t.Fatal(errs)
	}
	op, err := compile.Compile(compile.Request{
		Catalog: c, Document: doc, Operation: doc.Operations[0], Viewer: access.Viewer{Clearance: "green"}, Now: at(0),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range op.Fields {
		if f.Err != nil {
			t.Fatal(f.Err)
		}
	}
	return op.Plan
}

func TestGoldens(t *testing.T) {
	for _, g := range goldens(t) {
		t.Run(strings.TrimSuffix(filepath.Base(g.file), ".txtar"), func(t *testing.T) {
			var texts []string
			for _, r := range g.plan(t).Roots {
				text, err := neo4j.Explain(r)
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, text)
			}
			got := strings.Join(texts, "\n\n") + "\n"
			if want := g.section("cypher"); got != want && !*enginetest.Update {
				t.Errorf("the statement is\n%s\nand was\n%s", got, want)
			}
			if *enginetest.Update {
				g.write(t, got)
			}
		})
	}
}

func (g *golden) write(t *testing.T, text string) {
	t.Helper()
	for i := range g.archive.Files {
		if f := &g.archive.Files[i]; f.Name == "cypher" {
			f.Data = []byte(text)
		}
	}
	if err := os.WriteFile(g.file, txtar.Format(g.archive), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPlans asks Neo4j how it answers each golden: that it takes the statement at
// all, and that it uses the indexes. It chooses by how much there is of
// everything, so the store is not empty.
func TestPlans(t *testing.T) {
	w := newWorld(t)
	w.say(some(200)...)
	config := neo4jtest.Config(t, w.catalog)
	neo4jtest.Query(t, config, "CALL db.resampleOutdatedIndexes()", nil)
	neo4jtest.Query(t, config, "CALL db.awaitIndexes(60)", nil)
	// The server of the tests keeps plans, also those it made when there was nothing.
	neo4jtest.Query(t, config, "CALL db.clearQueryCaches()", nil)
	for _, g := range goldens(t) {
		t.Run(strings.TrimSuffix(filepath.Base(g.file), ".txtar"), func(t *testing.T) {
			p := g.plan(t)
			for _, r := range p.Roots {
				text, params, err := neo4j.Bound(p, r)
				if err != nil {
					t.Fatal(err)
				}
				explained := neo4jtest.Profile(t, config, text, params)
				for want := range strings.SplitSeq(strings.TrimSpace(g.section("plan")), "\n") {
					word, not := strings.CutPrefix(want, "not ")
					if strings.Contains(explained, word) == not {
						t.Errorf("%q in\n%s\n%s", want, text, explained)
					}
				}
			}
		})
	}
}
