package linking

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
)

// Term is a record that texts may mention.
type Term struct {
	ID record.ID
	// Names are what it is called: name or title, key, aliases. A name is not looked
	// for word by word.
	Names []string
	// Title is looked for by its telling words too; empty for none.
	Title string
}

// Match is a mention of a record in a text.
type Match struct {
	ID record.ID
	// Words as they stand in the text.
	Words []string
	// Reason is the rule in words.
	Reason string
	// Confidence in hundredths.
	Confidence int
}

// Vocabulary finds terms in texts. It is safe for concurrent use.
type Vocabulary struct {
	// phrases by the stem of their first word, the longest first.
	phrases map[string][]phrase
	// titles by the stem of their rarest word, which is looked at first.
	titles map[string][]title
}

type phrase struct {
	id    record.ID
	stems []string
	text  string
	// proper is the name of a platform, word by word: only a plural ends it otherwise.
	proper []string
}

type title struct {
	id    record.ID
	stems []string
	text  string
}

// NewVocabulary makes a vocabulary. A name that several records have proposes each.
func NewVocabulary(terms []Term) *Vocabulary {
	v := &Vocabulary{phrases: map[string][]phrase{}, titles: map[string][]title{}}
	var titles []title
	often := map[string]int{}
	for _, t := range terms {
		seen := map[string]bool{}
		for _, name := range t.Names {
			stems := stemsOf(name)
			key := strings.Join(stems, " ")
			if len(stems) == 0 || seen[key] || !slices.ContainsFunc(stems, telling) {
				continue
			}
			seen[key] = true
			p := phrase{id: t.ID, stems: stems, text: strings.TrimSpace(name)}
			if t.ID.Type == "Solution" || t.ID.Type == "Provider" {
				p.proper = foldedOf(name)
			}
			v.phrases[stems[0]] = append(v.phrases[stems[0]], p)
		}
		about := slices.DeleteFunc(stemsOf(t.Title), func(s string) bool { return !telling(s) })
		slices.Sort(about)
		about = slices.Compact(about)
		if len(about) < 2 {
			continue
		}
		titles = append(titles, title{t.ID, about, t.Title})
		for _, s := range about {
			often[s]++
		}
	}
	for _, t := range titles {
		rarest := slices.MinFunc(t.stems, func(a, b string) int { return cmp.Or(often[a]-often[b], cmp.Compare(a, b)) })
		v.titles[rarest] = append(v.titles[rarest], t)
	}
	return v
}

func stemsOf(s string) []string {
	words := wordsOf(s)
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.stem
	}
	return out
}

func foldedOf(s string) []string {
	words := wordsOf(s)
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.folded
	}
	return out
}

// Find is the terms that a text mentions, the surest first, each once.
func (v *Vocabulary) Find(s string) []Match {
	words := wordsOf(s)
	best := map[record.ID]Match{}
	add := func(m Match) {
		if had, there := best[m.ID]; !there || m.Confidence > had.Confidence {
			best[m.ID] = m
		}
	}
	at := map[string]int{}
	for i, w := range words {
		if _, there := at[w.stem]; !there {
			at[w.stem] = i
		}
		for _, p := range v.phrases[w.stem] {
			if m, ok := p.at(s, words[i:]); ok {
				add(m)
			}
		}
	}
	for stem := range at {
		for _, t := range v.titles[stem] {
			if m, ok := t.within(s, words, at); ok {
				add(m)
			}
		}
	}
	out := make([]Match, 0, len(best))
	for _, m := range best {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(b.Confidence-a.Confidence, cmp.Compare(a.ID.Type, b.ID.Type), cmp.Compare(a.ID.Key, b.ID.Key))
	})
	return out
}

// at matches a name where words begin.
func (p phrase) at(s string, words []word) (Match, bool) {
	if len(words) < len(p.stems) {
		return Match{}, false
	}
	for i, stem := range p.stems {
		if words[i].stem != stem || p.proper != nil && words[i].folded != p.proper[i] && words[i].folded != p.proper[i]+"s" {
			return Match{}, false
		}
	}
	from, to := words[0].from, words[len(p.stems)-1].to
	if len(p.stems) == 1 && everyday[p.stems[0]] && !stressed(s, from) {
		return Match{}, false
	}
	m := p.match(s[from:to])
	if compound := compoundAt(s, from, to); compound != s[from:to] {
		m.Reason, m.Confidence = m.Reason+", and stands in “"+compound+"”", m.Confidence-withinWord
	}
	return m, true
}

// withinWord is how much less sure a name is that is part of a longer word, in
// hundredths.
const withinWord = 20

// match is a name that stands in a text in these words.
func (p phrase) match(words string) Match {
	m := Match{ID: p.id, Words: []string{words}}
	switch {
	case len(p.stems) > 1:
		m.Reason, m.Confidence = "it is called “"+p.text+"”, word for word", 95
	case len(p.stems[0]) < 4 && !strings.ContainsAny(p.stems[0], "0123456789"):
		m.Reason, m.Confidence = "it is called “"+p.text+"”, which is short", 60
	case p.id.Type == "Template" || everyday[p.stems[0]]:
		m.Reason, m.Confidence = "it is called “"+p.text+"”, which is a word of every day", 60
	default:
		m.Reason, m.Confidence = "it is called “"+p.text+"”", 80
	}
	return m
}

// within matches a title whose telling words are all in the text.
func (t title) within(s string, words []word, at map[string]int) (Match, bool) {
	m := Match{ID: t.id, Reason: "all the telling words of “" + t.text + "”", Confidence: 60}
	var places []int
	for _, stem := range t.stems {
		i, there := at[stem]
		if !there {
			return Match{}, false
		}
		places = append(places, i)
	}
	slices.Sort(places)
	for _, i := range places {
		m.Words = append(m.Words, s[words[i].from:words[i].to])
	}
	if len(t.stems) > 2 {
		m.Confidence = 75
	}
	return m, true
}
