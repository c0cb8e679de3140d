// Package linking proposes links that nobody has stated, from the words of topics
// and stories. Its rules are few and can be explained; each proposal says by which
// it was found, with which words, and how sure that is. Nothing becomes a link
// before a person says so.
//
// By the words of a text:
//
//	a name, title, key or alias of two words or more, word for word   95
//	one of a single word of four letters or more, or with a digit      80
//	a shorter one                                                      60
//	all the telling words of a title, at least three, in any order     75
//	all the telling words of a title of two, in any order              60
//
// Words are compared without case, accents and endings (-s, -ing, -ed); a telling
// word is one that no stop list has.
//
// By what stories share: a story that is about a recurring issue from which another
// story has been distilled into a practice, or that names a recurring practice that
// another story names too, is proposed to be distilled into that practice.
package linking
