package embedded

import (
	"slices"
	"strings"

	"github.com/tidwall/btree"

	"github.com/open-operations/opsmap/internal/search"
)

// words maps every word of the searchable text of a population to the records that
// have it. A prefix is a stretch of it.
type words = btree.Map[string, posting]

// posting is the records that have a word, at least one. It is never written to.
type posting struct {
	// first is the record of a word that only one has; nearly all words are such.
	first number
	// runs are all records, by number, where there are more.
	runs *[][]number
}

// postingRun is the most records that are kept in one piece: it bounds what is
// copied to change one of many.
const postingRun = 1024

func newPosting(sorted []number) posting {
	if len(sorted) == 1 {
		return posting{first: sorted[0]}
	}
	var runs [][]number
	for run := range slices.Chunk(sorted, postingRun/2) {
		runs = append(runs, slices.Clone(run))
	}
	return posting{runs: &runs}
}

// size is how many records have the word.
func (p posting) size() int {
	if p.runs == nil {
		return 1
	}
	n := 0
	for _, run := range *p.runs {
		n += len(run)
	}
	return n
}

// each visits the records until visit returns false.
func (p posting) each(visit func(number) bool) {
	if p.runs == nil {
		visit(p.first)
		return
	}
	for _, run := range *p.runs {
		for _, n := range run {
			if !visit(n) {
				return
			}
		}
	}
}

// with is the posting and n.
func (p posting) with(n number) posting {
	if p.runs == nil {
		if p.first == n {
			return p
		}
		both := []number{min(p.first, n), max(p.first, n)}
		return posting{runs: &[][]number{both}}
	}
	at := p.runOf(n)
	run := (*p.runs)[at]
	i, there := slices.BinarySearch(run, n)
	if there {
		return p
	}
	runs := slices.Clone(*p.runs)
	runs[at] = slices.Insert(slices.Clone(run), i, n)
	if len(runs[at]) > postingRun {
		half := len(runs[at]) / 2
		runs = slices.Insert(runs, at+1, slices.Clone(runs[at][half:]))
		runs[at] = slices.Clip(runs[at][:half])
	}
	return posting{runs: &runs}
}

// without is the posting but n; left is false when nobody else has the word.
func (p posting) without(n number) (rest posting, left bool) {
	if p.runs == nil {
		return p, p.first != n
	}
	at := p.runOf(n)
	run := (*p.runs)[at]
	i, there := slices.BinarySearch(run, n)
	if !there {
		return p, true
	}
	runs := slices.Clone(*p.runs)
	if runs[at] = slices.Delete(slices.Clone(run), i, i+1); len(runs[at]) == 0 {
		runs = slices.Delete(runs, at, at+1)
	}
	if len(runs) == 1 && len(runs[0]) == 1 {
		return posting{first: runs[0][0]}, true
	}
	return posting{runs: &runs}, true
}

// runOf is the run in which n stands, or would.
func (p posting) runOf(n number) int {
	at, _ := slices.BinarySearchFunc(*p.runs, n, func(run []number, n number) int {
		if run[len(run)-1] < n {
			return -1
		}
		return 1
	})
	return min(at, len(*p.runs)-1)
}

// wordEdit says that a record has a word now, or has it no more.
type wordEdit struct {
	n    number
	gone bool
}

// wordEdits are changes of a population's words, each record once a word.
type wordEdits map[string][]wordEdit

// reword notes what changes with a record's words.
func (w wordEdits) reword(n number, was, is *search.Document) {
	if was == nil {
		w.note(n, is, nil, false)
		return
	}
	w.note(n, was, distinctWords(is), true)
	w.note(n, is, distinctWords(was), false)
}

// note the words of a document but those of another one.
func (w wordEdits) note(n number, d *search.Document, but map[string]bool, gone bool) {
	if d == nil {
		return
	}
	d.Words(func(word string) {
		edits := w[word]
		if but[word] || len(edits) > 0 && edits[len(edits)-1].n == n {
			return
		}
		w[word] = append(edits, wordEdit{n, gone})
	})
}

// into writes the edits to the words of a population.
func (w wordEdits) into(words *words) {
	for word, edits := range w {
		had, known := words.Get(word)
		has, left := had.edited(known, edits)
		switch {
		case !left:
			words.Delete(word)
		case known:
			words.Set(word, has)
		default:
			// A word of its own, so that the document can go.
			words.Set(strings.Clone(word), has)
		}
	}
}

// edited is the posting, if there is one, after edits; left is false when nobody
// has the word any more.
func (p posting) edited(known bool, edits []wordEdit) (out posting, left bool) {
	var sorted []number
	if known {
		if len(edits) == 1 || len(edits)*postingRun/2 < p.size() {
			return p.editedOneByOne(edits)
		}
		p.each(func(n number) bool { sorted = append(sorted, n); return true })
	}
	gone := map[number]bool{}
	for _, e := range edits {
		if sorted = append(sorted, e.n); e.gone {
			gone[e.n] = true
		}
	}
	if len(gone) > 0 {
		sorted = slices.DeleteFunc(sorted, func(n number) bool { return gone[n] })
	}
	slices.Sort(sorted)
	if sorted = slices.Compact(sorted); len(sorted) == 0 {
		return posting{}, false
	}
	return newPosting(sorted), true
}

// editedOneByOne shares what it can with the posting.
func (p posting) editedOneByOne(edits []wordEdit) (out posting, left bool) {
	left = true
	for _, e := range edits {
		switch {
		case !e.gone && !left:
			p, left = posting{first: e.n}, true
		case !e.gone:
			p = p.with(e.n)
		case left:
			p, left = p.without(e.n)
		}
	}
	return p, left
}

func distinctWords(d *search.Document) map[string]bool {
	out := map[string]bool{}
	if d != nil {
		d.Words(func(word string) { out[word] = true })
	}
	return out
}

// wordList collects the words of a population that is loaded as a whole, which is
// quicker than to add them one by one.
type wordList struct {
	places map[string]int
	lists  []wordRecords
}

type wordRecords struct {
	word  string
	first number
	rest  []number
}

func (l *wordList) add(n number, d *search.Document) {
	if d == nil {
		return
	}
	if l.places == nil {
		l.places = map[string]int{}
	}
	d.Words(func(word string) {
		at, known := l.places[word]
		if !known {
			l.places[word] = len(l.lists)
			l.lists = append(l.lists, wordRecords{word: word, first: n})
			return
		}
		has := &l.lists[at]
		if last := len(has.rest) - 1; (last < 0 && has.first == n) || (last >= 0 && has.rest[last] == n) {
			return
		}
		has.rest = append(has.rest, n)
	})
}

// load makes the words of the population.
func (l *wordList) load(p *population) {
	slices.SortFunc(l.lists, func(a, b wordRecords) int { return strings.Compare(a.word, b.word) })
	for i := range l.lists {
		has := &l.lists[i]
		if len(has.rest) == 0 {
			p.words.Load(has.word, posting{first: has.first})
			continue
		}
		has.rest = append(has.rest, has.first)
		slices.Sort(has.rest)
		p.words.Load(has.word, newPosting(has.rest))
		has.rest = nil
	}
}
