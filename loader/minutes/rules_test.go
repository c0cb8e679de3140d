package minutes

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// itemOf reads one line of a section that is about nothing in particular.
func itemOf(t *testing.T, text string) *Document {
	t.Helper()
	doc, err := Parse("x.md", []byte("## Something\n"+text+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestActionItems(t *testing.T) {
	const none = "-"
	cases := []struct{ line, want string }{
		// A1: the token AI.
		{"- AI @x", "x"},
		{"- AI@x look", "x"},
		{"- AI: @x", "x"},
		{"- AI @x, @y & @z: look", "x y z"},
		{"- AI @x and @y move it", "x y"},
		{"- AI @x w/ support from @y", "x"},
		{"- look at it (AI @x)", "x"},
		{"- look at it (AI)", ""},
		{"text -> AI @x", "x"},
		{"- AI - nice to have", ""},
		{"- AI Kurt to call", "Kurt"},
		{"- AI Kurt: call", "Kurt"},
		{"- AI call Kurt", ""},
		{"- (AI set up: @x)", "x"},
		{"  _AI @x_: goes on below", "x"},
		{"- **AI:** @x", "x"},
		{"### a heading (AI @x)", "x"},
		{"- talk to Max, AI @x", "x"},
		{"- notes: AI @x", "x"},
		{"- [AI] let us start", ""},
		{"- AIs: @x", none},
		{"- Check AIs", none},
		{"- check AI @x", none},
		{"- AI -> @x look", "x"},
		{"- AI for @x: look", "x"},
		{"- AI Kurt", ""},
		{"- check AI: nothing", none},
		{"- AI from last time", none},
		{"- use cases for AI (and more)", none},
		{"- using AI: a talk", none},
		{"- AI Act", none},
		{"- AI workloads need GPUs", none},
		{"- Run:AI (now open)", none},
		{"- @AI name", none},
		// A2: the word TODO.
		{"- TODO: look", ""},
		{"- ToDo @x: look", "x"},
		{"- To-do (later) look", ""},
		{"- TODO", ""},
		{"- look (TODO: @x)", "x"},
		{"- look - todo: write", ""},
		{"- It is late. TODO: sleep", ""},
		{"- TODO: track it (AI: @x w/ help)", "x"},
		{"  downstream *TODO: @x to* [open](https://example.org)", "x"},
		{"- TODOs", none},
		{"- TODOs:", none},
		{"- the todo: list", none},
		{"## TODO", none},
		// A3: checkboxes.
		{"- [ ] look", ""},
		{"- [x] @x to look", "x"},
		{"[ ] @x to look", "x"},
		{"- [ ]", none},
		{"- [y] look", none},
		// A4: the word action.
		{"- ACTION @x", "x"},
		{"- Action: look", ""},
		{"Action item: @x to look", "x"},
		{"- AP: @x look", "x"},
		{"- [x] ACTION @x look", "x"},
		{"- Action items:", none},
		{"- Action plan", none},
		// A5: commitments.
		{"- as said, @x will look", "x"},
		{"paragraph in which @x and @y will now look", "x y"},
		{"- @x will not look", none},
		{"- @x will be away", none},
		{"- @x will also be away", none},
		{"- @x will try it", "x"},
		{"- @x will please try to look", "x"},
		{"- @x to have a look at it", "x"},
		{"- @x to be asked", none},
		{"- @x to look", "x"},
		{"- @x: to look", "x"},
		{"- @x/@y to fill in", "x y"},
		{"- @x and others to look", "x"},
		{"- known, @x to look", "x"},
		{"- It is known. @x please look", "x"},
		{"-> text from @z; @x, @y to review", "x y"},
		{"- @all please contribute", "all"},
		{"- @x with @y to look", "x"},
		{"- @x to be there", none},
		{"- @x to the rescue", none},
		{"- @x to SIG", none},
		{"- asked @x to look", none},
		{"- @x update it", "x"},
		{"- @x test: it", "x"},
		{"paragraph: @x update it", none},
		{"@x update it", none},
		{"- so @x update it", none},
		{"- @x created it", none},
		{"- @x works on it", none},
		{"- @x: make a poll", none},
		{"-> @x: make a poll", "x"},
		{"- done -> @x: make a poll", "x"},
		{"-> @x: created it", none},
		{"-> @x", none},
		{"- it (@x)", none},
		{"- Eduard will look", none},
		{"- write to a@example.org to ask", none},
		{"- @lists.example.org to ask", none},
		{"- https://example.org/@x to ask", none},
		{"- (@x or @y) will ask", none},
	}
	for _, c := range cases {
		items := itemOf(t, c.line).ActionItems
		got := none
		if len(items) > 0 {
			got = strings.Join(items[0].Assignees, " ")
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.line, got, c.want)
		}
	}
}

func TestActionItemsOfASection(t *testing.T) {
	for title, want := range map[string]int{
		"Action items": 2, "Next steps:": 2, "➡️ Open Actions": 2, "Pending action items (old)": 2, "Action items of last week": 0,
	} {
		doc, err := Parse("x.md", []byte("# "+title+"\n- one\n  - below\n- @x: two\n- ...\ntext\n"))
		if err != nil || len(doc.ActionItems) != want {
			t.Errorf("%s: %d action items, %v", title, len(doc.ActionItems), err)
		}
		if want > 0 && !slices.Equal(doc.ActionItems[1].Assignees, []string{"x"}) {
			t.Errorf("%s: assignees %v", title, doc.ActionItems[1].Assignees)
		}
	}
}

func TestDone(t *testing.T) {
	for line, want := range map[string]bool{
		"- [x] look": true, "- [X] look": true, "- [ ] look": false, "- AI @x look ✅": true, "- AI @x look :white_check_mark:": true,
		"- AI @x look (done)": true, "- AI @x look - done.": true, "- AI @x look (erledigt am 3.4.)": true, "- ~~AI @x look~~": true,
		"- AI @x ~~look~~": false, "- AI @x to get it done": false, "- AI @x undone": false, "- TODO: done yesterday?": false,
	} {
		items := itemOf(t, line).ActionItems
		if len(items) != 1 || items[0].Done != want {
			t.Errorf("%q: %v, want done %t", line, items, want)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for line, want := range map[string]Marker{
		"=> so it is": ByArrow, "- -> so": ByArrow, "  --> so": ByArrow, "* → so": ByArrow, "**=> so**": ByArrow,
		"Decision: so": ByDecision, "- **Agreed** to it": ByDecision, "- general consensus is so": ByDecision, "## Resolution": ByDecision,
		"- agreement on it": ByDecision, "=>": "", "a => b": "", "- Decisions": "", "agreed, a wrapped line": "", "- Agreeable": "",
		"-> @x to look": "", "> -> quoted": "",
	} {
		out := itemOf(t, line).Outcomes
		if want == "" && len(out) > 0 || want != "" && (len(out) != 1 || out[0].Marker != want) {
			t.Errorf("%q: %v, want %q", line, out, want)
		}
	}
}

func TestTopicItems(t *testing.T) {
	for line, want := range map[string]string{
		"- a topic": "a topic", "3) another": "another", "+ `code` *and* more": "code and more", "- [a](https://x.y) b": "a b",
		"- @x": "@x", "- snake_case, 2 * 3, OS_* too": "snake_case, 2 * 3, OS_* too", "- a :tada: b 🎉": "a b", "- at 10:30:00": "at 10:30:00",
		"- <https://x.y> is it": "https://x.y is it", "- a &amp; b \\* c": "a & b * c", "- ### deep": "deep", "- ==> ": "",
		"- ": "", "- ...": "", "- …": "", "- TBD": "", "- tbd.": "", "- [a](https://x.y)": "", "- https://x.y, <https://z.y>": "", "- ![a](b.png)": "",
		"- :tada:": "", "* * *": "", "- - -": "", "2023. was a year": "", "text": "", "-no": "", "1.no": "", "- <!-- a -->": "",
		"- yes: 1, no: 2": "",
	} {
		got := ""
		for _, topic := range itemOf(t, line).Topics {
			if topic.Kind == ItemTopic {
				got = topic.Title
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}

func TestStructuralHeadings(t *testing.T) {
	for title, topic := range map[string]bool{
		"Agenda": false, "Agenda and notes:": false, ":notebook: Agenda": false, "Housekeeping (@x)": false, "Organizational items": false,
		"AOB": false, "Updates": false, "Update(s)": false, "Check AIs from last time": false, "Links:": false, "Meta": false,
		"Community call report": false, "Participants - handles": false, "👥 Attendees": false, "Excused": false, "2023-05-06": false,
		"Orga": true, "Metal": true, "Housekeeping & more": true, "Presentation of it": true, "Update on it": true,
		"Action items of last week": true,
	} {
		doc, err := Parse("x.md", []byte("# Title\n## "+title+"\n"))
		if err != nil || (len(doc.Topics) == 1) != topic {
			t.Errorf("%s: %v, %v", title, doc.Topics, err)
		}
	}
}

func TestVotes(t *testing.T) {
	for line, want := range map[string]int{
		"- a :thumbsup:": 1, "- a :+1: 👍🏽": 2, "- a +1, -1": 0, "- a 👎": -1, "- (+1)": 1, "- n+1 and +10 and -1.5": 0, "- **+1** b": 1,
	} {
		topics := itemOf(t, line).Topics
		if got := topics[len(topics)-1]; len(topics) != 2 && line != "- (+1)" || len(topics) == 2 && got.Votes != want {
			t.Errorf("%q: %v, want %d", line, topics, want)
		}
	}
}

func TestTimeboxes(t *testing.T) {
	for heading, want := range map[string]int{
		"A (5min)": 5, "A (@x - ~5min)": 5, "A (~2mins)": 2, "A (10-15 min)": 15, "A – 20 minutes": 20, "A\n\ntimebox: 8 min": 8,
		"A\nsponsor: @x\n**Time**: 3 Minutes": 3, "A\n- 10 Mins": 10, "The 10 min rule": 0, "A (joint with B)": 0,
	} {
		topics := itemOf(t, "### "+heading).Topics
		if topics[1].Minutes != want {
			t.Errorf("%q: %d minutes, want %d", heading, topics[1].Minutes, want)
		}
	}
}

func TestBallots(t *testing.T) {
	for line, want := range map[string]map[string]int{
		"- yes: 4, no: 0, abstain: 2":              {"yes": 4, "no": 0, "abstain": 2},
		"vote: 7 for, 1 against, 3 abstain":        {"for": 7, "against": 1, "abstain": 3},
		"6 for subject, 1 for type, 4 abstain":     {"for subject": 6, "for type": 1, "abstain": 4},
		"- 8 in favour and 2 abstentions":          {"for": 8, "abstain": 2},
		"- 92 yes, 17 no, 4 alum":                  {"yes": 92, "no": 17},
		"- 3 for tea, 4 for coffee":                nil,
		"- yes: 4":                                 nil,
		"- there are 2 nodes for 3 clusters, no 4": nil,
	} {
		ballots := itemOf(t, line).Ballots
		if want == nil && len(ballots) > 0 || want != nil && (len(ballots) != 1 || !reflect.DeepEqual(ballots[0].Tally, want)) {
			t.Errorf("%q: %v, want %v", line, ballots, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for line, want := range map[string]string{
		"see https://a.b/c, then": "https://a.b/c", "(https://a.b/c)": "https://a.b/c", "[x](https://a.b/c_(d))": "https://a.b/c_(d)",
		"**https://a.b/c_**": "https://a.b/c", "<https://a.b>": "https://a.b", "[https://a.b](https://a.b)": "https://a.b",
		"![x](https://a.b/c.png)": "", "[![x](https://a.b/c.png)](https://d.e)": "https://d.e", "`https://a.b/x`": "https://a.b/x",
		"[x](https://a.b)/[y](http://c.d)": "https://a.b http://c.d", "https://a.b/?x=1&y=~z#w.": "https://a.b/?x=1&y=~z#w",
		"https://a.b\"x": "https://a.b", "https://": "", "ftp://a.b": "", "| https://a.b |": "https://a.b",
		"[x](<https://a.b> \"t\")": "https://a.b", "HTTPS://A.b": "HTTPS://A.b", "https://a.b,https://c.d": "https://a.b https://c.d",
	} {
		var got []string
		for _, l := range itemOf(t, line).Links {
			got = append(got, l.URL)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

func TestRefs(t *testing.T) {
	for line, want := range map[string]string{
		"- see #12 and a/b#3": "#12 a/b#3", "b#3, (#4)": "b#3 #4", "[#5](https://a.b)": "", "https://a.b/#6": "", "#12a #0f5fe1": "",
		"<font color=\"#123456\">#7</font>": "#7", "issues/#8": "#8", "#1 #1": "#1", "# 9": "",
	} {
		var got []string
		for _, r := range itemOf(t, line).Refs {
			got = append(got, r.Ref)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// A name is printed as it stands, company and all; who it is stands before the comma or the dash.
func TestAffiliated(t *testing.T) {
	for _, c := range []struct{ listed, name, affiliation string }{
		{"Ada Lovelace, ACME", "Ada Lovelace", "ACME"},
		{"Ada Lovelace (@ada), ACME, Chair", "Ada Lovelace", "ACME, Chair"},
		{"Lovelace, Ada", "Lovelace, Ada", ""},
		{"Ada Lovelace - ACME, Chair", "Ada Lovelace", "ACME, Chair"},
		{"[x] Ada – ACME", "Ada", "ACME"},
		{"Ada-Maria Love", "Ada-Maria Love", ""},
		{"Ada Lovelace", "Ada Lovelace", ""},
	} {
		doc, err := Parse("m.md", []byte("# 2024-05-07\n\n## Participants\n\n- "+c.listed+"\n"))
		if err != nil || len(doc.Participants) != 1 {
			t.Fatalf("%s: %v, %v", c.listed, doc, err)
		}
		if name, affiliation := doc.Participants[0].Affiliated(); name != c.name || affiliation != c.affiliation {
			t.Errorf("%s: %q of %q", c.listed, name, affiliation)
		}
	}
}
