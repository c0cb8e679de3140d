package linking

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/record"
)

// How sure names are, in hundredths.
const (
	sureLong     = 95 // two words or more, word for word
	sureSign     = 85 // a sign of a practice, word for word
	sureName     = 85 // one word
	sureCapitals = 75 // one of three letters at the most, in capitals
	sureLayer    = 65 // a layer by the name of a platform
	sureFamily   = 60 // one word that stands in names of others too
	sureShort    = 55 // one of three letters at the most, in small letters
	sureEveryday = 55 // a word of every day, written as a name
	sureOrdinary = 40 // the name of a layer that is an ordinary word
	inCompound   = 10 // less, joined to other words
	inIdentifier = 30 // less, in the name of something else
	leastSure    = 40 // what is less sure is not proposed
)

// shortestName is the length of a name of one word that is not short.
const shortestName = 4

// name is what a record is called, or a sign of it.
type name struct {
	id   record.ID
	text string
	// proper is the name of a platform, word by word: only a plural ends it otherwise.
	proper []string
	words  int
	// sign: it is a sign of a practice. short: one word of few letters. shared: one word
	// that others have in their names. everyday: words of every day only; tool: one that
	// is a word of every day in few texts. house: one word that names who makes many
	// things. ordinary: a layer's, in small letters.
	sign, short, shared, everyday, tool, house, ordinary bool
}

// newName is a name of a record; words are its.
func newName(t Term, text string, words []word, sign bool) *name {
	n := &name{id: t.ID, text: text, sign: sign, words: len(words), everyday: everydayName(stemsOf(words))}
	if isPlatform(t.ID) {
		for _, w := range words {
			n.proper = append(n.proper, w.folded)
		}
	}
	if len(words) > 1 {
		return n
	}
	only := words[0].folded
	n.short = len(only) < shortestName && !strings.ContainsAny(only, "0123456789")
	n.tool = tools[words[0].stem]
	n.house = isPlatform(t.ID) && houses[words[0].stem]
	n.ordinary = t.ID.Type == "Layer" && !lettered(text)
	return n
}

// lettered reports whether a word has a digit, or a capital letter that is not its first:
// IaaS, K8s.
func lettered(s string) bool {
	_, first := utf8.DecodeRuneInString(s)
	return strings.ContainsFunc(s[first:], func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) })
}

// node is a place in the tree of names, word by word.
type node struct {
	next  map[stemID]*node
	names []*name
}

func (n *node) child(id stemID) *node {
	if n.next == nil {
		n.next = map[stemID]*node{}
	}
	if n.next[id] == nil {
		n.next[id] = &node{}
	}
	return n.next[id]
}

// hit is the words of a text, from the first to the last, at which the tree has names.
type hit struct {
	first, last int
	at          *node
	// within: a longer name of a platform has these words, too.
	within bool
}

// findNames finds what is named word by word.
func (v *Vocabulary) findNames(s string, words []word, hits []hit, add func(Match)) {
	type seen struct {
		at *node
		as context
	}
	done := map[seen]bool{}
	for _, h := range hits {
		if len(h.at.names) > mostNamed {
			continue
		}
		as, around := contextOf(s, words, h)
		if done[seen{h.at, as}] {
			continue
		}
		found := false
		for _, n := range h.at.names {
			if (n.proper == nil || !h.within && n.spelled(words[h.first:h.last+1])) && n.counts(as) {
				add(n.match(s[words[h.first].from:words[h.last].to], as, around))
				found = true
			}
		}
		done[seen{h.at, as}] = found
	}
}

// hits are the places where names stand.
func (v *Vocabulary) hits(at []stemID) []hit {
	var out []hit
	end, longer := -1, 0 // of the names of platforms so far, the one that ends last
	for i := range at {
		begins := len(out)
		for n, j := v.names, i; j < len(at) && at[j] != 0; j++ {
			if n = n.next[at[j]]; n == nil {
				break
			}
			if len(n.names) > 0 {
				out = append(out, hit{first: i, last: j, at: n})
			}
		}
		for k := len(out) - 1; k >= begins; k-- {
			out[k].within = out[k].last <= end && out[k].last-out[k].first < longer
			if n := out[k].at.names[0]; n.proper != nil && out[k].last > end {
				end, longer = out[k].last, out[k].last-out[k].first
			}
		}
	}
	return out
}

// spelled reports whether words are the name of a platform, or its plural or singular.
func (n *name) spelled(words []word) bool {
	for i, w := range words {
		if w.folded != n.proper[i] && w.folded != n.proper[i]+"s" && w.folded+"s" != n.proper[i] {
			return false
		}
	}
	return true
}

// context is how a mention stands in its text.
type context struct {
	in surrounding
	// stressed: it is written as a name; capitals: in capitals or with a digit; begins:
	// with a capital letter at the beginning of the text; alone: the text is nothing else.
	stressed, capitals, begins, alone bool
	// layer, cloud: a word beside it says that it names one.
	layer, cloud bool
}

// layered are words beside the name of a layer.
var layered = stemsIn(`layer level tier stack schicht ebene team sig squad call infra infrastructure infrastruktur`)

// contextOf a hit, and the word around it.
func contextOf(s string, words []word, h hit) (context, string) {
	first, last := words[h.first], words[h.last]
	mention := s[first.from:last.to]
	c := context{
		stressed: stressed(s, words, h.first), begins: h.first == 0 && capital(s, words, 0), alone: len(words) == h.last-h.first+1,
		capitals: strings.ToLower(mention) != mention && strings.ToUpper(strings.TrimSuffix(mention, "s")) == strings.TrimSuffix(mention, "s"),
	}
	beside := func(i int, what map[string]bool) bool { return i >= 0 && i < len(words) && what[words[i].stem] }
	c.layer = beside(h.first-1, layered) || beside(h.last+1, layered)
	c.cloud = beside(h.last+1, clouds)
	var around string
	if c.in, around = surroundingOf(s, first.from, last.to); first.part && c.in == free {
		c.in = compound
	}
	return c, around
}

var clouds = stemsIn(`cloud compute region`)

// counts reports whether a name counts that stands somewhere so.
func (n *name) counts(as context) bool {
	switch {
	case n.words > 1 || n.sign:
		return true
	case n.id.Type == "Template" && n.everyday:
		return false
	case n.short && n.shared, n.house && !as.cloud:
		return false
	case n.everyday && n.id.Type == "Layer":
		return as.alone || as.layer
	case n.everyday:
		return as.stressed || as.alone || n.tool && as.begins
	}
	return true
}

// match is a name that stands in a text in these words.
func (n *name) match(words string, as context, around string) Match {
	reason, sure := n.rule(as)
	switch as.in {
	case compound:
		reason, sure = reason+", and stands in “"+around+"”", sure-inCompound
	case identifier:
		reason, sure = reason+", and stands in “"+around+"”, which names something else", sure-inIdentifier
	}
	return Match{ID: n.id, Words: []string{words}, Reason: reason, Confidence: sure}
}

// rule is why a name counts, and how sure it is.
func (n *name) rule(as context) (reason string, sure int) {
	called := "it is called “" + n.text + "”"
	switch {
	case n.sign:
		return "a sign of it is “" + n.text + "”", sureSign
	case n.words > 1 && n.proper != nil && n.everyday && !as.stressed:
		return called + ", in words of every day", sureEveryday
	case n.words > 1:
		return called + ", word for word", sureLong
	case n.ordinary && !as.alone && !as.layer:
		return called + ", which is an ordinary word", sureOrdinary
	case n.everyday && !n.ordinary:
		return called + ", which is a word of every day", sureEveryday
	case n.shared && n.proper == nil:
		return called + ", which names a platform", sureLayer
	case n.shared:
		return called + ", which stands in the names of others too", sureFamily
	case n.short && as.capitals:
		return called + ", which is short", sureCapitals
	case n.short:
		return called + ", which is short", sureShort
	}
	return called, sureName
}
