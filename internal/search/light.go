package search

import (
	"strings"
	"unicode"
)

// Light reports whether a word alone says little of what is meant: a number, or a
// word that nearly every text has. Light words add to the score, and side by side
// with others they count; by themselves they find nothing, unless nothing else is
// asked.
func Light(word string) bool {
	if functionWords[word] {
		return true
	}
	for _, r := range word {
		if !unicode.IsNumber(r) {
			return false
		}
	}
	return true
}

// functionWords of English and German. The list is fixed: how often a word is used
// in a map would tell of records that one may not see.
var functionWords = func() map[string]bool {
	const list = `
a about after all also an and any are as at be been before but by can could did do does for from had has have
he how if in into is it its me my no not of off on or our out over s so t than that the their then there these
they this to too until up us was we were what when where which while who why will with without would you your
aber alle als am an auch auf aus bei bin bis da damit das dass dem den der des die dies diese dieser doch du
durch ein eine einem einen einer er es für gegen hat haben ich ihr im in ist ja kann kein keine man mehr mit
muss nach nicht noch nur ob oder ohne sein sich sie sind so um und uns unter vom von vor war warum was wenn wer
werden wie wieder wird wo wir zu zum zur über`
	words := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		words[word] = true
	}
	return words
}()
