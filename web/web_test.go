package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

func TestQuestions(t *testing.T) {
	questions := Questions()
	if len(questions) < 10 {
		t.Fatalf("%d questions, wanted about ten or more", len(questions))
	}
	seen := map[string]bool{}
	for _, q := range questions {
		if seen[q.Name] {
			t.Errorf("two questions are named %s", q.Name)
		}
		seen[q.Name] = true
		if !strings.HasSuffix(q.Text, "?") {
			t.Errorf("%s is no question: %q", q.Name, q.Text)
		}
		if !strings.Contains(q.Document, "query "+q.Name) {
			t.Errorf("the document of %s does not hold it", q.Name)
		}
	}
}

// Without a build there is nothing to look at but the placeholder; with one, the
// pages must find all they ask for here.
func TestFiles(t *testing.T) {
	files, built := Files()
	if !built {
		if _, err := fs.Stat(files, ".gitkeep"); err != nil {
			t.Error(err)
		}
		t.Log("the pages are not built: npm run build in web/ builds them")
		return
	}
	asset := regexp.MustCompile(`(?:src|href)="\./(assets/[^"]+)"`)
	for _, page := range []string{"index.html", "playground.html"} {
		html, err := fs.ReadFile(files, page)
		if err != nil {
			t.Fatal(err)
		}
		assets := asset.FindAllSubmatch(html, -1)
		if len(assets) == 0 {
			t.Errorf("%s loads no assets", page)
		}
		for _, match := range assets {
			if _, err := fs.Stat(files, string(match[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
		for _, q := range Questions() {
			if page == "index.html" && !strings.Contains(string(html), "playground?question="+q.Name) {
				t.Errorf("the start page does not link to %s: build it again", q.Name)
			}
		}
	}
}
