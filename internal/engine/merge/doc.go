// Package merge is the part of Apply that no engine does differently: it turns a
// changeset and what a store holds into the exact list of what has to be written.
//
//	changeset ─ check ─ stage ─ ladder ─ settle ─ emit ─> Delta
//	            │       │       │        │        └ what differs from what is stored
//	            │       │       │        └ who is there, and under which class
//	            │       │       └ the levels after the changeset
//	            │       └ the statements after the changeset
//	            └ is it well-formed
//
// An engine implements Tx, the read side of its write transaction, calls Plan
// under its write lock, writes the Delta and commits. Nothing in here writes,
// waits or looks at a clock.
package merge
