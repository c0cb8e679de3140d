// Package minutes reads a community's Markdown meeting minutes as they are: dates, sections, participants, topics,
// action items, outcomes, ballots, links and meetup slots, each with the line it stands on. It only reads; nothing is
// stored and nothing is guessed beyond the rules.
//
//	bytes ─ decode ─> lines ─ blocks (CommonMark) ─> kinds ─ page ─> headings, items, regions ─ readers ─> Document
//
// What hides text (fenced code, comments, style blocks, quotes) is CommonMark's to say. What an item, its parent and a
// heading are is decided line by line, since people's pads are laxer than CommonMark: `##Agenda`, two headings in one
// line, bullets indented by any two columns.
package minutes
