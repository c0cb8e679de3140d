package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/text"
)

// Excerpts.
const (
	// MaxHighlights is how many values of a record are shown at most.
	MaxHighlights = 10
	// excerpt is how many code points of a value are shown at most, lead how many of
	// them before the first word found.
	excerpt = 240
	lead    = 60
)

// Highlight is a text, or a stretch of it, with what was found in it.
type Highlight struct {
	Text string
	// Start is where Text begins in the whole, in code points.
	Start int
	// Ranges of Text in code points, from the left, without overlaps.
	Ranges []Range
}

// Range is a stretch of a text: from Start to before End.
type Range struct{ Start, End int }

// Highlight finds the words asked in a text: those that are asked by themselves, and
// those of a run or a phrase where it stands. ok is false when there are none.
func (q *Query) Highlight(s string) (h Highlight, ok bool) {
	words := text.Words(s)
	marked := q.marked(words)
	var bytes []Range
	for i, w := range words {
		if !marked[i] {
			continue
		}
		// Several words may come from one code point, and some leave nothing between.
		if n := len(bytes); n > 0 && w.Start <= bytes[n-1].End {
			bytes[n-1].End = w.End
			continue
		}
		bytes = append(bytes, Range{w.Start, w.End})
	}
	if len(bytes) == 0 {
		return Highlight{}, false
	}
	return cut(s, bytes), true
}

// marked tells which words are to be shown.
func (q *Query) marked(words []text.Word) []bool {
	marked := make([]bool, len(words))
	for i := range words {
		mark := func(t *Term) {
			size := strings.Count(t.Exact, " ") - 1
			if i+size <= len(words) && t.standsIn(words[i:i+size]) {
				for j := range size {
					marked[i+j] = true
				}
			}
		}
		for _, n := range q.shown[words[i].Text] {
			mark(&q.Terms[n])
		}
		for _, n := range q.shownByPrefix {
			mark(&q.Terms[n])
		}
	}
	return marked
}

// show sorts the terms that are shown by the word that each begins with; a word
// that stands for all that begin with it is tried everywhere.
func (q *Query) show() {
	q.shown = map[string][]int{}
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.Light {
			continue
		}
		first, more, _ := strings.Cut(t.Exact[1:], " ")
		if more == "" && t.Prefix != "" {
			q.shownByPrefix = append(q.shownByPrefix, i)
			continue
		}
		q.shown[first] = append(q.shown[first], i)
	}
}

// standsIn reports whether these words are the term's.
func (t *Term) standsIn(words []text.Word) bool {
	rest := t.Exact[1:]
	for i, w := range words {
		next, found := strings.CutPrefix(rest, w.Text)
		if found && strings.HasPrefix(next, " ") {
			rest = next[1:]
			continue
		}
		if t.Prefix == "" || i+1 < len(words) {
			return false
		}
		return strings.HasPrefix(w.Text, strings.TrimSuffix(rest, " "))
	}
	return true
}

// cut makes code points of bytes, and an excerpt of a text that is long.
func cut(s string, bytes []Range) Highlight {
	from, to := 0, len(s)
	if utf8.RuneCountInString(s) > excerpt {
		from, to = window(s, bytes[0].Start)
	}
	h := Highlight{Text: s[from:to], Start: utf8.RuneCountInString(s[:from])}
	at, points := from, 0
	for _, r := range bytes {
		if r.Start >= to {
			break
		}
		points += utf8.RuneCountInString(s[at:r.Start])
		size := utf8.RuneCountInString(s[r.Start:min(r.End, to)])
		h.Ranges = append(h.Ranges, Range{points, points + size})
		points += size
		at = r.End
	}
	return h
}

// window is the excerpt around a word at first: it begins and ends with whole
// words where blanks tell.
func window(s string, first int) (from, to int) {
	from = first
	for n := 0; n < lead && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	if from > 0 {
		if blank := strings.IndexFunc(s[from:first], unicode.IsSpace); blank >= 0 {
			_, size := utf8.DecodeRuneInString(s[from+blank:])
			from += blank + size
		}
	}
	to = from
	for n := 0; n < excerpt && to < len(s); n++ {
		_, size := utf8.DecodeRuneInString(s[to:])
		to += size
	}
	if to < len(s) {
		if blank := strings.LastIndexFunc(s[first:to], unicode.IsSpace); blank > 0 {
			to = first + blank
		}
	}
	return from, to
}
