package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// oddTexts are hard to write down.
var oddTexts = []string{
	"plain", "yes", "012", "null", "- a: b", "# no comment", `"quoted" \ and back`, "two\nlines", "tab\there", "ümläut 😀",
	"=SUM(A1)", "+1", "@someone", "| a | *b* |", "trailing ", "<script>", "line\u2028separator", "\ufeffmark", "{#key}", "'",
	"~", "0x1F", "1e3", "2024-05-07", "12:30:45", "!!str x", "%TAG", "? a", " lead", "\u00a0nbsp", "it''s", "{a: b}", "&a *a", "`tick`", "off", ".NaN",
	"-0", "\U0010fffd", "cr\r\nlf", "👩‍🚀", "＝SUM(A1)", " =1", "a: ", "\\n", "\u0085next",
}

// randomYAML is a world of records that link to each other, at several levels.
func randomYAML(r *rand.Rand) string {
	text := func() string { return inJSON(oddTexts[r.IntN(len(oddTexts))] + fmt.Sprint(r.IntN(9))) }
	class := func() string {
		return []string{"", "", "    confidentiality: green\n", "    confidentiality: red\n    audience: [csirt]\n",
			"    confidentiality: amber\n    confidentialityConditions: [{reason: embargo, until: \"2027-01-01T00:00:00Z\", then: clear}]\n"}[r.IntN(5)]
	}
	some := func(prefix string, n int) string {
		var keys []string
		for i := range n {
			if r.IntN(3) == 0 {
				keys = append(keys, fmt.Sprint(prefix, i))
			}
		}
		return "[" + strings.Join(keys, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("layers:\n")
	for i := range 3 {
		fmt.Fprintf(&b, "  - key: l%d\n    name: %s\n    ordinal: %d\n    unverified: true\n%s", i, text(), i, class())
	}
	b.WriteString("practices:\n")
	for i := range 6 {
		fmt.Fprintf(&b, "  - key: p%d\n    title: %s\n    actor: BOTH\n    status: WANTED\n    votes: %d\n    signals: [%s, %s]\n    layers: %s\n    sources: [{uri: %s, path: a.md, line: %d, kind: OTHER}]\n%s",
			i, text(), r.IntN(5), text(), text(), some("l", 3), text(), 1+r.IntN(9), class())
	}
	b.WriteString("topics:\n")
	for i := range 30 {
		fmt.Fprintf(&b, "  - key: t%d\n    title: %s\n    practices: %s\n    unverified: true\n%s", i, text(), some("p", 6), class())
		if i > 0 && r.IntN(2) == 0 {
			fmt.Fprintf(&b, "    parent: t%d\n", r.IntN(i))
		}
		if r.IntN(3) == 0 {
			b.WriteString("    disclosure: {typically: SECRET, dependsOn: [], contentKind: HOW_TO}\n")
		}
	}
	b.WriteString("persons:\n  - {key: ada, handle: ada, unverified: true}\nvolunteers:\n  - {topic: t1, person: ada, dates: [\"2026-12-01\"], unverified: true}\n")
	return b.String()
}

// TestExportReadsBack: what is exported and loaded again is the same map, whoever
// looked, from both engines.
func TestExportReadsBack(t *testing.T) {
	answers := map[string]string{}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		var all strings.Builder
		for seed := range uint64(2) {
			r := rand.New(rand.NewPCG(seed, 6))
			root := folder(t, map[string]string{"world.yaml": randomYAML(r)})
			loadJSON(t, env, exitOK, "--level", "clear", "--collection", "random", root)
			for _, as := range []string{"", "anonymous", "red; groups=csirt"} {
				args := []string{"export", "--as", as}
				if as == "" {
					args = args[:1]
				}
				first, stderr, code := call(t.Context(), env, args...)
				if code != exitOK {
					t.Fatalf("exit %d: %s", code, stderr)
				}
				other := maps.Clone(env)
				other["OPSMAP_STORE"] = "file:" + filepath.Join(t.TempDir(), "other.db")
				file := filepath.Join(t.TempDir(), "map.yaml")
				put(t, file, first)
				loadJSON(t, other, exitOK, "--propose=false", file)
				second, stderr, code := call(t.Context(), other, "export")
				if code != exitOK {
					t.Fatalf("exit %d: %s", code, stderr)
				}
				if body := bodyOf(first); as == "anonymous" && (strings.Contains(body, `confidentiality: "amber"`) || strings.Contains(body, "csirt")) {
					t.Errorf("anonymous is shown\n%s", first)
				}
				if bodyOf(first) != bodyOf(second) {
					t.Errorf("as %q\n%s\nread back\n%s", as, first, second)
				}
				all.WriteString(first)
			}
		}
		answers[t.Name()] = all.String()
	})
	same(t, answers)
}

// bodyOf is an export without who looked, and without the levels: the ladder is
// there already, and a lower viewer is shown a part of it.
func bodyOf(export string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(export, "\n\n") {
		if !strings.HasPrefix(part, "#") && !strings.HasPrefix(part, "confidentialityLevels:") {
			b.WriteString(strings.TrimRight(part, "\n") + "\n\n")
		}
	}
	return b.String()
}

// TestTablesAreSafe: no cell of a CSV table is a formula, no cell of a Markdown table
// ends its row, and each says who was shown it.
func TestTablesAreSafe(t *testing.T) {
	env := map[string]string{"OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "map.db"), "OPSMAP_CATALOGUE": "none"}
	root := folder(t, map[string]string{"world.yaml": randomYAML(rand.New(rand.NewPCG(1, 2)))})
	loadJSON(t, env, exitOK, "--level", "clear", root)
	out, stderr, code := call(t.Context(), env, "export", "--as", "anonymous", "--format", "csv", "--type", "topics")
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
		if row[len(row)-1] != "anonymous" {
			t.Errorf("the row is exported as %q", row[len(row)-1])
		}
	}
	out, _, code = call(t.Context(), env, "export", "--format", "markdown")
	if code != exitOK || !strings.Contains(out, "as shown to owner") || strings.Contains(out, "<script") && !strings.Contains(out, `\<script`) {
		t.Errorf("exit %d: %s", code, out)
	}
	if _, _, code := call(t.Context(), env, "export", "--format", "pdf"); code != exitUsage {
		t.Errorf("a format that is none: exit %d", code)
	}
	if out, _, code := call(t.Context(), env, "export", "--format", "jsonl"); code != exitOK || !strings.HasPrefix(out, `{"exported":{"as":"owner"}}`+"\n") {
		t.Errorf("exit %d: %.200s", code, out)
	}
}

// TestMarkdownCells: a cell shows its text and nothing else.
func TestMarkdownCells(t *testing.T) {
	for text, want := range map[string]string{
		"a | *b* _c_ `d` \\":        "a \\| \\*b\\* \\_c\\_ \\`d\\` \\\\",
		"~~s~~ &lt;b> <i>":          `\~\~s\~\~ \&lt;b> \<i>`,
		"[l](http://a) ![i](b)":     `\[l\](http://a) !\[i\](b)`,
		"two\nlines\tand a tab\r\n": "two lines and a tab  ",
		"\x1b[31m \u202e \u0085":    `U+001B\[31m U+202E U+0085`,
		"👩‍🚀 ümläut e\u0301":        "👩‍🚀 ümläut e\u0301",
	} {
		if got := markdownCell(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
