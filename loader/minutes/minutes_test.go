package minutes_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader/minutes"
)

// shared is where files lie that may be read but not kept here: real minutes under a licence against changes.
const shared = "../../../shared/data/minutes"

// TestFixtures reads invented minutes in the styles of several communities; what they hold was written by hand.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) < 8 {
		t.Fatalf("fixtures: %v, %v", files, err)
	}
	all := scores{}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			compare(t, file, file, strings.TrimSuffix(file, ".md")+".json", all)
		})
	}
	t.Logf("%d files\n%s", len(files), all)
}

// TestExpectedOfTheSeed holds the parser to the one result that the rules' authors gave.
func TestExpectedOfTheSeed(t *testing.T) {
	want := filepath.Join(shared, "openops-20230612.expected.json")
	if _, err := os.Stat(want); err != nil {
		t.Skipf("the seed minutes are not here: %v", err)
	}
	all := scores{}
	compare(t, filepath.Join(shared, "openops-20230612.md"), "openops/20230612.md", want, all)
	t.Logf("\n%s", all)
}

// compare wants exactly the same JSON, fields that are left out included.
func compare(t *testing.T, file, path, expected string, all scores) {
	t.Helper()
	doc := parseFile(t, file, path)
	want, err := os.ReadFile(expected)
	if err != nil {
		t.Fatal(err)
	}
	var gold minutes.Document
	if err := json.Unmarshal(want, &gold); err != nil {
		t.Fatal(err)
	}
	for _, d := range all.add(doc, &gold) {
		t.Error(d)
	}
	var got bytes.Buffer
	if err := minutes.Write(&got, doc); err != nil {
		t.Fatal(err)
	}
	if strings.Count(got.String(), "\n") != 1 {
		t.Error("a document is not one line")
	}
	gotFields, wantFields := fields(t, got.Bytes()), fields(t, want)
	delete(wantFields, "source") // says where the gold file came from, not what is in it
	for name := range gotFields {
		if _, ok := wantFields[name]; !ok {
			t.Errorf("field %s is not wanted", name)
		}
	}
	for name, value := range wantFields {
		if !reflect.DeepEqual(gotFields[name], value) {
			t.Errorf("%s:\n got %v\nwant %v", name, gotFields[name], value)
		}
	}
}

func parseFile(t *testing.T, file, path string) *minutes.Document {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := minutes.Parse(path, text)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func fields(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRealFiles reads what real people wrote and checks what holds of any document.
func TestRealFiles(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "*.md"))
	if len(files) == 0 {
		t.Skip("the real minutes are not here")
	}
	for _, file := range files {
		doc := parseFile(t, file, filepath.Base(file))
		if doc.Date == "" || doc.DateConflict {
			t.Errorf("%s: date %q from %q, conflict %t", file, doc.Date, doc.DateSource, doc.DateConflict)
		}
		coherent(t, doc)
	}
}

// coherent checks what holds of every document: lines grow, parents come first and lie one deeper, no line is both.
func coherent(t testing.TB, doc *minutes.Document) {
	t.Helper()
	used := map[int]string{}
	for _, a := range doc.ActionItems {
		used[a.Line] = "action item"
	}
	for _, o := range doc.Outcomes {
		if used[o.Line] != "" {
			t.Errorf("%s:%d is an outcome and an %s", doc.Path, o.Line, used[o.Line])
		}
		used[o.Line] = "outcome"
	}
	last := 0
	for _, topic := range doc.Topics {
		if topic.Kind == minutes.ItemTopic && used[topic.Line] != "" {
			t.Errorf("%s:%d is a topic and an %s", doc.Path, topic.Line, used[topic.Line])
		}
		if topic.Line < last || (topic.ParentLine != nil && *topic.ParentLine > topic.Line) {
			t.Errorf("%s:%d is out of order", doc.Path, topic.Line)
		}
		if topic.Depth > 0 && topic.ParentLine == nil {
			t.Errorf("%s:%d has depth %d and no parent", doc.Path, topic.Line, topic.Depth)
		}
		last = topic.Line
	}
	if len(doc.Meetings) == 0 || doc.Meetings[0].Date != doc.Date && doc.DateSource == minutes.FromHeading {
		t.Errorf("%s: meetings %v, date %s", doc.Path, doc.Meetings, doc.Date)
	}
}
