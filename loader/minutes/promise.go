package minutes

import (
	"strings"
	"unicode"
)

var (
	// adverbs may stand between "will" and the verb; so may any word in -ly.
	adverbs = wordSet(`now also then just still soon maybe again first later already further only please always sometimes both
		together once quickly kindly either too`)
	// notAfterWill are no promises of work.
	notAfterWill = wordSet(`not never be have and or the a an it this that in on at`)
	// notAfterTo are words that make "to" something else than the start of a verb.
	notAfterTo = wordSet(`be the a an this that these those our my his her their your its it all everyone everybody us me him them
		and or of in on at for from with by as next last each both some any which what who him team teams other others`)
	// tasks are the verbs that make an item out of a handle that begins it.
	tasks = wordSet(`add ask check clarify close contact create document fix follow follow-up investigate move open organise prepare
		push review send talk test update write`)
	// notImperative are words after `-> @x:` that give no order.
	notImperative = wordSet(`no yes it the this that we i is are was not maybe would could should a an in on at for ok okay thanks there he she
		they you if when as or and but so done nothing none what who how why where`)
)

// promise finds who commits to something in a text, by handle: `@a will check`, `@a, @b to write`, `@a update it`.
func promise(text string, start int, item bool) *crowd {
	if !strings.Contains(text, "@") {
		return nil
	}
	list := crowds(text)
	for i := range list {
		c := &list[i]
		after, colon := strings.CutPrefix(text[c.to:], ":")
		words := nextWords(after, 6)
		if len(words) == 0 || (after != "" && after[0] != ' ') {
			continue
		}
		p := phrase{words: words, colon: colon, begins: beginsPart(text[:c.from], start), first: c.from == start}
		p.afterArrow = arrowEnd(strings.TrimRight(text[:c.from], " "))
		if p.commits(item) || withHelp(text, c, list, i, p.begins) {
			return c
		}
	}
	return nil
}

// phrase is what follows a list of handles, and where the list stands.
type phrase struct {
	words []string
	// colon says that one stood after the handles.
	colon bool
	// begins: the handles begin the line or a part of it; first: the line; afterArrow: what an arrow points to.
	begins, first, afterArrow bool
}

func (p phrase) commits(item bool) bool {
	word := strings.ToLower(p.words[0])
	switch {
	case word == "will":
		return verb(p.words[1:], notAfterWill, false)
	case (word == "to" || word == "please") && p.begins:
		return verb(p.words[1:], notAfterTo, true)
	case p.colon:
		return p.afterArrow && verb(p.words, notImperative, true) && !report(word)
	}
	return item && p.first && tasks[strings.TrimRight(word, ",.;:")]
}

// report says whether a word reports rather than orders: "created", "working".
func report(word string) bool { return strings.HasSuffix(word, "ed") || strings.HasSuffix(word, "ing") }

// verb says whether the words begin with a verb, after adverbs; the verbs in but are none. Where a name may stand for
// one, what is all in capitals is a name: "@a to SIG", but "@a will PR it".
func verb(words []string, but map[string]bool, names bool) bool {
	for i, w := range words {
		w = strings.ToLower(strings.TrimRight(w, ",.;:!?)\""))
		if but[w] || !startsWithLetter(w) {
			return false
		}
		if i+1 < len(words) && (adverbs[w] || strings.HasSuffix(w, "ly") && w != "reply" && w != "apply") {
			continue
		}
		return !names || !allCaps(words[i])
	}
	return false
}

// allCaps says whether a word is one of capitals only.
func allCaps(w string) bool {
	letters := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(letters) > 1 && letters == strings.ToUpper(letters)
}

// beginsPart says whether what follows before begins the line, or a part of it: after a bracket, an arrow, a comma, a
// full stop.
func beginsPart(before string, start int) bool {
	if strings.TrimSpace(before[start:]) == "" {
		return true
	}
	if strings.HasSuffix(before, "(") {
		return true
	}
	trimmed := strings.TrimRight(before, " ")
	if arrowEnd(trimmed) {
		return true
	}
	return len(trimmed) < len(before) && strings.IndexByte(",.;", trimmed[len(trimmed)-1]) >= 0
}

// withHelp is the form `@a with @b to prepare`.
func withHelp(text string, c *crowd, list []crowd, i int, begins bool) bool {
	if !begins || i+1 >= len(list) {
		return false
	}
	helpers := list[i+1]
	if strings.TrimSpace(text[c.to:helpers.from]) != "with" {
		return false
	}
	words := nextWords(text[helpers.to:], 6)
	return len(words) > 1 && strings.EqualFold(words[0], "to") && verb(words[1:], notAfterTo, true)
}
