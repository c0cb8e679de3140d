// Package yamlsource reads the YAML format of the catalogue (catalogue/README.md)
// into statements: a file, a folder, or the catalogue that ships.
//
//	files ─ document ─ draft ─ world ─ checks ─> changeset
//	        │          │       │       └ what the domain asks of notes, offers, levels …
//	        │          │       └ keys, links, sources and levels across all files
//	        │          └ sections and records held against the model, value by value
//	        └ text to YAML nodes, without the parts of YAML that can hide or repeat
//
// What may stand in a record is read from the model, never listed here; only the
// check_*.go files name types. Every mistake of every file is told in one run.
package yamlsource
