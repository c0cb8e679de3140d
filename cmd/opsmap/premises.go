package main

import (
	"iter"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/linking"
)

// premises are what proposals may rest on. A proposal is for those who see both its ends,
// and rests on nothing that one of them may not see: what is hidden from somebody must not
// move what is proposed to them.
type premises struct {
	ladder access.Ladder
	known  *vocabulary
	// classes are those of stories and of recurring issues, as the load leaves them;
	// stored are those that the store has.
	classes, stored map[record.ID]access.Class
	// links of stories and of recurring issues, each with the classes in which it is said.
	links map[link][]access.Class
}

// link leads from a record to another.
type link struct{ from, to record.ID }

// open reports whether whoever sees what has a class sees something of another.
func (p *premises) open(of, to access.Class) bool { return !p.ladder.Opens(of, to) }

// terms that whoever sees what has a class may know.
func (p *premises) terms(to access.Class) []linking.Term {
	return slices.DeleteFunc(p.known.terms(), func(t linking.Term) bool { return !p.open(p.classOf(t.ID), to) })
}

// classOf a record that texts may mention.
func (p *premises) classOf(id record.ID) access.Class {
	c, known := p.known.byID[id]
	if !known {
		return access.Class{}
	}
	return c.class()
}

// audiences are the classes that proposals for texts of some classes may have.
func (p *premises) audiences(texts []access.Class) []access.Class {
	var all []access.Class
	add := func(class access.Class) {
		if !slices.ContainsFunc(all, func(c access.Class) bool { return p.same(c, class) }) {
			all = append(all, class)
		}
	}
	ends := p.known.terms()
	for _, text := range texts {
		add(text)
		for _, t := range ends {
			add(access.Join(text, p.classOf(t.ID)))
		}
	}
	slices.SortFunc(all, func(a, b access.Class) int { return strings.Compare(a.Key(), b.Key()) })
	return all
}

func (p *premises) same(a, b access.Class) bool { return p.open(a, b) && p.open(b, a) }

// forAudience are the proposals of which an audience sees both ends, and nobody else.
func (p *premises) forAudience(proposals []record.Statement, audience access.Class) []record.Statement {
	return slices.DeleteFunc(proposals, func(s record.Statement) bool {
		_, to := endsOf(&s)
		return !p.same(access.Join(s.Class, p.classOf(to)), audience)
	})
}

// propose is the proposals for what a load says in prose.
func (p *premises) propose(result *gather.Result) []record.Statement {
	var classes []access.Class
	seen := map[string]bool{}
	for i := range result.Changeset.Packed {
		s := &result.Changeset.Packed[i]
		if result.IsProse(s.Source) && !seen[s.Class.Key()] {
			seen[s.Class.Key()] = true
			classes = append(classes, s.Class)
		}
	}
	var out []record.Statement
	for _, audience := range p.audiences(classes) {
		words := linking.NewVocabulary(p.terms(audience))
		out = append(out, p.forAudience(words.Propose(p.prose(result, audience)), audience)...)
	}
	return out
}

// prose are the statements of a load in whose words an audience may see links.
func (p *premises) prose(result *gather.Result, audience access.Class) iter.Seq[*record.Statement] {
	prose := result.Statements(func(s *record.Packed) bool { return linking.Speaks(s.ID.Type) && result.IsProse(s.Source) })
	return func(yield func(*record.Statement) bool) {
		for s := range prose {
			if p.open(s.Class, audience) && !yield(s) {
				return
			}
		}
	}
}

// distil is the proposals that come from what several stories share. They are worked out
// anew for audiences that see something of what moved, by its classes; others are told what
// they were told before, or that something hidden was loaded would show.
func (p *premises) distil(stories []linking.Story, issues []linking.Issue, moved []access.Class, before []record.Statement) []record.Statement {
	var out []record.Statement
	for _, audience := range p.audiences(classesOf(stories, func(s linking.Story) access.Class { return s.Class })) {
		proposals := slices.Clone(before)
		if slices.ContainsFunc(moved, func(c access.Class) bool { return p.open(c, audience) }) {
			proposals = linking.Distil(p.seen(stories, audience), p.seenIssues(issues, audience), p.terms(audience))
		}
		out = append(out, p.forAudience(proposals, audience)...)
	}
	return out
}

// movedBy are the classes, as they were and as they are, of what a load changes of
// stories and of what may be distilled from them.
func (p *premises) movedBy(result *gather.Result) []access.Class {
	var moved []access.Class
	note := func(id record.ID, now ...access.Class) {
		switch id.Type {
		case "Story", "Topic":
			was, there := p.stored[id]
			if _, is := p.classes[id]; !there && !is {
				return
			}
			if there {
				now = append(now, was)
			}
		case "Practice":
			now = append(now, p.known.byID[id].guarded.class())
		default:
			return
		}
		moved = append(moved, now...)
	}
	for _, s := range result.Changeset.Packed {
		note(s.ID, s.Class)
	}
	for _, dropped := range result.Dropped {
		note(dropped.ID)
	}
	return moved
}

// seen are stories as far as an audience may know of them.
func (p *premises) seen(stories []linking.Story, audience access.Class) []linking.Story {
	var out []linking.Story
	for _, s := range stories {
		if p.open(s.Class, audience) {
			s.Distilled, s.Issues = p.seenLinks(s.ID, s.Distilled, audience), p.seenLinks(s.ID, s.Issues, audience)
			out = append(out, s)
		}
	}
	return out
}

// seenIssues are recurring issues as far as an audience may know of them.
func (p *premises) seenIssues(issues []linking.Issue, audience access.Class) []linking.Issue {
	var out []linking.Issue
	for _, i := range issues {
		if p.open(p.classes[i.ID], audience) {
			i.Practices = p.seenLinks(i.ID, i.Practices, audience)
			out = append(out, i)
		}
	}
	return out
}

// seenLinks are the links of a record whose other end, and who says so, an audience may
// know of.
func (p *premises) seenLinks(from record.ID, to []record.ID, audience access.Class) []record.ID {
	return slices.DeleteFunc(slices.Clone(to), func(id record.ID) bool {
		end := p.classes[id]
		if id.Type == "Practice" {
			end = p.classOf(id)
		}
		return !p.open(end, audience) || !slices.ContainsFunc(p.links[link{from, id}], func(c access.Class) bool { return p.open(c, audience) })
	})
}

// classesOf are the classes of some things, each once.
func classesOf[T any](things []T, of func(T) access.Class) []access.Class {
	seen := map[string]bool{}
	var out []access.Class
	for _, t := range things {
		if class := of(t); !seen[class.Key()] {
			seen[class.Key()] = true
			out = append(out, class)
		}
	}
	return out
}
