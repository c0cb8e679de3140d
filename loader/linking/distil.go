package linking

import (
	"cmp"
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// Story is what the rules of stories need of one.
type Story struct {
	ID record.ID
	// Title, and Text of title, impact, root cause and lessons.
	Title, Text string
	// Day it happened on; empty where nobody says.
	Day string
	// Class of the record, and Sources it is told by.
	Class   access.Class
	Sources any
	// Distilled are the practices it has been distilled into, Issues the recurring
	// issues it is about.
	Distilled, Issues []record.ID
	// Accepted are those of Distilled that somebody has accepted: they are proposed still.
	Accepted []record.ID
}

// Issue is a recurring issue.
type Issue struct {
	ID    record.ID
	Title string
	// Practices that belong to it.
	Practices []record.ID
}

// Source says the proposals that come from what several stories share.
const Source = "linking"

// How sure it is that a story is to be distilled into a practice, in hundredths.
const (
	sureBelongs = 80 // the practice belongs to the recurring issue
	sureOther   = 70 // another story of the recurring issue was distilled into it
	sureNamed   = 65 // the least of a mention in the many words of a story
)

// Distil proposes practices for stories: for several of one recurring issue those that
// belong to the issue, that its title mentions, and that others of them were distilled
// into; for several that name one recurring practice this. A story that is told twice
// is one.
func Distil(stories []Story, issues []Issue, terms []Term) []record.Statement {
	practices := slices.DeleteFunc(slices.Clone(terms), func(t Term) bool { return t.ID.Type != "Practice" })
	vocabulary := NewVocabulary(practices)
	d := &distillation{stories: stories, matches: make([]map[record.ID]Match, len(stories))}
	d.byIssue(issues, vocabulary)
	d.byName(NewVocabulary(slices.DeleteFunc(practices, func(t Term) bool { return !t.Recurring })))
	done := distilled(stories)
	var out []record.Statement
	for i, s := range stories {
		for _, id := range slices.SortedFunc(maps.Keys(d.matches[i]), byID) {
			if slices.Contains(s.Accepted, id) || !slices.Contains(s.Distilled, id) && !done.told(s, id) {
				out = append(out, proposal(Source, s.ID, "distilledInto", d.matches[i][id], s.Class, s.Sources))
			}
		}
	}
	return out
}

// distillation is what is found for stories, each by its place.
type distillation struct {
	stories []Story
	matches []map[record.ID]Match
}

// add the surest match of a story and a practice.
func (d *distillation) add(story int, m Match) {
	if d.matches[story] == nil {
		d.matches[story] = map[record.ID]Match{}
	}
	if had, there := d.matches[story][m.ID]; !there || m.Confidence > had.Confidence {
		d.matches[story][m.ID] = m
	}
}

// byIssue finds what stories of one recurring issue share.
func (d *distillation) byIssue(issues []Issue, vocabulary *Vocabulary) {
	about := map[record.ID][]int{}
	for i, s := range d.stories {
		for _, issue := range s.Issues {
			about[issue] = append(about[issue], i)
		}
	}
	for _, issue := range issues {
		all := about[issue.ID]
		if d.different(all) < 2 {
			continue
		}
		called := "several stories are about the recurring issue “" + issue.Title + "”, "
		for _, i := range all {
			for _, practice := range issue.Practices {
				d.add(i, Match{ID: practice, Reason: called + "which it belongs to", Confidence: sureBelongs})
			}
			for _, m := range vocabulary.Find(issue.Title) {
				d.add(i, Match{ID: m.ID, Words: m.Words, Reason: called + "whose title mentions it: " + m.Reason, Confidence: min(m.Confidence, sureOther)})
			}
		}
		d.byOthers(all, issue)
	}
}

// byOthers finds into what other stories of a recurring issue were distilled.
func (d *distillation) byOthers(all []int, issue Issue) {
	// Two stories of a practice are enough: one of them is another one.
	by := map[record.ID][]int{}
	for _, i := range all {
		for _, practice := range d.stories[i].Distilled {
			if had := by[practice]; len(had) == 0 || len(had) == 1 && !d.same(had[0], i) {
				by[practice] = append(had, i)
			}
		}
	}
	for practice, others := range by {
		for _, i := range all {
			if at := slices.IndexFunc(others, func(other int) bool { return !d.same(i, other) }); at >= 0 {
				title := d.stories[others[at]].Title
				d.add(i, Match{ID: practice, Reason: "“" + title + "”, about the same recurring issue “" + issue.Title + "”, was distilled into it", Confidence: sureOther})
			}
		}
	}
}

// byName finds recurring practices that several stories name.
func (d *distillation) byName(vocabulary *Vocabulary) {
	naming, found := map[record.ID][]int{}, make([][]Match, len(d.stories))
	for i, s := range d.stories {
		for _, line := range linesOf(s.Text) {
			found[i] = append(found[i], vocabulary.Find(line)...)
		}
		found[i] = slices.DeleteFunc(found[i], func(m Match) bool { return m.Confidence < sureNamed })
		named := slices.Clone(s.Distilled)
		for _, m := range found[i] {
			named = append(named, m.ID)
		}
		slices.SortFunc(named, byID)
		for _, id := range slices.Compact(named) {
			naming[id] = append(naming[id], i)
		}
	}
	several := map[record.ID]bool{}
	for id, all := range naming {
		several[id] = d.different(all) > 1
	}
	for i := range d.stories {
		for _, m := range found[i] {
			if several[m.ID] {
				m.Reason = "several stories name it: " + m.Reason
				d.add(i, m)
			}
		}
	}
}

// same reports whether two stories are one that is told twice: they have the same title,
// and not two days.
func (d *distillation) same(a, b int) bool {
	x, y := d.stories[a], d.stories[b]
	return a == b || plain(x.Title) == plain(y.Title) && (x.Day == y.Day || x.Day == "" || y.Day == "")
}

// different is how many stories there are among some: those of one title are as many as
// they have days, and one at least.
func (d *distillation) different(some []int) int {
	days := map[string]map[string]bool{}
	for _, i := range some {
		title := plain(d.stories[i].Title)
		if days[title] == nil {
			days[title] = map[string]bool{}
		}
		if day := d.stories[i].Day; day != "" {
			days[title][day] = true
		}
	}
	count := 0
	for _, of := range days {
		count += max(1, len(of))
	}
	return count
}

// tellings are what stories were distilled into, by title and day; under anyDay all of a
// title.
type tellings map[[2]string]map[record.ID]bool

const anyDay = "*"

func distilled(stories []Story) tellings {
	out := tellings{}
	for _, s := range stories {
		for _, day := range []string{s.Day, anyDay} {
			at := [2]string{plain(s.Title), day}
			if out[at] == nil {
				out[at] = map[record.ID]bool{}
			}
			for _, id := range s.Distilled {
				out[at][id] = true
			}
		}
	}
	return out
}

// told reports whether a story was distilled into a practice where it is told another
// time.
func (t tellings) told(s Story, practice record.ID) bool {
	title := plain(s.Title)
	return t[[2]string{title, s.Day}][practice] || t[[2]string{title, ""}][practice] || s.Day == "" && t[[2]string{title, anyDay}][practice]
}

func byID(a, b record.ID) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Key, b.Key))
}
