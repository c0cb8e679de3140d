// Package report turns answers about portability into documents: what leaving a
// platform takes, as Markdown for people who decide; a matrix, as CSV for a
// spreadsheet or as Markdown.
//
//	ask ── GraphQL request ──> answer ── decode ──> Exit, Matrix ── Markdown, CSV ──> text
//
// It asks in GraphQL like any client, so that a document says nothing that its reader
// could not have asked for. Whatever comes from the map is escaped: titles and texts
// were written by many people.
package report
