// Package meetings turns Markdown minutes into statements: the meeting with who was
// there, its topics as a tree, action items, decisions and planned sessions, each
// with the file and the line it stands on.
//
//	file ─ minutes.Parse ─> Document ─ outline (which record is which line) ─ say ─> statements
//
// Package minutes reads the text; package identity finds again which line was which
// record. What is added here is only what the model needs: a key for the meeting,
// the people of a file, and which record a link belongs to.
package meetings
