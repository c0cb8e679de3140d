package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write the answers into README.md; read the diff before you commit it")

// example is a question of the README with its answer.
var example = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```")

// TestReadme asks the questions of the README again.
func TestReadme(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	examples := example.FindAllSubmatchIndex(text, -1)
	if len(examples) < 6 {
		t.Fatalf("the README has %d questions with answers, six are promised", len(examples))
	}
	var rewritten []byte
	last := 0
	for _, at := range examples {
		question, want := string(text[at[2]:at[3]]), string(text[at[4]:at[5]])
		got, code := ask(t, "query", question)
		if code != exitOK {
			t.Fatalf("%s\nexit %d\n%s", question, code, got)
		}
		if !*update && got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", question, got, want)
		}
		rewritten = append(append(rewritten, text[last:at[4]]...), got...)
		last = at[5]
	}
	if *update {
		if err := os.WriteFile(path, append(rewritten, text[last:]...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
