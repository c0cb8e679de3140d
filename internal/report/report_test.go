package report

import (
	"context"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
)

// What people wrote never becomes Markdown, HTML or a formula.
func TestTextStaysText(t *testing.T) {
	for text, want := range map[string]string{
		"plain words":                       "plain words",
		"a | b\n| c | `d` |":                "a \\| b \\| c \\| \\`d\\` \\|",
		"<script>alert(1)</script>":         "\\<script\\>alert(1)\\</script\\>",
		"[x](javascript:alert(1)) **bold**": "\\[x\\](javascript:alert(1)) \\*\\*bold\\*\\*",
		"- item":                            "\\- item",
		"\x1b[31mred\x00":                   "\\[31mred",
		"":                                  "",
	} {
		if got := escaped(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	if got := link("form", "javascript:alert(1)"); got != "form" {
		t.Errorf("an address that is none of the web became %q", got)
	}
	if got := link("a]b", "https://x.example/?a=1>)"); got != "[a\\]b](<https://x.example/?a=1%3E)>)" {
		t.Errorf("the link is %q", got)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	m := &Matrix{ByPractice: true, Cells: []Cell{
		{Practice: &Named{Key: "p", Title: `=HYPERLINK("https://evil.example","x")`}, From: &Named{Key: "a"}, To: Named{Key: "b"}, Verdict: "ADAPT", Total: 1, Known: 1, Adapt: 1},
		{Practice: &Named{Key: "q", Title: "+1, \"quoted\"\nsecond line"}, From: &Named{Key: "a"}, To: Named{Key: "b"}, Verdict: "UNKNOWN", Total: 1, Unknown: 1},
	}}
	rows, err := csv.NewReader(strings.NewReader(m.CSV())).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%v %v", rows, err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet runs %q", cell)
			}
		}
	}
	if got := rows[2][1]; got != "'+1, \"quoted\"\nsecond line" {
		t.Errorf("the title is %q", got)
	}
}

func TestMatrixAsMarkdown(t *testing.T) {
	a, b, c := &Named{Key: "a", Name: "A|A"}, Named{Key: "b", Name: "B"}, Named{Key: "c", Name: "C"}
	m := &Matrix{Cells: []Cell{
		{From: a, To: b, Total: 10, Known: 8, Unknown: 2, Blocked: 1, Contested: 1, Adapt: 7},
		{From: a, To: c, Total: 10, Known: 10, Adapt: 10},
		{From: &b, To: c, Total: 10, Unknown: 10},
	}}
	want := "| From | B | C |\n| --- | --- | --- |\n| A\\|A | 7 / 10, 1✗, 2?, 1! | 10 / 10 |\n| B |  | 0 / 10, 10? |\n"
	if got := m.Markdown(); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	p := &Matrix{ByPractice: true, Cells: []Cell{{Practice: &Named{Key: "p", Title: "P"}, From: a, To: b, Verdict: "PROVIDER_OPERATED", Total: 1, Known: 1}}}
	if want, got := "| Practice | B |\n| --- | --- |\n| P | provider operated |\n", p.Markdown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (&Matrix{}).Markdown(); got != "There is nothing to compare.\n" {
		t.Errorf("nothing is shown as %q", got)
	}
}

const answered = `{"data":{"exitPlan":{"from":{"key":"a","name":"A"},"to":[{"key":"b","name":"B"}],
"totals":{"practices":4,"moves":2,"unchanged":0,"adapt":1,"rework":1,"operated":0,"notNeeded":0,"blocked":1,"unknown":1,"contested":0,"inferred":1,
"measuredBy":"EFFORT_DAYS","effortDays":{"min":2,"max":4},"withoutEffort":1,"verdictSteps":5},
"steps":[{"answer":{"practice":{"key":"p","title":"Patch"},"to":{"key":"b","name":"B"},"verdict":"ADAPT","basis":"RECORDED","reasons":[{"kind":"WORKFLOW","text":"other | tool","verdict":"ADAPT"}],"proof":[{"assumed":false,"unverified":true,"stale":true}],"effortDays":{"min":2,"max":4}},"after":[],"missing":[],"reached":1,"total":4,"effortDays":{"min":2,"max":4},"withoutEffort":0,"verdictSteps":2},
{"answer":{"practice":{"key":"q","title":"Quota"},"to":{"key":"b","name":"B"},"verdict":"REWORK","basis":"INFERRED","reasons":[],"proof":[]},"after":["p"],"missing":["r"],"reached":2,"total":4,"effortDays":{"min":2,"max":4},"withoutEffort":1,"verdictSteps":5}],
"covered":[],"blocked":[{"practice":{"key":"r","title":"Restore"},"to":{"key":"b","name":"B"},"verdict":"BLOCKED","obstacles":[{"text":"no access"}],"verdictWithoutObstacles":"UNKNOWN","proof":[]}],
"unknown":[{"practice":{"key":"s","title":"Scale"},"to":{"key":"b","name":"B"},"verdict":"UNKNOWN","contributeUrl":"https://forms.example/?x"}],
"lastFifth":{"practices":["q"],"measuredBy":"EFFORT_DAYS","part":0,"whole":4,"percent":0,"withoutEffort":1},
"lockIns":[{"lockIn":{"key":"licence","why":"W","cost":"C","pros":["good"],"cons":["bad"],"exitPlan":null},"practices":["p"]}],"lockInsAhead":[],"mixes":[],"shares":[]}}}`

// A report holds what somebody who decides has to see, the summary first.
func TestExitReport(t *testing.T) {
	var asked string
	e, err := AskExit(t.Context(), func(_ context.Context, request []byte) ([]byte, error) {
		asked = string(request)
		return []byte(answered), nil
	}, ExitQuestion{From: "a", To: []string{"b"}, Assume: []Assumption{{"platform": "b", "capability": "c", "state": "YES"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"from":"a"`, `"to":["b"]`, `"state":"YES"`} {
		if !strings.Contains(asked, part) {
			t.Errorf("%s is not asked for: %s", part, asked)
		}
	}
	if strings.Contains(asked, `"practices":`) {
		t.Errorf("practices that nobody named are asked for: %s", asked)
	}
	text := e.Markdown(time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC))
	at := 0
	for _, part := range []string{
		"# Leaving A for B\n", "24 November 2026. 4 practices were looked at", "assumes what nobody has stated", "b states YES for c",
		"## Summary", "**2 of 4 practices (50 %) have a way:** 2 go on", "**2 of 4 practices (50 %) are open:** 1 cannot be done on any of the targets, 1 have no answer", "2 to 4 days for 1 of 2 moves; the other 1 are not estimated",
		"the last 1 of 2 moves take 0 % of the estimated days", "left behind licence (1 practice); entered none that is known", "of 3 known answers 1 are inferred", "1 rest on something nobody has verified",
		"## Numbers", "| Blocked | 1 | 25 % |", "## Moves, in this order", "| 1 | Patch | B | adapt | other \\| tool | 25 % | 2 to 4 days |",
		"| 2 | Quota | B | rework | (inferred); after Patch; **depends on what is open:** Restore | 50 % | 2 to 4 days + 1 not estimated |",
		"## What the provider does from then on\n\nNothing.", "## What cannot be done", "| Restore | B | no access | not known |",
		"## What nobody has said", "- Scale ([say how it moves to B](<https://forms.example/?x>))", "### licence", "- **Cost:** C",
		"## Next steps", "1. Ask the people",
	} {
		i := strings.Index(text[at:], part)
		if i < 0 {
			t.Fatalf("%q is missing, or not in its place, in\n%s", part, text)
		}
		at += i
	}
}

func TestErrorsOfAnAnswer(t *testing.T) {
	_, err := AskMatrix(t.Context(), func(context.Context, []byte) ([]byte, error) {
		return []byte(`{"errors":[{"message":"from: there is no platform \"x\" that you may see","extensions":{"code":"NOT_FOUND"}}],"data":{"portabilityMatrix":null}}`), nil
	}, MatrixQuestion{})
	if fault.CodeOf(err) != fault.NotFound || !strings.Contains(fault.Message(err), `no platform "x"`) {
		t.Errorf("got %v", err)
	}
}
