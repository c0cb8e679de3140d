// Package portability concludes whether a practice moves from one platform to
// another. It is pure: what it may know is given to it, and nothing else counts.
//
// Six rules are asked in order, the first that has an answer gives it:
//
//  1. the same platform: UNCHANGED
//  2. recorded for exactly this practice and pair (recorded.go)
//  3. recorded for the solutions that the ends run, or a solution both share (generalised.go)
//  4. derived from capabilities and mechanisms (derived.go, mechanisms.go)
//  5. inferred over one or two platforms in between (paths.go)
//  6. UNKNOWN
//
// Where the rules leave room, this is how they are read:
//
//   - A note without a source speaks for itself: it silences no other and no other silences it.
//   - Rule 3 overrules by the target's own offers when at least one of the pairs that answered
//     had its target replaced, and also where the ends share a solution that the target runs.
//   - Under rule 4 an inherited offer counts as used when it gives a reason, or when everything is YES.
//   - Compare and Gaps look at what a platform states itself, not at what it inherits.
package portability
