package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/text"
)

// Limits of what is searched for.
const (
	// MaxText is how many code points a text may have.
	MaxText = 4000
	// MaxWords is how many words it may have.
	MaxWords = 150
	// quotable is how many words a text may have whose quotes mean a phrase; in a
	// longer one, which is a pasted line, they are a mark like any other.
	quotable = 8
	// enough is how many of the words a record needs; less when less are asked.
	enough = 3
	// shortestPrefix is how many code points the beginning of a word needs to stand
	// for every word that begins so.
	shortestPrefix = 2
)

// Query is a text that is searched for.
type Query struct {
	// Text as it came.
	Text string
	// Terms are looked for in a record's Document, each once.
	Terms []Term
	// Need is how many points the terms found must have together.
	Need int64
	// Words are those of which a record that is found has at least Least, and
	// Phrases the words it has all of: what an index can find candidates by.
	Words   []Wanted
	Least   int
	Phrases [][]string

	// shown are the places of the terms that highlights show, by their first word;
	// shownByPrefix of those whose only word is the beginning of others.
	shown         map[string][]int
	shownByPrefix []int
}

// Term is a word, two words side by side, or a phrase.
type Term struct {
	// Exact stands in a tier of a Document when the term is in it.
	Exact string
	// Prefix stands there when a longer word in place of its last one is; empty when
	// that does not count.
	Prefix string
	// Gain is what the term adds to the score, for each point of the tier's Weight;
	// half of it when only Prefix is found.
	Gain int64
	// Points it has.
	Points int64
	// Required: a record without it is not found.
	Required bool
	// Light terms are not shown: words that are Light and stand by themselves.
	Light bool
}

// Wanted is a word to look up: itself, or with all those that begin with it.
type Wanted struct {
	Text   string
	Prefix bool
}

// What a term gains. A word that says something counts more than one that is
// Light, and as much again when its neighbour is the one that was asked.
const (
	wordGain  = 4
	lightGain = 1
	runGain   = 4
)

// Parse reads a text. Errors: BadInput for one without a word, LimitExceeded.
func Parse(s string) (*Query, error) {
	if n := len(s); n > MaxText {
		if n = utf8.RuneCountInString(s); n > MaxText {
			return nil, fault.New(fault.LimitExceeded, "the text has %d characters, the limit is %d; search for the line that matters", n, MaxText)
		}
	}
	p := parser{text: s, query: &Query{Text: s}, words: map[string]int{}, terms: map[string]int{}}
	pieces := split(s)
	n := count(pieces)
	if n > quotable {
		pieces = []piece{{text: s, last: true, words: text.Words(s)}}
	}
	switch n = count(pieces); {
	case n == 0:
		return nil, fault.New(fault.BadInput, "there is no word to search for; right is a text with letters or digits, such as a line of a log")
	case n > MaxWords:
		return nil, fault.New(fault.LimitExceeded, "the text has %d words, the limit is %d; search for the line that matters", n, MaxWords)
	}
	for i := range pieces {
		p.piece(&pieces[i])
	}
	p.settle()
	p.query.show()
	return p.query, nil
}

// piece is a phrase, or a stretch of text between phrases.
type piece struct {
	text   string
	words  []text.Word
	phrase bool
	// last: the text ends with it.
	last bool
}

func count(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		n += len(p.words)
	}
	return n
}

// split finds the phrases: what stands between two quotes of which the first has
// nothing or white space before it, the second nothing or white space behind it.
func split(s string) []piece {
	var out []piece
	add := func(s string, phrase, last bool) {
		if words := text.Words(s); len(words) > 0 {
			out = append(out, piece{text: s, words: words, phrase: phrase, last: last})
		}
	}
	rest := s
	for {
		start, open := opening(rest)
		if start < 0 {
			break
		}
		length, end := closing(rest[start+open:])
		if length < 0 {
			break
		}
		add(rest[:start], false, false)
		add(rest[start+open:start+open+length], true, false)
		rest = rest[start+open+end:]
	}
	add(rest, false, true)
	return out
}

const quotes = "\"“”„"

// opening is where the first quote stands that can begin a phrase, and its size.
func opening(s string) (at, size int) {
	blank := true
	for i, r := range s {
		if blank && strings.ContainsRune(quotes, r) {
			return i, utf8.RuneLen(r)
		}
		blank = unicode.IsSpace(r)
	}
	return -1, 0
}

// closing is the length of a phrase that has been opened, and where its quote ends.
func closing(s string) (length, end int) {
	for i, r := range s {
		if !strings.ContainsRune(quotes, r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		if next, size := utf8.DecodeRuneInString(s[end:]); size == 0 || unicode.IsSpace(next) {
			return i, end
		}
	}
	return -1, 0
}

// parser makes a query of pieces.
type parser struct {
	text  string
	query *Query
	// asked are the words outside phrases with where they stand, words their places
	// in asked by text, terms those in the query by what is exact.
	asked []asked
	words map[string]int
	terms map[string]int
}

// asked is a word outside phrases, once.
type asked struct {
	text   string
	prefix bool
	light  bool
	// after are the places in asked of the words it stands behind.
	after []int
}

func (p *parser) piece(in *piece) {
	if in.phrase {
		p.phrase(in.words)
		return
	}
	before := -1
	for _, w := range in.words {
		starred := strings.HasPrefix(in.text[w.End:], "*")
		prefix := (starred || in.last && w.End == len(in.text)) && utf8.RuneCountInString(w.Text) >= shortestPrefix
		at := p.word(w.Text, prefix)
		if before >= 0 {
			p.asked[at].after = append(p.asked[at].after, before)
		}
		// What stands behind "ceph*" stands behind no word that is known.
		if before = at; starred {
			before = -1
		}
	}
}

func (p *parser) word(s string, prefix bool) int {
	at, known := p.words[s]
	if !known {
		at = len(p.asked)
		p.words[s] = at
		p.asked = append(p.asked, asked{text: s, light: Light(s)})
	}
	p.asked[at].prefix = p.asked[at].prefix || prefix
	return at
}

// phrase gains as much as its words do when each stands beside the next.
func (p *parser) phrase(words []text.Word) {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.Text
	}
	p.query.Phrases = append(p.query.Phrases, list)
	n := int64(len(list))
	p.term(Term{Exact: " " + strings.Join(list, " ") + " ", Gain: n*wordGain + (n-1)*runGain, Required: true})
}

// term adds a term; what is asked in more than one way counts in all of them.
func (p *parser) term(t Term) {
	at, known := p.terms[t.Exact]
	if !known {
		p.terms[t.Exact] = len(p.query.Terms)
		p.query.Terms = append(p.query.Terms, t)
		return
	}
	have := &p.query.Terms[at]
	have.Gain, have.Points = max(have.Gain, t.Gain), max(have.Points, t.Points)
	have.Prefix, have.Required, have.Light = max(have.Prefix, t.Prefix), have.Required || t.Required, have.Light && t.Light
	if have.Required {
		// Quotes ask for these words and no others.
		have.Prefix = ""
	}
}

// settle makes the terms of the words.
func (p *parser) settle() {
	heavy := 0
	for i := range p.asked {
		heavy += count1(!p.asked[i].light)
	}
	if heavy == 0 && len(p.query.Phrases) == 0 {
		for i := range p.asked {
			p.asked[i].light = false
		}
		heavy = len(p.asked)
	}
	for i := range p.asked {
		a := &p.asked[i]
		if a.light {
			p.term(Term{Exact: " " + a.text + " ", Gain: lightGain, Light: true})
			continue
		}
		t := Term{Exact: " " + a.text + " ", Gain: wordGain, Points: 1}
		if a.prefix {
			t.Prefix = " " + a.text
		}
		p.term(t)
		p.query.Words = append(p.query.Words, Wanted{Text: a.text, Prefix: a.prefix})
	}
	for i := range p.asked {
		p.runs(&p.asked[i], heavy)
	}
	p.query.Need = int64(min(heavy, enough))
	p.query.Least = min(heavy, enough-1)
}

// runs are the word with those that it stands behind. They have a point of their
// own where not all words are needed, and neither is light.
func (p *parser) runs(a *asked, heavy int) {
	for _, before := range a.after {
		b := &p.asked[before]
		if a.light && b.light {
			continue
		}
		t := Term{Exact: " " + b.text + " " + a.text + " ", Gain: runGain}
		if heavy >= enough && !a.light && !b.light {
			t.Points = 1
		}
		if a.prefix && !a.light {
			t.Prefix = " " + b.text + " " + a.text
		}
		p.term(t)
	}
}

func count1(b bool) int {
	if b {
		return 1
	}
	return 0
}
