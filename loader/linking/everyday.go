package linking

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// everyday are words that are names too. In small letters, or where every word or every
// sentence has a capital letter, they are words.
var everyday = stemsIn(`ant apex app application arc atlas base beacon bolt box bridge buffer castle chef circle cloud community compose concourse confluence consul core
	crane dash data deck dock drone edge element ember envoy expo falcon fleet flow fluent flux focus forge fuse gate ghost go harbor harvester heat helm hive horizon
	image ion iron job key kind lens light link maintenance mesh message mist node nomad notion object operation orbit page pike platform pod practice
	project pulsar puppet record resource rocket rook runbook salt scale server service shield ship shoot snap solution spark spin stack stage standard state
	stein store story stream swarm swift system team tempest tempo template test thread tide train trove unity vault vector wave workload workspace zone zoom`)

// tools are those of them that few texts about operations use as words.
var tools = stemsIn(`ant atlas chef concourse confluence consul drone ember envoy falcon fluent flux forge ghost harbor harvester heat helm hive horizon ion ironic
	nomad orbit pulsar puppet rook salt shield swarm swift tempest tempo trove unity vault zoom`)

// everydayName reports whether a name is made of words of every day only.
func everydayName(stems []string) bool {
	for _, s := range stems {
		if !everyday[s] {
			return false
		}
	}
	return true
}

// houses make many things: their names alone are not those of their clouds.
var houses = stemsIn(`alibaba amazon apache apple cisco dell google ibm intel meta microsoft oracle samsung suse telekom`)

// stressed reports whether the word of a text is written as a name: with a capital
// letter, and neither because a sentence begins nor as all words around it or all German
// nouns are, or followed by a version.
func stressed(s string, words []word, at int) bool {
	if at+1 < len(words) && versioned(words[at+1].folded) {
		return true
	}
	w := words[at]
	first, size := utf8.DecodeRuneInString(s[w.from:])
	if !unicode.IsUpper(first) {
		return false
	}
	if second, _ := utf8.DecodeRuneInString(s[w.from+size:]); unicode.IsUpper(second) {
		return true // all in capitals
	}
	before := strings.TrimRightFunc(s[:w.from], unicode.IsSpace)
	if before == "" || strings.ContainsAny(before[len(before)-1:], `.!?:"*-`) || at == 0 {
		return false
	}
	return !articles[words[at-1].folded] && !(capital(s, words, at-1) && (at+1 >= len(words) || capital(s, words, at+1)))
}

// articles of German nouns, which have capital letters anyway.
var articles = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`der die das den dem des ein eine einen einem einer eines im am beim vom zum zur kein keine keinen unser unsere unseren ihr ihre jede jeder jedes diese dieser dieses`) {
		out[w] = true
	}
	return out
}()

// capital reports whether a word begins with a capital letter.
func capital(s string, words []word, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[words[at].from:])
	return unicode.IsUpper(r)
}

// versioned reports whether a word is a version: v2, 3.
func versioned(folded string) bool {
	folded = strings.TrimPrefix(folded, "v")
	return folded != "" && len(folded) < 4 && strings.Trim(folded, "0123456789") == ""
}
