package minutes

import (
	"slices"
	"strings"
	"testing"
)

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2023-06-12": "2023-06-12", "SCS Tech Weekly 2023-6-5": "2023-06-05", "2023-01–09": "2023-01-09", "20230708": "2023-07-08",
		"am 7.8.2023": "2023-08-07", "June 5, 2023": "2023-06-05", "📅 Jun 20, 2022": "2022-06-20", "Sept. 3rd, 2022": "2022-09-03",
		"12 March 2021": "2021-03-12", "3. Oktober 2023": "2023-10-03", "2024 June 17": "2024-06-17", "2023/06/05": "2023-06-05",
		"2023-13-01": "", "2023-02-30": "", "1.2023": "", "v1.2.2023.4": "", "12023-01-015": "", "no date": "", "March 9": "",
	} {
		if f, _ := findDate(text); f.date != want {
			t.Errorf("%q: %q, want %q", text, f.date, want)
		}
	}
}

func TestDateOfAFile(t *testing.T) {
	cases := []struct {
		path, text, date string
		source           DateSource
		meetings         string // lines
	}{
		{"a/20230708.md", "# 2023-08-07", "2023-08-07", FromHeading, "1"},
		{"a/20230708.md", "#### 2023-08-07", "2023-07-08", FromFileName, "1"},
		{"a/20230708-x.md", "\n# Notes\nDate: 2023-08-07", "2023-08-07", FromDateLine, "1"},
		{"a/20230708.md", "# Notes\n- **Date:** June 5, 2023", "2023-06-05", FromDateLine, "1"},
		{"team-2023-07-08-x.md", "text", "2023-07-08", FromFileName, "1"},
		{"20221208.md", "# 2202-12-08", "2022-12-08", FromFileName, "1"},
		{"20221208.md", "# 2023-01-01\n# 2022-12-31\n## 2022-12-01\n# 2022-12-02 more", "2023-01-01", FromHeading, "1 2"},
		{"x.md", "# Call of 2023-01-01\n# 2023-01-08\n# 2023-01-15 (off)", "2023-01-01", FromHeading, "1 2 3"},
		{"x.md", "## 2023-01-01 - one\n## 2023-01-08 - two\n## 2023-01-15 is no title", "2023-01-01", FromHeading, "1 2"},
		{"x.md", "# Log\n" + strings.Repeat("text\n", 20) + "## Monday, Jan 2, 2023\n## Jan 9, 2023 ([video](https://a.b))", "2023-01-02", FromHeading, "22 23"},
		{"2023.md", "## Jan 9\n## January 2 (APAC)\n### March 3", "2023-01-09", FromHeading, "1 2"},
		{"calls/2023/call-01-09.md", "# January 9 call", "2023-01-09", FromHeading, "1"},
		{"x.md", "# January 9 call", "", "", "1"},
		{"x.md", "", "", "", "1"},
	}
	for _, c := range cases {
		doc, err := Parse(c.path, []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, m := range doc.Meetings {
			lines = append(lines, string(rune('0'+m.Line/10))+string(rune('0'+m.Line%10)))
		}
		var want []string
		for l := range strings.FieldsSeq(c.meetings) {
			want = append(want, strings.Repeat("0", 2-len(l))+l)
		}
		if doc.Date != c.date || doc.DateSource != c.source || !slices.Equal(lines, want) {
			t.Errorf("%s %q: %s from %q, meetings at %v; want %s from %q, %v", c.path, c.text, doc.Date, doc.DateSource, lines, c.date, c.source, want)
		}
	}
}

func TestParticipants(t *testing.T) {
	for text, want := range map[string]string{
		"## Participants\n- @a\n* @b (late)\n1. Ada L. @c (x) y\n-\n- ...\n":                               "@a|@b(late)|Ada L. y@c(x)",
		"## Participants (handles)\n@a\n@b, @c\n\nRendered: https://a.b\n":                                 "@a|@b|@c",
		"## Attendance\n- Members: Ada, Ben B (x, y)\n- Regrets: Eve\n  - Foe\n- Observers: None.\n- Dora": "Ada|Ben B(x, y)|Dora",
		"## Present\n### Members\n- Ada\n### Guests\n- Ben\n### Topic\n- text":                             "Ada|Ben",
		"## Present\n- Ada\n### Members of the board\n- Ben":                                               "Ada",
		"## Attendees\nAda Lovelace\nBen\nEve: minutes\n\nExcused:\nDora\n":                                "Ada Lovelace|Ben|Eve(minutes)",
		"## Attendees: @a, @b\n":                                                                                   "@a|@b",
		"## Excused\n- @a\n## Presentations\n- @b\n":                                                               "",
		"Participants:\n- @a\n- @b\n\ntext\n- @c\n":                                                                "@a|@b",
		"Attendees:\n\n\n* Ada\n* Ben\n\nAgenda:\n* Eve\n":                                                         "Ada|Ben",
		"- Host: X\n- Attendees:\n    - Ada\n\n    - Ben\n- Topic\n":                                               "Ada|Ben",
		"**Members present:**\nAda, Secretary (notes)\nBen\n\nText.\n":                                             "Ada, Secretary(notes)|Ben",
		"**Attendees**\n- Ada\n":                                                                                   "Ada",
		"Attendance: Ada, Ben (late, x) and Eve.\n- topic\n":                                                       "Ada|Ben(late, x)|Eve",
		"Members not present: Ada\n\nMissing attendees: Ben\n":                                                     "",
		"Number of participants: 12\n\nAttendance: all\n":                                                          "",
		"| Attending | Ada, Ben |\n|---|---|\n":                                                                    "Ada|Ben",
		"Attendees: [Ada](mailto:a@b.c) [Ben](mailto:b@b.c)\n":                                                     "Ada|Ben",
		"## Participants\n- Ada (@a, ACME)\n- Ben <ben@a.b>\n- [@c](https://a.b/c)\n- please add your name here\n": "Ada@a(ACME)|Ben|@c",
		"## Participants\n- ACME:\n  - @a\n- Ben van Dam - ACME, Bonn\n- what was said by all of those who were there at last\n": "@a|Ben van Dam - ACME, Bonn",
		"We asked who is present: nobody knew it at that time of the day\n":                                                      "",
		"```\nParticipants:\n- @a\n```\n> Attendees: Ada\n":                                                                      "",
	} {
		doc, err := Parse("x.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range doc.Participants {
			s := p.Name
			if p.Handle != "" {
				s += "@" + p.Handle
			}
			if p.Note != "" {
				s += "(" + p.Note + ")"
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q:\n got %s\nwant %s", text, strings.Join(got, "|"), want)
		}
	}
}

func TestBoilerplate(t *testing.T) {
	text := "## Recurring items\n- one\n-> two\n- AI @x see #1\n### Below\n- three\n## Links\n- four\nParticipants:\n- @y to go\n\n> - five\n> -> six\nlazily\n"
	doc, err := Parse("x.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.ActionItems)+len(doc.Outcomes) != 0 || len(doc.Topics) != 2 || len(doc.Refs) != 1 {
		t.Errorf("%+v", doc)
	}
}

func TestHidden(t *testing.T) {
	hidden := []string{
		"```\n- x\n```", "- a\n  ~~~\n  - x\n", "<!-- - x -->", "<!--\n- x\n\n- x\n-->", "a <!-- b\n- x\n-->", "<style>\n- x\n</style>",
		"<script>\n\n- x\n</script>", "text\n     ```\n     - x\n     ```", "> - x", "> a\nx",
	}
	for _, text := range hidden {
		doc, err := Parse("x.md", []byte("# T\n"+strings.ReplaceAll(text, "x", "HIDDEN #1")))
		if err != nil {
			t.Fatal(err)
		}
		for _, topic := range doc.Topics {
			if strings.Contains(topic.Title, "HIDDEN") {
				t.Errorf("%q: topic %q", text, topic.Title)
			}
		}
		if len(doc.Refs) > 0 && !strings.HasPrefix(text, ">") {
			t.Errorf("%q: refs %v", text, doc.Refs)
		}
	}
	shown := []string{
		"<!-- a --> - x", "- a\n  ~~~\n- x\n", "- <!-- a --> x", "- a <!-- b\n\n- x", "```\na\n```\n- x", "- a\n  ```\n  b\n  ```\n- x", "<div>\n- x\n</div>", "---\n- x",
		"`````\n```\n`````\n- x", "- a\n--->\n- x",
	}
	for _, text := range shown {
		doc, err := Parse("x.md", []byte(strings.ReplaceAll(text, "x", "SHOWN")))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(doc.Topics); !strings.HasPrefix(text, "<!--") && (n == 0 || doc.Topics[n-1].Title != "SHOWN") {
			t.Errorf("%q: %v", text, doc.Topics)
		}
	}
	for text, want := range map[string]int{"---\na: b\n---\n# T\n": 1, "---\n\n# T\n---\n# U\n": 2, "---\na: b\n# T\n": 1, "---\nk: v\n...\n# T": 1} {
		doc, err := Parse("x.md", []byte(text))
		if err != nil || len(doc.Sections) != want {
			t.Errorf("%q: %v, %v", text, doc.Sections, err)
		}
	}
}
