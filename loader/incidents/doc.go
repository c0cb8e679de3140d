// Package incidents turns root cause analyses that were written on the template of
// the catalogue (opsmap template rca) into stories: what happened and when, its
// impact, the root cause, the lessons, and the practices that are named by key.
//
// What is still as the template has it counts as left out: text wholly in *italics*,
// a single …, empty cells. A form in which nothing is filled in is refused.
package incidents
