// Package search says what it means that a text finds a record, and how well it
// fits: the words of the record, the words asked, and the arithmetic between them.
// Both engines follow it to the bit. Nothing in it depends on other records.
//
//	values of a record ─ DocumentOf ─> Document ┐
//	text of a client  ─ Parse ──────> Query ────┴─ Score ─> an integer, or nothing
//
// docs/search.md tells the same to people who ask.
package search
