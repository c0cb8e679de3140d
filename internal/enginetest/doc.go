// Package enginetest holds every engine to the same answers, byte for byte.
//
//	Run           what Apply and Read promise, case by case, and the corpus
//	Random        random maps × random operations × viewers against the oracle,
//	              and against the same map without what the viewer may not see
//	Differential  two engines side by side
//
// The corpus is testdata/cases/*.txtar: a map, an operation, a viewer, and an
// answer that was written by hand and that no flag rewrites. The oracle (files
// oracle*.go) reads the operation's syntax tree over plain records and shares no
// code with compiler, plan, merge or engines, so that none of their mistakes is
// repeated in it.
//
// An engine brings one function that opens an empty store; there is no way to be
// left out of a case.
package enginetest
