// Package identity finds again, when a file is read anew, the records that its
// lines made before, so that an edited line changes its record and does not make
// another one: what people added to it stays.
//
// A line is the record that it names itself ({#key}); else the one with the same
// parent and the same text, whatever its case; else the one at the same position,
// between the same neighbours under the same parent, whose text is at least
// Similar to it; else the only one of the whole file with the same text, which has
// moved. What is left gets a key of its own, made of its text: never of its line.
package identity
