// Package graph is the GraphQL face of opsmap: it serves the schema through
// gqlgen's runtime with a hand-written ExecutableSchema, so that one operation is
// one plan and no code runs per field.
//
//	request ─ prepare: parse, guard, validate ─> what is asked
//	         compile ─> plan ─ engine ─> rows ─┐
//	              └ questions ─ results ─ joins ─┴─ encode ─> JSON bytes
package graph
