package minutes

import (
	"regexp"
	"strings"
)

// Document is what one file of minutes says. Its JSON form is the contract of `opsmap minutes --json`. Line numbers
// count from 1, in the file split at line feeds.
type Document struct {
	Path string `json:"path"`
	// Date is that of the first meeting, as YYYY-MM-DD; empty when the file does not say.
	Date       string     `json:"date,omitempty"`
	DateSource DateSource `json:"dateSource,omitempty"`
	// DateConflict says that the text and the file's name disagree. The text wins; FileNameDate is what it won over.
	DateConflict bool   `json:"dateConflict"`
	FileNameDate string `json:"fileNameDate,omitempty"`

	Meetings     []Meeting     `json:"meetings"`
	Sections     []Section     `json:"sections"`
	Participants []Participant `json:"participants"`
	ActionItems  []ActionItem  `json:"actionItems"`
	Outcomes     []Outcome     `json:"outcomes"`
	Topics       []Topic       `json:"topics"`
	Ballots      []Ballot      `json:"ballots,omitempty"`
	Links        []Link        `json:"links"`
	Refs         []Ref         `json:"refs"`
	MeetupSlots  []MeetupSlot  `json:"meetupSlots,omitempty"`
	Sessions     []Session     `json:"sessions,omitempty"`
	// Marking is the label of the file; sections have their own.
	Marking

	// Parents are, for a line, that of the list item around it, else that of the heading topic above it. It is for whoever
	// stores what was read, and no part of the JSON form.
	Parents map[int]int `json:"-"`
}

// DateSource says where a document's date was found.
type DateSource string

// The places a date can come from, the strongest first.
const (
	FromHeading  DateSource = "heading"
	FromDateLine DateSource = "dateLine"
	FromFileName DateSource = "fileName"
)

// Meeting is one of the meetings in a file.
type Meeting struct {
	Date string `json:"date,omitempty"`
	Line int    `json:"line"`
}

// Section is a heading.
type Section struct {
	Title string `json:"title"`
	Level int    `json:"level"`
	Line  int    `json:"line"`
	// Marking is the label of the section, where it has one of its own.
	Marking
}

// Participant is somebody who was there, by handle, by name or by both.
type Participant struct {
	Line   int    `json:"line"`
	Handle string `json:"handle,omitempty"`
	Name   string `json:"name,omitempty"`
	// Note is what stood in brackets: a company, a role, "late".
	Note string `json:"note,omitempty"`
}

// Affiliated is the name without what follows a comma or a dash in it, and that: "Ada Lovelace, ACME" is somebody of
// ACME, and so is "Ada - ACME". After a name of one word a comma may stand between the parts of the name.
func (p Participant) Affiliated() (name, affiliation string) { return affiliated(p.Name) }

var affiliationDash = regexp.MustCompile(` [-–—]+ `)

func affiliated(whole string) (name, affiliation string) {
	if dash := affiliationDash.FindStringIndex(whole); dash != nil {
		return whole[:dash[0]], whole[dash[1]:]
	}
	name, affiliation, _ = strings.Cut(whole, ", ")
	if len(strings.Fields(name)) < 2 {
		return whole, ""
	}
	return name, affiliation
}

// ActionItem is something that somebody is to do.
type ActionItem struct {
	Text string `json:"text"`
	// Assignees are handles without their @, or a bare name after AI, in the order of the text.
	Assignees []string `json:"assignees"`
	Line      int      `json:"line"`
	Done      bool     `json:"done"`
}

// Marker says how an outcome was recognised.
type Marker string

// The markers of outcomes.
const (
	// ByArrow is a line that begins with an arrow.
	ByArrow Marker = "arrow"
	// ByDecision is a line that begins with a word such as Decision or Agreed.
	ByDecision Marker = "decision"
)

// Outcome is a conclusion or a decision.
type Outcome struct {
	Text   string `json:"text"`
	Line   int    `json:"line"`
	Marker Marker `json:"marker"`
}

// TopicKind says whether a topic is a heading or a list item.
type TopicKind string

// The kinds of topics.
const (
	HeadingTopic TopicKind = "heading"
	ItemTopic    TopicKind = "item"
)

// Topic is something that was talked about.
type Topic struct {
	Title string `json:"title"`
	Line  int    `json:"line"`
	// Depth is the number of list items around it.
	Depth int `json:"depth"`
	// ParentLine is the line of the list item around it, else of the heading topic above it, else nil.
	ParentLine *int      `json:"parentLine"`
	Kind       TopicKind `json:"kind"`
	Votes      int       `json:"votes"`
	// Owners are the handles that a heading, or the sponsor line below it, names.
	Owners []string `json:"owners,omitempty"`
	// Minutes is the timebox.
	Minutes int `json:"minutes,omitempty"`
}

// Ballot is a counted vote: what was chosen, and how often.
type Ballot struct {
	Line  int            `json:"line"`
	Tally map[string]int `json:"tally"`
}

// Link is a URL and the line of its first occurrence.
type Link struct {
	URL  string `json:"url"`
	Line int    `json:"line"`
}

// Ref is a textual reference to an issue, such as #12 or owner/repo#12.
type Ref struct {
	Ref  string `json:"ref"`
	Line int    `json:"line"`
}

// SlotStatus says how sure a meetup slot is.
type SlotStatus string

// The states of a meetup slot.
const (
	Confirmed SlotStatus = "confirmed"
	Tentative SlotStatus = "tentative"
	Proposed  SlotStatus = "proposed"
)

// MeetupSlot is a topic or a speaker planned for a meetup.
type MeetupSlot struct {
	Title   string     `json:"title"`
	Line    int        `json:"line"`
	Date    string     `json:"date,omitempty"`
	Org     string     `json:"org,omitempty"`
	Speaker string     `json:"speaker,omitempty"`
	Status  SlotStatus `json:"status"`
	URL     string     `json:"url,omitempty"`
	Time    string     `json:"time,omitempty"`
}
