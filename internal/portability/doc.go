// Package portability says which practices move from one platform to another, and
// why. It is pure: facts go in, answers with their proof come out, and nothing is
// known but what was put in.
//
//	Input ── NewWorld ──> World ── Answer ──> verdict, basis, reasons, proof
//	   │                    ├──── Portable, Targets, ExitPlan (lists of answers)
//	   │                    ├──── Moves, Arrivals (many answers in short)
//	   │                    ├──── Obstacles, Stale, RestingOn
//	   │                    └──── Compare, Gaps, Resolve
//	   └── Assume ──> World (as if some more were known)
//
// # The rules
//
// The first rule that comes to a verdict decides:
//
//  1. the same platform: UNCHANGED;
//  2. recorded for exactly this practice and pair (recorded.go, notes.go);
//  3. recorded between the solutions that the ends run, or done on a solution that
//     they share (recorded.go, shared.go);
//  4. derived from what the target has of the required capabilities and from how both
//     ends do the practice (derived.go, has.go, explain.go);
//  5. composed over at most two platforms in between (composed.go, route.go);
//  6. UNKNOWN.
//
// # Choices
//
// The sentences of the design that decide are kept as cases in testdata, with their
// answers worked out on paper. Where they leave room, this was chosen.
//
// Notes. A note that names no source is its own source: nothing silences it. Notes of
// one source silence each other only within one practice and pair. A note from a
// platform to itself is left out everywhere, because rule 1 has said that; so are
// notes, offers and implementations that name something the viewer may not see.
// Equal reasons of several notes are one.
//
// Rule 3. Pairs with the one or the other end replaced are one step. "Generalised the
// target" is true when a note that answers is about one of the target's solutions,
// and when a shared solution is not the target itself: its NO counts there, too. What
// the target states is then weighed by rule 4 as a whole, by its own offers alone and
// without the mechanisms, so that operator access refused by a provider is never
// worse. An offer that is not worse than the notes is no part of the answer. An
// answer that it made worse has no effort, and lists the required capabilities that
// the target itself does not state.
//
// Rule 4. An answer used what a provider has from its solutions when that is among
// its premises: what is NO or RESTRICTED, and ways of doing it that differ; a YES and
// equal ways only where all are YES. So a NO that the target itself states stays
// DERIVED beside an inherited YES, and is INFERRED beside an inherited RESTRICTED,
// whose reason it shows. Unchecked is every required capability that the target, and
// the practice for every end that, does not state itself, also where a NO or the
// exception decided. The exception is one reason for all the access that is refused;
// it rests on the target's own offers where there are some. Of several solutions all
// offers are premises, and only the worst contribute their verdict.
//
// Rule 5. Platforms in between are neither end, and none is passed twice. Generalising
// an end comes after rule 2 and before rule 4 for that hop, and a hop whose verdict
// does not compose is none, even if a later rule would give another one.
//
// Lists. What is covered is within every bound, also within NOT_NEEDED. Compare and
// Gaps go by what a platform states itself: what a provider has from the solutions it
// runs belongs to rule 4 and is no statement of its own.
//
// Exit plans. A practice that is covered, blocked or unknown stands beside the order
// and holds nothing up, but what it depends on still comes before what depends on it.
// Of several targets each practice goes to the easiest; it is blocked only when it is on
// all of them, and unknown when it is on one and can be done on none.
// Lock-ins count for the platform that is left and for the solutions it runs that no
// target is or runs.
package portability
