package main

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// issueForm is the part of GitHub's schema for issue forms that ours uses.
type issueForm struct {
	Name        string   `yaml:"name"`
	Description string   `yaml:"description"`
	Title       string   `yaml:"title"`
	Labels      []string `yaml:"labels"`
	Body        []struct {
		Type       string `yaml:"type"`
		ID         string `yaml:"id"`
		Attributes struct {
			Label       string   `yaml:"label"`
			Description string   `yaml:"description"`
			Placeholder string   `yaml:"placeholder"`
			Options     []string `yaml:"options"`
		} `yaml:"attributes"`
		Validations struct {
			Required bool `yaml:"required"`
		} `yaml:"validations"`
	} `yaml:"body"`
}

func readForm(t *testing.T) *issueForm {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", ".github", "ISSUE_TEMPLATE", "portability-note.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var f issueForm
	if err := yaml.Load(text, &f, yaml.WithKnownFields()); err != nil {
		t.Fatalf("the form holds something that forms do not have: %v", err)
	}
	return &f
}

// TestFormIsValid holds the form against the rules of GitHub.
// Source: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
func TestFormIsValid(t *testing.T) {
	f := readForm(t)
	if f.Name == "" || f.Description == "" || len(f.Body) == 0 {
		t.Error("a form needs a name, a description and a body")
	}
	id := regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	ids, labels := map[string]bool{}, map[string]bool{}
	for _, field := range f.Body {
		a := field.Attributes
		if !id.MatchString(field.ID) || ids[field.ID] || a.Label == "" || labels[a.Label] {
			t.Errorf("the field %q: an id and a label are there once", field.ID)
		}
		ids[field.ID], labels[a.Label] = true, true
		switch field.Type {
		case "input", "textarea":
			if len(a.Options) > 0 {
				t.Errorf("the field %q has options", field.ID)
			}
		case "dropdown":
			if sorted := slices.Sorted(slices.Values(a.Options)); len(sorted) == 0 || len(slices.Compact(sorted)) != len(a.Options) || slices.Contains(a.Options, "None") {
				t.Errorf("the field %q: options are there once, and none is None", field.ID)
			}
		default:
			t.Errorf("the field %q has the type %q", field.ID, field.Type)
		}
	}
}

// submitted is the body of an issue that somebody makes by a form whose address was
// given: the fields that the address fills in, and the answers typed into others.
func (f *issueForm) submitted(t *testing.T, address string, answers map[string]string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	filled := u.Query()
	var b strings.Builder
	for _, field := range f.Body {
		value := filled.Get(field.ID)
		filled.Del(field.ID)
		if answer, typed := answers[field.ID]; typed {
			value = answer
		}
		if value == "" {
			value = "_No response_"
		}
		if field.Type == "dropdown" && value != "_No response_" && !slices.Contains(field.Attributes.Options, value) {
			t.Fatalf("%s cannot be chosen for %s", value, field.ID)
		}
		b.WriteString("### " + field.Attributes.Label + "\n\n" + value + "\n\n")
	}
	for _, known := range []string{"template", "title", "labels"} {
		filled.Del(known)
	}
	if len(filled) > 0 {
		t.Errorf("%s fills in fields that the form does not have: %v", address, filled)
	}
	return strings.TrimSpace(b.String())
}

// TestFormComesBack: the address in an answer opens the form filled in, and the
// issue it makes is a note whose source is what a person saw.
func TestFormComesBack(t *testing.T) {
	form := readForm(t)
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"known.yaml": `practices:
  - {key: etcd-backup, title: Back up etcd, actor: OPERATOR, status: PREDEFINED, requires: [snapshots], unverified: true}
capabilities:
  - {key: snapshots, name: Snapshots, kind: SERVICE, unverified: true}
solutions:
  - {key: k8s, name: Kubernetes, operatedBy: SELF, unverified: true}
  - {key: nomad, name: Nomad, operatedBy: SELF, unverified: true}
`})
		loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "known.yaml"))
		address := func(question, path string) string {
			_, rest, _ := strings.Cut(mustQuery(t, env, question), `"contributeUrl": `)
			var url string
			if err := json.NewDecoder(strings.NewReader(rest)).Decode(&url); err != nil || !strings.HasPrefix(url, defaultContributeURL) {
				t.Fatalf("%s: %q %v", path, url, err)
			}
			return url
		}
		const move = `{ portability(practice: "etcd-backup", from: "k8s", to: "nomad") { contributeUrl verdict basis reasons { kind text verdict } sources { uri kind } } }`
		note := form.submitted(t, address(move, "portability"), map[string]string{
			"verdict": "BLOCKED (cannot be done there)", "reason-kind": "TECHNOLOGY", "sentence": "There is no etcd.", "link": "https://example.org/nomad",
		})
		gap := form.submitted(t, address(`{ gaps(platform: "nomad") { nodes { contributeUrl } } }`, "gaps"), map[string]string{
			"verdict": "REWORK (done anew)", "reason-kind": "PROVIDER", "sentence": "Of volumes only.",
		})
		wrong := strings.Replace(note, "to=nomad", "to=nomas", 1)
		if note = strings.Replace(note, "from=k8s to=nomad", `from="kubernetes" to=Nomad`, 1); !strings.Contains(note, "to=Nomad") {
			t.Fatalf("the form says %s", note)
		}
		load := func(wantCode int, issues string) loadReport {
			put(t, filepath.Join(root, "issues.json"), issues)
			return loadJSON(t, env, wantCode, "--level", "clear", filepath.Join(root, "issues.json"))
		}
		r := load(exitOK, "["+written(t, 1, note)+",\n"+written(t, 2, gap)+",\n"+written(t, 3, wrong)+"]")
		if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "issues.json:3: issue #3 names to=nomas, which is not on the map, so it is left out; did you mean nomad?") {
			t.Errorf("warnings %q", r.Warnings)
		}
		got := mustQuery(t, env, move)
		for _, want := range []string{
			`"verdict": "BLOCKED", "basis": "RECORDED"`, `"kind": "TECHNOLOGY", "text": "There is no etcd.", "verdict": "BLOCKED"`,
			`{ "uri": "https://github.com/open-operations/opsmap/issues/1", "kind": "EXPERIENCE" }`, `{ "uri": "https://example.org/nomad", "kind": "DOCUMENTATION" }`,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s is not in %s", want, got)
			}
		}
		if got := mustQuery(t, env, `{ offers { nodes { key state note sources { kind } } } portabilityNotes { nodes { observedOn basis } } }`); got !=
			`{ "data": { "offers": { "nodes": [ { "key": "nomad--snapshots", "state": "RESTRICTED", "note": "Of volumes only.", "sources": [ { "kind": "EXPERIENCE" } ] } ] }, "portabilityNotes": { "nodes": [ { "observedOn": "2026-03-04", "basis": "CITED" } ] } } }` {
			t.Errorf("the rest is %s", got)
		}
		// Somebody looked at it and did not take it.
		load(exitOK, "["+strings.Replace(written(t, 1, note), `"OPEN"`, `"CLOSED","stateReason":"NOT_PLANNED"`, 1)+"]")
		if got := mustQuery(t, env, move); !strings.Contains(got, `"verdict": "UNKNOWN"`) {
			t.Errorf("not taken: %s", got)
		}
	})
}

// written is an issue as gh prints it.
func written(t *testing.T, number int, body string) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"number": number, "title": "Portability", "body": strings.ReplaceAll(body, "\n", "\r\n"), "state": "OPEN", "createdAt": "2026-03-04T05:06:07Z",
		"url": "https://github.com/open-operations/opsmap/issues/" + string(rune('0'+number)), "labels": []any{map[string]any{"name": "portability-note"}}, "author": map[string]any{"login": "ada"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
