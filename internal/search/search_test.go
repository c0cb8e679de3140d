package search_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// practice is the document of a practice with these texts.
func practice(t *testing.T, title, summary string, signals, steps []string) (*schema.Type, []any) {
	t.Helper()
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	typ := c.Type("Practice")
	values := make([]any, len(typ.Fields))
	values[typ.Field("title").Index], values[typ.Field("summary").Index] = title, summary
	for name, list := range map[string][]string{"signals": signals, "steps": steps} {
		items := []any{}
		for _, s := range list {
			items = append(items, s)
		}
		values[typ.Field(name).Index] = items
	}
	return typ, values
}

// TestScore is the table of docs/search.md worked out by hand: a word is worth 4 × 8
// in a title, 4 × 6 in a signal, 4 × 3 in a summary and 4 × 1 elsewhere, half of it
// when it only begins so, a light word a quarter, two words side by side once more.
func TestScore(t *testing.T) {
	typ, values := practice(t, "Replace a failed OSD", "Ceph heals itself on the other disks.",
		[]string{"HEALTH_WARN 1 osds down", "I/O error in dmesg"}, []string{"Mark the OSD out.", "Find the disk."})
	d := search.DocumentOf(typ, values)
	for text, want := range map[string]int64{
		"osd ":                        32,
		"osd":                         32,
		"osd*":                        32,
		"OSDS ":                       24,
		"ＯＳＤ ":                        32,
		"rep":                         16,
		"rep ":                        -1,
		"r":                           -1,
		"ceph disk ":                  12 + 4,
		"ceph disk":                   12 + 6,
		"ceph nothing":                -1,
		"failed osd ":                 32 + 32 + 32,
		"osd failed ":                 32 + 32,
		"failed os":                   32 + 16 + 16,
		"replace failed ":             32 + 32,
		"replace a failed ":           32 + 8 + 32 + 32 + 32,
		`"replace a failed"`:          5 * 4 * 8,
		`"failed replace"`:            -1,
		`"failed" `:                   32,
		`"down i"`:                    -1,
		`"osds down" ceph `:           3*4*6 + 12,
		`"osds down" nothing `:        -1,
		`“osds down”`:                 72,
		`say="osds down" `:            24 + 24 + 24,
		"the ":                        12,
		"1 ":                          24,
		"a 1 ":                        32 + 24,
		"osd osd osd ":                32,
		"one osds down":               24 + 24 + 24,
		"one two osds x down y":       -1,
		"one osds x heals y disks":    24 + 12 + 12,
		"x one two osds x heals y di": 24 + 12 + 6,
	} {
		q, err := search.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got, found := q.Score(d)
		if !found {
			got = -1
		}
		if got != want {
			t.Errorf("%s: got %d, want %d; %+v", text, got, want, q)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, code := range map[string]fault.Code{
		"":                              fault.BadInput,
		" \t\n":                         fault.BadInput,
		`"" * ? ~ : () [] {} ^ ! && \`:  fault.BadInput,
		"\x00\U0001F525":                fault.BadInput,
		strings.Repeat("a", 4001):       fault.LimitExceeded,
		strings.Repeat("word ", 1<<18):  fault.LimitExceeded,
		strings.Repeat("a ", 151):       fault.LimitExceeded,
		strings.Repeat("\u0301", 3_000): fault.BadInput,
	} {
		if _, err := search.Parse(text); fault.CodeOf(err) != code {
			t.Errorf("%.20q: %v, want %s", text, err, code)
		}
	}
	if _, err := search.Parse(strings.Repeat("a ", 150)); err != nil {
		t.Error(err)
	}
	if _, err := search.Parse(strings.Repeat("ä", 4000)); err != nil {
		t.Error(err)
	}
}

// shown writes a highlight with brackets around what is marked, checking the
// code points on the way.
func shown(h search.Highlight) string {
	points := []rune(h.Text)
	var b strings.Builder
	fmt.Fprintf(&b, "%d:", h.Start)
	at := 0
	for _, r := range h.Ranges {
		b.WriteString(string(points[at:r.Start]) + "[" + string(points[r.Start:r.End]) + "]")
		at = r.End
	}
	b.WriteString(string(points[at:]))
	return b.String()
}

func TestHighlight(t *testing.T) {
	long := strings.Repeat("früher ", 40) + "osd down" + strings.Repeat(" später", 40)
	for _, c := range []struct{ text, in, want string }{
		{"osd ", "The 🔥 OSD, the osds and the ＯＳＤ.", "0:The 🔥 [OSD], the osds and the [ＯＳＤ]."},
		{"osd", "The osds.", "0:The [osds]."},
		{"the osd ", "The osd and the disk", "0:[The] [osd] and the disk"},
		{"osd down", "down osd downtown", "0:[down] [osd] [downtown]"},
		{`"osd down"`, "down osd, osd down!", "0:down osd, [osd] [down]!"},
		{"備份 ", "先備份再備", "0:先[備份]再[備]"},
		{"groß ", "GRO\u0308ßE gross GROSS groß", "0:GRO\u0308ßE [gross] [GROSS] [groß]"},
		{"file ", "a ﬁle", "0:a [ﬁle]"},
		{"nothing ", "a ﬁle", "none"},
		{"down ", long, "231:früher früher früher früher früher früher früher osd [down]" + strings.Repeat(" später", 26)},
		{"früher ", long, "0:" + strings.TrimSuffix(strings.Repeat("[früher] ", 34), " ")},
		{"aaa*", strings.Repeat("a", 500), "0:[" + strings.Repeat("a", 240) + "]"},
	} {
		q, err := search.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		got := "none"
		if h, ok := q.Highlight(c.in); ok {
			got = shown(h)
		}
		if got != c.want {
			t.Errorf("%s in %s\ngot  %s\nwant %s", c.text, c.in, got, c.want)
		}
	}
}
