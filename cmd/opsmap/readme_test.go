package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write the answers into README.md and docs; read the diff before you commit it")

// example is a question of a document with its answer.
var example = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```")

// TestReadme asks the questions of the README again.
func TestReadme(t *testing.T) { askDocument(t, "README.md", 6) }

// TestQueries asks those of the document about queries.
func TestQueries(t *testing.T) { askDocument(t, filepath.Join("docs", "queries.md"), 5) }

// TestMeetups asks those of the document about meetups.
func TestMeetups(t *testing.T) { askDocument(t, filepath.Join("docs", "meetups.md"), 2) }

// askDocument asks the questions of a document, at least so many, and holds the
// answers against those that stand there.
func askDocument(t *testing.T, name string, least int) {
	t.Helper()
	path := filepath.Join("..", "..", name)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	examples := example.FindAllSubmatchIndex(text, -1)
	if len(examples) < least {
		t.Fatalf("%s has %d questions with answers, %d are promised", name, len(examples), least)
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
