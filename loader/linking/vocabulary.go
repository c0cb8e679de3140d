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
	// Names are what it is called: name or title, key, aliases. A name is looked for
	// word by word.
	Names []string
	// Title is looked for by its telling words too, and Key by all of its words; empty
	// for none.
	Title, Key string
	// Signals are what shows that it is needed, looked for as names are.
	Signals []string
	// Recurring: it is a practice that is needed again and again.
	Recurring bool
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
	// stems are the words of names by what they are compared by.
	stems map[string]stemID
	names *node
	// bags by their rarest word, which is looked for first.
	bags map[stemID][]bag
	// pairs of words of practices, by the two, the smaller first.
	pairs map[[2]stemID][]*title
}

// stemID is the number of a stem; 0 is none of the vocabulary.
type stemID int32

// The longest name, in words, and the number of records that may have one: what more
// are called names none of them.
const (
	longestName = 16
	mostNamed   = 6
)

// NewVocabulary makes a vocabulary. A name that several records have proposes each.
func NewVocabulary(terms []Term) *Vocabulary {
	v := &Vocabulary{stems: map[string]stemID{}, names: &node{}, bags: map[stemID][]bag{}, pairs: map[[2]stemID][]*title{}}
	shared := sharedWords(terms)
	var bags []bag
	for _, t := range terms {
		seen := map[string]bool{}
		for _, n := range t.Names {
			v.addName(t, n, false, shared, seen)
		}
		for _, n := range t.Signals {
			v.addName(t, n, true, shared, seen)
		}
		bags = append(bags, v.bagsOf(t)...)
	}
	v.index(bags)
	v.pairsOf(terms)
	return v
}

// number of a stem.
func (v *Vocabulary) number(stem string) stemID {
	id, there := v.stems[stem]
	if !there {
		id = stemID(len(v.stems) + 1)
		v.stems[stem] = id
	}
	return id
}

// addName looks for a name, or for a sign of a practice.
func (v *Vocabulary) addName(t Term, text string, sign bool, shared map[string]string, seen map[string]bool) {
	for _, spelled := range spellings(text) {
		words := wordsOf(spelled)
		stems := stemsOf(words)
		key, once := strings.Join(stems, " "), plain(spelled)
		if len(stems) == 0 || len(stems) > longestName || seen[once] || !slices.ContainsFunc(stems, telling) || sign && len(stems) < 2 {
			continue
		}
		seen[once] = true
		n := newName(t, strings.TrimSpace(text), words, sign)
		if other := shared[key]; len(stems) == 1 && other != "" && other != t.ID.Key && key != strings.Join(stemsOf(wordsOf(t.ID.Key)), " ") {
			n.shared = true
		}
		at := v.names
		for _, s := range stems {
			at = at.child(v.number(s))
		}
		at.names = append(at.names, n)
	}
}

// spellings of a name: with umlauts written as two letters too, and the other way round.
func spellings(name string) []string {
	out := []string{name}
	for _, r := range []*strings.Replacer{
		strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue"),
		strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", "Ae", "A", "Oe", "O", "Ue", "U"),
	} {
		if other := r.Replace(name); other != name {
			out = append(out, other)
		}
	}
	return out
}

func stemsOf(words []word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.stem
	}
	return out
}

// several stands for more than one record.
const several = "\x00"

// sharedWords are the words that stand in names of platforms, each with the key of the
// platform, or several: such a word names a family rather than one of it.
func sharedWords(terms []Term) map[string]string {
	out := map[string]string{}
	for _, t := range terms {
		if !isPlatform(t.ID) {
			continue
		}
		for _, n := range t.Names {
			for _, w := range wordsOf(n) {
				if had := out[w.stem]; had == "" {
					out[w.stem] = t.ID.Key
				} else if had != t.ID.Key {
					out[w.stem] = several
				}
			}
		}
	}
	return out
}

func isPlatform(id record.ID) bool { return id.Type == "Solution" || id.Type == "Provider" }

// Find is the terms that a text mentions, the surest first, each once.
func (v *Vocabulary) Find(s string) []Match {
	words := wordsOf(s)
	at := make([]stemID, len(words))
	for i, w := range words {
		at[i] = v.stems[w.stem]
	}
	best := map[record.ID]Match{}
	add := func(m Match) {
		if had, there := best[m.ID]; m.Confidence >= leastSure && (!there || m.Confidence > had.Confidence) {
			best[m.ID] = m
		}
	}
	hits := v.hits(at)
	v.findNames(s, words, hits, add)
	v.findBags(s, words, at, add)
	v.findPairs(s, words, at, hits, add)
	out := make([]Match, 0, len(best))
	certain := practiceIn(best)
	for _, m := range best {
		if m.Confidence != sureFew || !certain {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(b.Confidence-a.Confidence, cmp.Compare(a.ID.Type, b.ID.Type), cmp.Compare(a.ID.Key, b.ID.Key))
	})
	return out
}

// practiceIn reports whether a practice is found by all of its words: others that have
// some of them are not meant then.
func practiceIn(found map[record.ID]Match) bool {
	for id, m := range found {
		if id.Type == "Practice" && m.Confidence >= sureKey {
			return true
		}
	}
	return false
}
