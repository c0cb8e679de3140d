package meetings

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
	"github.com/open-operations/opsmap/loader/minutes"
)

// entry is a line that becomes a record.
type entry struct {
	typ    string
	line   int
	text   string
	parent int
	// key is found by identity; named where the line says it itself.
	key, named string

	topic    *minutes.Topic
	action   *minutes.ActionItem
	decision bool
	slot     *minutes.MeetupSlot
	held     *minutes.Session
	// outcome: the topic came out of a discussion.
	outcome bool
}

func (e *entry) id() record.ID { return record.ID{Type: e.typ, Key: e.key} }

var (
	// ownKey is how a line names its record: "War stories {#war-stories}".
	ownKey  = regexp.MustCompile(`\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*$`)
	anArrow = regexp.MustCompile(`^(?:={1,2}>|-{1,2}>|→|⇒)\s*`)
)

// outline is the entries of a document in the order of their lines, with the key of
// each.
func (s *speaker) outline() []*entry {
	var all []*entry
	for i := range s.doc.Topics {
		t := &s.doc.Topics[i]
		all = append(all, &entry{typ: "Topic", line: t.Line, text: t.Title, topic: t})
	}
	for i := range s.doc.ActionItems {
		a := &s.doc.ActionItems[i]
		all = append(all, &entry{typ: "ActionItem", line: a.Line, text: anArrow.ReplaceAllString(a.Text, ""), action: a})
	}
	for _, o := range s.doc.Outcomes {
		all = append(all, &entry{typ: "Decision", line: o.Line, text: anArrow.ReplaceAllString(o.Text, ""), decision: true})
	}
	for _, b := range s.doc.Ballots {
		all = append(all, &entry{typ: "Decision", line: b.Line, text: tally(b.Tally), decision: true})
	}
	for i := range s.doc.MeetupSlots {
		slot := &s.doc.MeetupSlots[i]
		if slot.Title != "" {
			all = append(all, &entry{typ: "Session", line: slot.Line, text: slot.Title, slot: slot})
		}
	}
	all = append(all, s.heldEntries()...)
	for _, e := range all {
		if m := ownKey.FindStringSubmatchIndex(e.text); m != nil && m[0] > 0 {
			e.named, e.text = e.text[m[2]:m[3]], e.text[:m[0]]
		}
		e.text = s.unnamed(e.line, e.text, e.linked()...)
	}
	all = s.newTopics(all)
	slices.SortStableFunc(all, func(a, b *entry) int { return cmp.Compare(a.line, b.line) })
	s.identify(all)
	return all
}

// tally is a counted vote in words, the words for and against in the order in which
// people say them.
func tally(counts map[string]int) string {
	order := []string{"yes", "for", "no", "against", "abstain"}
	place := func(word string) int {
		if at := slices.Index(order, word); at >= 0 {
			return at
		}
		return 1
	}
	words := make([]string, 0, len(counts))
	for word := range counts {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(place(a)-place(b), strings.Compare(a, b)) })
	for i, word := range words {
		words[i] = word + " " + strconv.Itoa(counts[word])
	}
	return "Vote: " + strings.Join(words, ", ")
}

// stored is a text as it is kept: what was said before is found by it.
func stored(s string) string {
	printable, _ := text.Printable(s)
	return printable
}

// identify finds the keys.
func (s *speaker) identify(all []*entry) {
	items := make([]identity.Item, len(all))
	topics := map[int]int{}
	for i, e := range all {
		e.parent = s.topicAround(e, topics)
		items[i] = identity.Item{Type: e.typ, Key: e.named, Parent: -1, Text: stored(e.text), Prefix: s.key + "-"}
		if e.topic != nil {
			items[i].Parent = e.parent
			topics[e.line] = i
		}
	}
	for i, key := range identity.Keys(items, s.formers()) {
		all[i].key = key
	}
}

// topicAround is the index of the topic that an entry belongs to, -1 for none. What
// stands in an item that is no topic belongs to the topic around that.
func (s *speaker) topicAround(e *entry, topics map[int]int) int {
	line, there := s.doc.Parents[e.line]
	if e.topic != nil {
		if line, there = 0, e.topic.ParentLine != nil; there {
			line = *e.topic.ParentLine
		}
	}
	for there && line <= e.line {
		if i, found := topics[line]; found {
			return i
		}
		above := line
		if line, there = s.doc.Parents[line]; line == above {
			break
		}
	}
	return -1
}

// formers are the records that the file made before.
func (s *speaker) formers() []identity.Former {
	var out []identity.Former
	prior := s.File.Prior.Of("Topic", "Session", "ActionItem", "Decision")
	for i := range prior {
		p := &prior[i]
		if p.Source != s.File.Source {
			continue
		}
		f := identity.Former{Type: p.ID.Type, Key: p.ID.Key, Line: loader.CitedBy(p).Line}
		switch p.ID.Type {
		case "Topic":
			f.Text, _ = p.Fields["title"].(string)
			if to := p.Links["parent"]; len(to) == 1 {
				f.Parent = to[0].Key
			}
		case "Session":
			f.Text, _ = p.Fields["title"].(string)
		case "ActionItem", "Decision":
			f.Text, _ = p.Fields["text"].(string)
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}
