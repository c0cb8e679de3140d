package enginetest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"golang.org/x/tools/txtar"
)

// A case is a txtar file whose sections are read from top to bottom:
//
//	world           the map, as in worldtext.go; "base" alone is testdata/base.txt
//	viewer.json     clearance, groups, allSeeing of who asks from here on; at first
//	                nobody in particular
//	now             the clock from here on; at first 2026-06-01T12:00:00Z
//	query.graphql   the operation to ask from here on
//	variables.json  its variables for the next answer; "@endCursor" is the value of
//	                endCursor in the answer before, and so for other keys
//	answer.json     asks, and holds the answer against this, spelled out by hand
//	lists           lines of "topics(where: …) => keys of the nodes", "=> !CODE" for
//	                an error; lines of "viewer …" and "now …" in between
//	apply           a changeset, which comes back as the section "outcome" says, if
//	                there is one: "revision 2; created 1", "revision 2; known", or
//	                "!CODE" and words that the error has to have
//	log             the change log: revision, id, actor, time and records, a line each
//	plan, cypher    what the program makes of the question answered before: its plans,
//	                and the statement for each root of them; written by -update
//
// Cursors are shown by their values ("cursor [7,\"etcd\"]"), errors by code and path.

//go:embed testdata
var testdata embed.FS

// corpusCase is a file of the corpus.
type corpusCase struct {
	name, comment, world string
	steps                []step
}

// step is a question with the answer that is right, a changeset with its outcome,
// or the change log.
type step struct {
	question
	line, want string

	change       *record.Changeset
	outcome, log string
	goldens      []golden
}

// writes reports whether the case changes the map.
func (c *corpusCase) writes() bool {
	return slices.ContainsFunc(c.steps, func(s step) bool { return s.change != nil })
}

// corpus reads all cases.
func corpus(t testing.TB) []corpusCase {
	t.Helper()
	files, err := fs.Glob(testdata, "testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no cases: %v", err)
	}
	var out []corpusCase
	for _, file := range files {
		c, err := readCase(Catalog(t), file)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, c)
	}
	return out
}

func readCase(catalog *schema.Catalog, file string) (corpusCase, error) {
	b, err := testdata.ReadFile(file)
	if err != nil {
		return corpusCase{}, err
	}
	archive := txtar.Parse(b)
	r := caseReader{catalog: catalog, question: question{now: noon}}
	r.out = corpusCase{name: strings.TrimSuffix(path.Base(file), ".txtar"), comment: string(archive.Comment)}
	for place, section := range archive.Files {
		text := strings.TrimRight(string(section.Data), "\n")
		if made[section.Name] != nil {
			err = r.golden(golden{place, section.Name, text})
		} else {
			err = r.section(section.Name, text)
		}
		if err != nil {
			return r.out, fmt.Errorf("%s: %w", section.Name, err)
		}
	}
	if len(r.out.steps) == 0 {
		return r.out, fmt.Errorf("it asks nothing")
	}
	return r.out, nil
}

type caseReader struct {
	question
	catalog *schema.Catalog
	out     corpusCase
	changes int
}

func (r *caseReader) section(name, text string) (err error) {
	switch name {
	case "world":
		return r.world(text)
	case "viewer.json":
		r.viewer, err = parseViewer(text)
	case "now":
		r.now, err = time.Parse(time.RFC3339, text)
	case "query.graphql":
		r.query, r.variables = text, ""
	case "variables.json":
		r.variables = text
	case "answer.json":
		var want bytes.Buffer
		err = json.Compact(&want, []byte(text))
		r.out.steps = append(r.out.steps, step{question: r.question, want: want.String()})
		r.variables = ""
	case "lists":
		for line := range strings.SplitSeq(text, "\n") {
			if err := r.list(strings.TrimSpace(line)); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
		}
	case "apply":
		return r.apply(text)
	case "outcome":
		if len(r.out.steps) == 0 || r.out.steps[len(r.out.steps)-1].change == nil {
			return fmt.Errorf("it does not follow a changeset")
		}
		r.out.steps[len(r.out.steps)-1].outcome = text
	case "log":
		r.out.steps = append(r.out.steps, step{log: text})
	default:
		err = fmt.Errorf("no such section")
	}
	return err
}

// golden puts a section that was made to the question answered before it.
func (r *caseReader) golden(g golden) error {
	if len(r.out.steps) == 0 || r.out.steps[len(r.out.steps)-1].query == "" {
		return fmt.Errorf("it does not follow an answer")
	}
	last := &r.out.steps[len(r.out.steps)-1]
	last.goldens = append(last.goldens, g)
	return nil
}

func (r *caseReader) world(text string) error {
	if text == "base" {
		b, err := testdata.ReadFile("testdata/base.txt")
		if err != nil {
			return err
		}
		text = string(b)
	}
	changes, err := parseWorld(r.catalog, text, 0)
	r.out.world, r.changes = text, len(changes)
	return err
}

func (r *caseReader) apply(text string) error {
	changes, err := parseWorld(r.catalog, text, r.changes)
	for _, c := range changes {
		r.out.steps = append(r.out.steps, step{change: c})
	}
	r.changes += len(changes)
	return err
}

func parseViewer(text string) (access.Viewer, error) {
	var v struct {
		Clearance string
		Groups    []string
		AllSeeing bool
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(&v)
	return access.Viewer{Clearance: v.Clearance, Groups: v.Groups, AllSeeing: v.AllSeeing, Role: access.Reader}, err
}

// list reads a line of a lists section.
func (r *caseReader) list(line string) (err error) {
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	if text, ok := strings.CutPrefix(line, "viewer "); ok {
		r.viewer, err = parseViewer(text)
		return err
	}
	if text, ok := strings.CutPrefix(line, "now "); ok {
		r.now, err = time.Parse(time.RFC3339, text)
		return err
	}
	field, keys, found := strings.Cut(line, "=>")
	if !found {
		return fmt.Errorf("there is no =>")
	}
	s := step{question: r.question, line: line}
	keys = strings.TrimSpace(keys)
	if code, mistake := strings.CutPrefix(keys, "!"); mistake {
		s.query = "{ rows: " + strings.TrimSpace(field) + " { nodes { key } } }"
		s.want = fmt.Sprintf(`{"errors":[{"code":%q,"path":["rows"]}],"data":{"rows":null}}`, code)
		r.out.steps = append(r.out.steps, s)
		return nil
	}
	nodes := []string{}
	words, err := splitWords(keys)
	for _, key := range words {
		nodes = append(nodes, `{"key":`+jsonText(key)+`}`)
	}
	rows := `"nodes":[` + strings.Join(nodes, ",") + "]"
	paged := regexp.MustCompile(`\b(first|last|after|before):`).MatchString(field)
	if paged {
		s.query = "{ rows: " + strings.TrimSpace(field) + " { nodes { key } } }"
		s.want = `{"data":{"rows":{` + rows + `}}}`
	} else {
		s.query = "{ rows: " + strings.TrimSpace(field) + " { totalCount nodes { key } } }"
		s.want = fmt.Sprintf(`{"data":{"rows":{"totalCount":%d,%s}}}`, len(nodes), rows)
	}
	r.out.steps = append(r.out.steps, s)
	return err
}
