// Package embedded is the engine that needs no server: durable in one SQLite file
// that any SQLite tool can open, read from a graph in memory.
//
//	Apply ── merge.Plan ──> delta ── SQLite transaction ──> commit
//	                          └── builder ──> next snapshot ──> published
//	Read  ── the snapshot of that moment ── walker over the plan ──> answer
//
// A snapshot is never written to. The next one shares every page, tree and list
// with it that the changeset does not touch, so a reader never waits, never makes
// anyone wait, and never sees half of a changeset.
//
// What the engine says and what the Neo4j engine says are the same, byte for
// byte; a visible difference is a bug in one of them.
package embedded
