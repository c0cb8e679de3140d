package issues

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/speech"
)

// speaker turns the issues of one file into statements.
type speaker struct {
	*speech.Speaker
	labels *labels
	// seen are the persons that some issue has named.
	seen map[record.ID]bool
	// offers are the issues whose word on what a platform has counts.
	offers map[record.ID]*issue
}

// statement is a new statement about the record that an issue becomes, whose first
// source is the issue.
func (s *speaker) statement(i *issue, id record.ID, kind string) *record.Statement {
	var st *record.Statement
	if i.url == "" {
		st = s.About(id, i.line)
	} else {
		st = s.Bare(id)
		s.Cite(st, i.url, kind)
	}
	return st
}

// class is what the labels say, or what the load says of the file.
func (s *speaker) class(m *meaning) access.Class {
	if m.atom.Level == "" {
		return s.File.Class
	}
	if m.atom.Level == s.labels.ladder.Lowest() && len(m.atom.Audience) == 0 {
		return access.Class{}
	}
	return access.NewClass(m.atom)
}

// topic says what an issue says.
func (s *speaker) topic(i *issue, m *meaning) {
	st := s.statement(i, record.ID{Type: "Topic", Key: i.key(s.File)}, "ISSUE")
	st.Class = s.class(m)
	st.Fields["title"] = s.discreet(strings.Join(strings.Fields(i.title), " "))
	if summary := s.discreet(summaryOf(i.body)); summary != "" {
		st.Fields["summary"] = summary
	}
	if votes := s.labels.votes(i); votes != 0 {
		st.Fields["votes"] = int64(votes)
	}
	switch {
	case m.kind != "":
		st.Fields["kind"] = m.kind
	case strings.HasSuffix(strings.TrimRight(i.title, " )"), "?"):
		s.Derive(st, "kind", "QUESTION")
	}
	if status := statusOf(i, m); status != "" {
		st.Fields["status"] = status
	}
	if len(m.layers) > 0 {
		st.Links["layers"] = m.layers
	}
	s.CiteAll(st, i.comments, "ISSUE")
	if i.author.person() {
		s.Name(st, "raisedBy", s.person(i, st.Class))
	}
}

// person is who wrote an issue, as open as the most open issue that names them: who
// raised what few may see is not for more.
func (s *speaker) person(i *issue, class access.Class) record.ID {
	id := s.Person(i.author.Login, i.author.Name, i.line)
	if s.File.Discreet() {
		return id
	}
	st := s.Who(id)
	if !s.seen[id] || s.labels.ladder.Opens(st.Class, class) {
		st.Class, s.seen[id] = class, true
	}
	return id
}

// discreet is a text without the names of people, where they are told to fewer.
func (s *speaker) discreet(text string) string {
	if s.File.Discreet() {
		return speech.WithoutHandles(text)
	}
	return text
}

// statusOf is COVERED for what is closed, PARKED where it was closed because nobody
// will look at it.
func statusOf(i *issue, m *meaning) string {
	switch {
	case i.closed && (i.reason == "not_planned" || i.reason == "duplicate"):
		return "PARKED"
	case i.closed:
		return "COVERED"
	case m.status == "" && m.kind == "OFF_TOPIC":
		return "PARKED"
	default:
		return m.status
	}
}

// longestSummary is how much of a text is kept, in bytes: who wants more follows
// the link.
const longestSummary = 4000

var hidden = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)

// shown is a text without what GitHub does not show, such as the hints of a template.
func shown(body string) string {
	if strings.Contains(body, "<!--") {
		return hidden.ReplaceAllString(body, "")
	}
	return body
}

// summaryOf is the text of an issue without the hints of its template.
func summaryOf(body string) string {
	body = strings.TrimSpace(strings.ReplaceAll(shown(body), "\r\n", "\n"))
	if len(body) <= longestSummary {
		return body
	}
	cut := longestSummary
	for cut > 0 && !utf8.RuneStart(body[cut]) {
		cut--
	}
	if at := strings.LastIndexAny(body[:cut], " \n"); at > longestSummary/2 {
		cut = at
	}
	return strings.TrimSpace(body[:cut]) + " …"
}
