package issues

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
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
	formFields  = []string{formAbout, formVerdict, formReason, formSentence, formLink}
	formHeading = regexp.MustCompile(`(?m)^### (.+?)[ \t]*$`)
)

// formOf is the form that an issue was written with; nil when it was not.
func formOf(i *issue) form {
	body := strings.ReplaceAll(i.body, "\r\n", "\n")
	heads := formHeading.FindAllStringSubmatchIndex(body, -1)
	out := form{}
	for n, at := range heads {
		name := body[at[2]:at[3]]
		if _, have := out[name]; have || !slices.Contains(formFields, name) {
			continue // a heading within an answer
		}
		end := len(body)
		for _, next := range heads[n+1:] {
			if slices.Contains(formFields, body[next[2]:next[3]]) {
				end = next[0]
				break
			}
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

// answer is what stands in a field; empty for what GitHub writes for nothing.
func answer(s string) string {
	s = strings.TrimSpace(s)
	if s == "_No response_" || s == "None" {
		return ""
	}
	return s
}

// about is what a form speaks of: practice=etcd-backup from=vsphere to=osism.
func (f form) about() map[string]string {
	out := map[string]string{}
	for word := range strings.FieldsSeq(f[formAbout]) {
		if name, value, found := strings.Cut(word, "="); found {
			out[strings.ToLower(name)] = strings.Trim(value, ",;`")
		}
	}
	return out
}

// contribution says what a form says: a portability note, or what a platform
// offers. A problem says why it cannot be taken; the issue is left out then.
func (s *speaker) contribution(i *issue, f form, m *meaning) *loader.Problem {
	if i.closed && (i.reason == "not_planned" || i.reason == "duplicate") {
		return nil // somebody looked at it and did not take it
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
	st := s.statement(i, record.ID{Type: "PortabilityNote", Key: i.key(s.File)}, s.witness())
	st.Class = s.class(m)
	st.Fields["verdict"], st.Fields["basis"] = verdict, "CITED"
	if !i.created.IsZero() {
		st.Fields["observedOn"] = i.created.UTC().Format("2006-01-02")
	}
	if p := s.reason(i, f, st, verdict); p != nil {
		return p
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
	for word := range strings.FieldsSeq(f[formLink]) {
		word = strings.Trim(word, "<>()[],;")
		if strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://") {
			kind := speech.KindOf(word)
			if kind == "OTHER" {
				kind = "DOCUMENTATION"
			}
			s.Cite(st, word, kind)
		}
	}
}

// reason says why, with the sentence; UNCHANGED needs none, and keeps the sentence
// as a remark.
func (s *speaker) reason(i *issue, f form, st *record.Statement, verdict string) *loader.Problem {
	sentence := s.discreet(strings.Join(strings.Fields(f[formSentence]), " "))
	if verdict == "UNCHANGED" {
		if sentence != "" {
			st.Fields["remark"] = sentence
		}
		return nil
	}
	kind, _, _ := strings.Cut(f[formReason], " ")
	kind = strings.ToUpper(kind)
	o := s.labels.catalog.Object("Reason")
	if kinds := s.labels.catalog.Enum("ReasonKind").Values; !slices.Contains(kinds, kind) {
		return refuse(i, "is "+verdict+" and says no reason", "right is "+strings.Join(kinds, ", ")+" under Reason")
	}
	if sentence == "" {
		return refuse(i, "says nothing in one sentence", "right is why it is "+verdict)
	}
	st.Fields["reasons"] = []any{reasonOf(o, kind, sentence, verdict)}
	return nil
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

func verdictOf(i *issue, f form) (string, *loader.Problem) {
	word, _, _ := strings.Cut(f[formVerdict], " ")
	word = strings.ToUpper(word)
	if !slices.Contains(verdicts, word) {
		return "", refuse(i, fmt.Sprintf("has the verdict %q", f[formVerdict]), "right is "+strings.Join(verdicts, ", "))
	}
	return word, nil
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
	st := s.statement(i, record.Joining("Offer", platform, capability), s.witness())
	st.Class = s.class(m)
	st.Fields["state"], st.Fields["basis"] = state, "CITED"
	if sentence := s.discreet(strings.Join(strings.Fields(f[formSentence]), " ")); sentence != "" {
		st.Fields["note"] = sentence
	}
	st.Links["platform"], st.Links["capability"] = []record.ID{platform}, []record.ID{capability}
	s.link(st, f)
	return nil
}

// find is the record that a form names.
func (l *labels) find(i *issue, name, key string, types ...string) (record.ID, *loader.Problem) {
	if key == "" {
		return record.ID{}, refuse(i, "does not say "+name+"=", "right is practice=etcd-backup from=vsphere to=osism under About")
	}
	key = strings.ToLower(key)
	for _, t := range types {
		if id := (record.ID{Type: t, Key: key}); l.known[id] {
			return id, nil
		}
	}
	hint := "right is the key of a " + types[0]
	if near := l.near(key, types); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return record.ID{}, refuse(i, fmt.Sprintf("names %s=%s, which is not on the map", name, key), hint)
}

// maxGuesses is how many wrong names are compared with all that are right: each
// takes time, and who has made so many mistakes reads no more of them.
const maxGuesses = 100

// near are the keys of some types that somebody may have meant.
func (l *labels) near(key string, types []string) []string {
	l.guesses++
	if l.guesses > maxGuesses {
		return nil
	}
	var keys []string
	for id := range l.known {
		if slices.Contains(types, id.Type) {
			keys = append(keys, id.Key)
		}
	}
	slices.Sort(keys)
	return text.Nearest(key, keys, 3)
}

func refuse(i *issue, message, hint string) *loader.Problem {
	return &loader.Problem{Message: i.name() + " " + message + ", so it is left out", Hint: hint}
}
