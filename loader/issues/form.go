package issues

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/speech"
	"github.com/open-operations/opsmap/schema"
)

// form is what somebody filled in: the values by the heading GitHub writes above
// each, which is the label of the field.
type form map[string]string

// The labels of the fields of .github/ISSUE_TEMPLATE/portability-note.yml.
const (
	formAbout    = "About"
	formVerdict  = "Verdict"
	formReason   = "Reason"
	formSentence = "In one sentence"
	formLink     = "Link"
)

var (
	formFields = []string{formAbout, formVerdict, formReason, formSentence, formLink}
	// formHeading is a heading as GitHub writes it, editedHeading what people make of it.
	formHeading   = regexp.MustCompile(`(?m)^### (` + strings.Join(formFields, "|") + `)[ \t]*$`)
	editedHeading = regexp.MustCompile(`(?mi)^ {0,3}(?:#{1,6}[ \t]*|(?:\*\*|__))(` + strings.Join(formFields, "|") + `)[ \t]*:?[ \t]*(?:\*\*|__|#+)?[ \t]*:?[ \t]*$`)
)

// isNote reports whether an issue says of itself that it was written with the form.
func (i *issue) isNote() bool {
	return slices.ContainsFunc(i.labels, func(l string) bool { return strings.EqualFold(l, "portability-note") }) ||
		strings.HasPrefix(strings.ToLower(i.title), "portability note")
}

// formOf is the form that an issue was written with; nil when it was not. Of an issue
// that says so itself headings may have been edited.
func formOf(i *issue) form {
	body := struck.ReplaceAllString(shown(strings.ReplaceAll(i.body, "\r\n", "\n")), "")
	heading := formHeading
	if i.isNote() {
		heading = editedHeading
	}
	heads := heading.FindAllStringSubmatchIndex(body, -1)
	out := form{}
	for n, at := range heads {
		name := fieldCalled(body[at[2]:at[3]])
		if _, have := out[name]; have {
			if name == formAbout || name == formVerdict {
				out[formTwice] = name
			}
			continue // else a heading within an answer
		}
		end := len(body)
		if n+1 < len(heads) {
			end = heads[n+1][0]
		}
		out[name] = answer(body[at[1]:end])
	}
	_, about := out[formAbout]
	_, verdict := out[formVerdict]
	if !about || !verdict {
		return nil
	}
	return out
}

// struck is what somebody crossed out.
var struck = regexp.MustCompile(`~~[^~\n]+~~`)

// formTwice holds the field of which there are two.
const formTwice = ""

func fieldCalled(heading string) string {
	return formFields[slices.IndexFunc(formFields, func(name string) bool { return strings.EqualFold(name, heading) })]
}

// answer is what stands in a field; empty for what GitHub writes for nothing.
func answer(s string) string {
	s = strings.TrimSpace(s)
	if plain := strings.Trim(s, "_*"); strings.EqualFold(plain, "No response") || strings.EqualFold(plain, "None") {
		return ""
	}
	return s
}

// formMarks are what people put around names.
const formMarks = " ,;`*'\"“”„()[]"

// aboutField begins what a form says of one thing it speaks of. quoted is a name in
// quotation marks.
var (
	aboutField = regexp.MustCompile("(?i)(?:^|[^\\pL\\pN_-])(practice|capability|platform|from|to)[`*_'\"]*[ \\t]*[=:][ \\t]*")
	quoted     = regexp.MustCompile("^(?:\"([^\"\n]*)\"|“([^”\n]*)”|„([^“”\n]*)[“”]|'([^'\n]*)'|`([^`\n]*)`)")
)

// about is what a form speaks of: practice=etcd-backup from="VMware vSphere" to=osism. A
// name goes on to the next field, to the end of its line, or to its closing quotation mark.
func (f form) about() map[string]string {
	text := f[formAbout]
	out := map[string]string{}
	fields := aboutField.FindAllStringSubmatchIndex(text, -1)
	for n, at := range fields {
		value := text[at[1]:]
		if n+1 < len(fields) {
			value = text[at[1]:fields[n+1][0]]
		}
		value, _, _ = strings.Cut(value, "\n")
		if m := quoted.FindStringSubmatch(value); m != nil {
			value = strings.Join(m[1:], "")
		}
		out[strings.ToLower(text[at[2]:at[3]])] = strings.Trim(value, formMarks)
	}
	return out
}

// contribution says what a form says: a portability note, or what a platform
// offers. A problem says why it cannot be taken; the issue is left out then.
func (s *speaker) contribution(i *issue, f form, m *meaning) *loader.Problem {
	if i.closed && (i.reason == "not_planned" || i.reason == "duplicate") {
		return nil // somebody looked at it and did not take it
	}
	if field := f[formTwice]; field != "" {
		return refuse(i, "has "+field+" twice", "right is one form in an issue")
	}
	about := f.about()
	if about["capability"] != "" && about["practice"] == "" {
		return s.offer(i, f, m, about)
	}
	return s.note(i, f, m, about)
}

// note says a portability note: what the person who wrote the issue has seen.
func (s *speaker) note(i *issue, f form, m *meaning, about map[string]string) *loader.Problem {
	practice, p := s.labels.find(i, "practice", about["practice"], "Practice")
	if p != nil {
		return p
	}
	from, p := s.labels.find(i, "from", about["from"], "Solution", "Provider")
	if p != nil {
		return p
	}
	to, p := s.labels.find(i, "to", about["to"], "Solution", "Provider")
	if p != nil {
		return p
	}
	if from == to {
		return refuse(i, "leads from "+from.Key+" to itself", "right is another platform")
	}
	verdict, p := verdictOf(i, f)
	if p != nil {
		return p
	}
	why, p := s.reason(i, f, verdict)
	if p != nil {
		return p
	}
	st := s.statement(i, record.ID{Type: "PortabilityNote", Key: i.key(s.File)}, s.witness())
	st.Class = s.class(m)
	maps.Copy(st.Fields, why)
	st.Fields["verdict"], st.Fields["basis"] = verdict, "CITED"
	if !i.created.IsZero() {
		st.Fields["observedOn"] = i.created.UTC().Format("2006-01-02")
	}
	st.Links["practice"], st.Links["from"], st.Links["to"] = []record.ID{practice}, []record.ID{from}, []record.ID{to}
	s.link(st, f)
	return nil
}

// witness is the kind of source that an issue is which tells what somebody saw;
// where who said it is told to fewer, not whose experience it is.
func (s *speaker) witness() string {
	if s.File.Discreet() {
		return "ISSUE"
	}
	return "EXPERIENCE"
}

// link adds what the form links to.
func (s *speaker) link(st *record.Statement, f form) {
	byKind := map[string][]string{}
	for _, address := range anAddress.FindAllString(f[formLink], -1) {
		address = withoutEnd(address)
		if strings.HasSuffix(address, "://") {
			continue
		}
		kind := speech.KindOf(address)
		if kind == "OTHER" {
			kind = "DOCUMENTATION"
		}
		byKind[kind] = append(byKind[kind], address)
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		s.CiteAll(st, byKind[kind], kind)
	}
}

// anAddress stands by itself, in brackets, or behind the words of a link.
var anAddress = regexp.MustCompile(`https?://[^\s<>\[\]"]+`)

// withoutEnd is an address without what ends the sentence it stands in, or the brackets
// around it; brackets that it opens itself belong to it.
func withoutEnd(address string) string {
	open := strings.Count(address, "(") - strings.Count(address, ")")
	for {
		n := len(address) - 1
		switch address[n] {
		case '.', ',', ';', ':', '!', '?', '*', '_', '\'':
		case ')':
			if open >= 0 {
				return address
			}
			open++
		default:
			return address
		}
		address = address[:n]
	}
}

// reason says why, with the sentence; UNCHANGED needs none, and keeps the sentence
// as a remark.
func (s *speaker) reason(i *issue, f form, verdict string) (map[string]any, *loader.Problem) {
	sentence := s.discreet(strings.Join(strings.Fields(f[formSentence]), " "))
	if verdict == "UNCHANGED" {
		if sentence == "" {
			return nil, nil
		}
		return map[string]any{"remark": sentence}, nil
	}
	kind := ""
	if words := strings.FieldsFunc(f[formReason], func(r rune) bool { return !unicode.IsLetter(r) }); len(words) > 0 {
		kind = strings.ToUpper(words[0])
	}
	o := s.labels.catalog.Object("Reason")
	if kinds := s.labels.catalog.Enum("ReasonKind").Values; !slices.Contains(kinds, kind) {
		return nil, refuse(i, "is "+verdict+" and says no reason", "right is "+strings.Join(kinds, ", ")+" under Reason")
	}
	if sentence == "" {
		return nil, refuse(i, "says nothing in one sentence", "right is why it is "+verdict)
	}
	return map[string]any{"reasons": []any{reasonOf(o, kind, sentence, verdict)}}, nil
}

func reasonOf(o *schema.ObjectType, kind, sentence, verdict string) record.Object {
	out := make(record.Object, len(o.Fields))
	out[o.Field("kind").Index] = kind
	out[o.Field("text").Index] = sentence
	out[o.Field("verdict").Index] = verdict
	return out
}

// verdicts are what a form may say.
var verdicts = []string{"UNCHANGED", "ADAPT", "REWORK", "BLOCKED", "PROVIDER_OPERATED", "NOT_NEEDED"}

var (
	inBrackets = regexp.MustCompile(`\([^()]*\)`)
	// aVerdict is a word that may be one; blanks in it are those of people.
	aVerdict = regexp.MustCompile(`(?i)\b(unchanged|adapt|rework|blocked|provider[_ -]operated|not[_ -]needed)\b`)
)

// verdictOf is the one verdict of a form.
func verdictOf(i *issue, f form) (string, *loader.Problem) {
	right := "right is one of " + strings.Join(verdicts, ", ")
	var found []string
	for _, word := range aVerdict.FindAllString(inBrackets.ReplaceAllString(f[formVerdict], ""), -1) {
		word = strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(word))
		if !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	switch {
	case f[formVerdict] == "":
		return "", refuse(i, "has no verdict", right)
	case len(found) == 0:
		return "", refuse(i, fmt.Sprintf("has the verdict %.40q", f[formVerdict]), right)
	case len(found) > 1:
		return "", refuse(i, "has the verdicts "+strings.Join(found, " and "), right)
	}
	return found[0], nil
}

// offerStates are what verdicts say of a capability.
var offerStates = map[string]string{"UNCHANGED": "YES", "ADAPT": "RESTRICTED", "REWORK": "RESTRICTED", "BLOCKED": "NO"}

// offer says whether a platform has a capability.
func (s *speaker) offer(i *issue, f form, m *meaning, about map[string]string) *loader.Problem {
	platform, p := s.labels.find(i, "platform", about["platform"], "Solution", "Provider")
	if p != nil {
		return p
	}
	capability, p := s.labels.find(i, "capability", about["capability"], "Capability")
	if p != nil {
		return p
	}
	verdict, p := verdictOf(i, f)
	if p != nil {
		return p
	}
	state := offerStates[verdict]
	if state == "" {
		return refuse(i, "says "+verdict+" of a capability", "right is UNCHANGED (it is there), REWORK (with restrictions) or BLOCKED (it is not)")
	}
	id := record.Joining("Offer", platform, capability)
	st := s.statement(i, id, s.witness())
	s.link(st, f)
	if before := s.offers[id]; before != nil && before.created.After(i.created) {
		return nil // the newer word counts, and the older is a source of it
	}
	s.offers[id] = i
	st.Class = s.class(m)
	st.Fields["state"], st.Fields["basis"] = state, "CITED"
	if sentence := s.discreet(strings.Join(strings.Fields(f[formSentence]), " ")); sentence != "" {
		st.Fields["note"] = sentence
	}
	st.Links["platform"], st.Links["capability"] = []record.ID{platform}, []record.ID{capability}
	return nil
}

func refuse(i *issue, message, hint string) *loader.Problem {
	return &loader.Problem{Message: i.name() + " " + message + ", so it is left out", Hint: hint}
}
