package compile_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the plans in testdata from what compile makes; read the diff before you commit it")

// TestPlans compiles the operation of each file in testdata and compares the plan,
// or the errors, with those the file holds.
func TestPlans(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases in testdata")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := compiled(t, catalog, section(archive, "query.graphql"), section(archive, "variables.json"))
			if *update {
				setSection(archive, "plan", got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := section(archive, "plan"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// compiled is the plan as text, with its params, and the errors of its fields.
func compiled(t *testing.T, catalog *schema.Catalog, query, variables string) string {
	t.Helper()
	doc, errs := gqlparser.LoadQueryWithRules(catalog.Served, query, rules.NewDefaultRules())
	if errs != nil {
		t.Fatal(errs)
	}
	request := compile.Request{Catalog: catalog, Document: doc, Operation: doc.Operations[0], Now: time.Unix(0, 0).UTC()}
	if variables != "" {
		dec := json.NewDecoder(strings.NewReader(variables))
		dec.UseNumber()
		if err := dec.Decode(&request.Variables); err != nil {
			t.Fatal(err)
		}
	}
	op, failed := compile.Compile(request)
	if failed != nil {
		at := ""
		if len(failed.Path) > 0 {
			at = " at " + failed.Path.String()
		}
		return fmt.Sprintf("error %s%s: %s\n", failed.Extensions["code"], at, failed.Message)
	}
	var b bytes.Buffer
	b.WriteString(plan.Format(op.Plan))
	for i, p := range op.Plan.Params {
		fmt.Fprintf(&b, "$%d %T %v\n", i, p, p)
	}
	for _, f := range op.Fields {
		if f.Err != nil {
			fmt.Fprintf(&b, "error %s at %s: %s\n", f.Err.Extensions["code"], f.Err.Path, f.Err.Message)
		}
	}
	return b.String()
}

func section(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func setSection(a *txtar.Archive, name, text string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(text)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
}
