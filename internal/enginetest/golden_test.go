package enginetest

import (
	"io/fs"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestUpdateKeepsAnswers writes every section that is made anew, as -update does, and
// finds all others as they were: above all an answer that is wrong.
func TestUpdateKeepsAnswers(t *testing.T) {
	files, err := fs.Glob(testdata, "testdata/cases/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	goldens := 0
	for _, file := range files {
		before, err := testdata.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := readCase(Catalog(t), file)
		if err != nil {
			t.Fatal(err)
		}
		var now []golden
		for _, s := range c.steps {
			for _, g := range s.goldens {
				now = append(now, golden{g.place, g.name, "something else"})
			}
		}
		goldens += len(now)
		text, err := rewritten(before, now)
		if err != nil {
			t.Fatal(err)
		}
		was, is := txtar.Parse(before), txtar.Parse(text)
		for i, f := range was.Files {
			if same := string(f.Data) == string(is.Files[i].Data); same == (made[f.Name] != nil) {
				t.Errorf("%s: section %d, %s, written anew: %v", file, i, f.Name, !same)
			}
		}
	}
	if goldens == 0 {
		t.Error("no case has a plan")
	}
}

// TestUpdateRefusesAnswers asks for what -update must never do.
func TestUpdateRefusesAnswers(t *testing.T) {
	text := []byte("-- query.graphql --\n{ a }\n-- answer.json --\n{}\n-- plan --\nold\n")
	for _, g := range []golden{{1, "answer.json", "{1}"}, {1, "plan", "new"}, {3, "plan", "new"}} {
		if out, err := rewritten(text, []golden{g}); err == nil {
			t.Errorf("section %d of %q became\n%s", g.place, g.name, out)
		}
	}
}
