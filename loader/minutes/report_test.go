package minutes_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader/minutes"
)

// TestReport shows what a person sees who checks what was read.
func TestReport(t *testing.T) {
	text := "---\na: b\n---\n# 2023-08-07\n## Participants\n- @ada\n- Ben (late)\n## Boots (@ada, 5 min)\n- one +1\n  wrapped\n" +
		"  - [x] AI @ada see #1\n=> so\n- https://a.b\n- yes: 1, no: 2\nText \x1b[31m\n> said\n```\ncode\n```\n- ...\n## Links\n- x\n" +
		"## Meetup topics\n- T - ACME - 1.9.?\n"
	doc, err := minutes.Parse("20230708.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := minutes.Report(&out, doc, []byte(text)); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/report.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || out.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s%v", out.String(), want, err)
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("an escape sequence of the file reaches the terminal")
	}
}

func TestReportOfNothingUnused(t *testing.T) {
	text := []byte("# 2023-08-07\n- one\n")
	doc, err := minutes.Parse("x.md", text)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := minutes.Report(&out, doc, text); err != nil || !strings.HasSuffix(out.String(), "\nEvery line was used.\n") {
		t.Errorf("%s, %v", out.String(), err)
	}
	if err := minutes.Report(&out, doc, []byte("\xff")); err == nil {
		t.Error("text that is none is shown")
	}
}
