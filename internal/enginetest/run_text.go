package enginetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
)

// traps are texts that some store or language does not give back as they were, or
// takes for something else.
var traps = []string{
	"", " ", "trailing  ", " leading", "a\tb\nc\r\nd", "`back`tick`", "'single'", `"double"`, `back\slash\`, `\u0041`, `\n`,
	"$param", "${x}", "{curly}", "[list]", "%s %d %%", "/* c */ -- c // c", "') RETURN 1 //", "null", "true", "0", "-0", "1e3",
	"\u0001\u0002\u001f\u007f\u0080\u009f", "\u00a0\u200b\u202e\ufeff", "\u2028\u2029", "e\u0301 \u00e9", "\ufb01 \uff21\uff01", "\U0001F600\U0001F468\u200D\U0001F469", "\ufffd\uffff\U0010ffff",
	"<script>&amp;</script>", "İıKſẞ", strings.Repeat("long ", 10_000), strings.Repeat("ä", 9_000),
}

// runText writes every trap into every kind of text and reads it back, found by
// itself.
func runText(t *testing.T, open Open) {
	s := openStore(t, open)
	c := &record.Changeset{ID: "traps" + strings.Repeat("!", 20_000), Actor: "te'st\"er`\\", At: firstChangeset}
	for i, text := range traps {
		c.Say = append(c.Say, record.Statement{
			Source: "source: " + text, ID: record.ID{Type: "Practice", Key: fmt.Sprintf("p%02d", i)},
			Fields: map[string]any{
				"title": text, "summary": text, "actor": "BOTH", "status": "WANTED", "signals": []any{text, "x" + text},
				"sources":    []any{record.Object{text, text, int64(i), nil, "OTHER"}},
				"disclosure": record.Object{"PUBLIC", []any{text}, text, "HOW_TO"},
			},
		})
	}
	if _, err := s.apply(c); err != nil {
		t.Fatal(err)
	}
	const query = `query ($text: String, $in: String!) {
  found: practices(where: {title: {eq: $text}, summary: {in: [$in]}, signals: {some: {eq: $text}}, sources: {some: {uri: {eq: $text}}}}) {
    nodes { key title summary signals sources { uri path line } disclosure { dependsOn opensWhen } }
  }
  folded: practices(where: {title: {ignoreCase: {eq: $text}}}) { nodes { key } }
}`
	o := newOracle(s.catalog)
	if _, err := o.apply(c); err != nil {
		t.Fatal(err)
	}
	for i, text := range traps {
		q := question{query: query, variables: fmt.Sprintf(`{"text":%s,"in":%[1]s}`, jsonText(text)), now: noon}
		got, want := s.ask(q), o.ask(q)
		if got != want {
			t.Errorf("%.60q: got\n%.2000s\nwant\n%.2000s", text, got, want)
		}
		if key := fmt.Sprintf(`"key":"p%02d","title":%s`, i, jsonText(text)); !strings.Contains(want, key) {
			t.Errorf("%.60q is not found by itself: %.500s", text, want)
		}
	}
	if log := s.changes(); len(log) != 1 || log[0].Actor != c.Actor {
		t.Errorf("the log says %v", log)
	}
}
