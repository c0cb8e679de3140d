// Package issues turns the issues of a repository on GitHub into statements: what
// `gh issue list --json …` and `gh api` print, and what the REST API answers.
//
//	file ─ decode ─> Issue ─┬─ topic (labels, reactions, comments, state)
//	                        └─ note  (written by the portability form)
//
// Keys are made of the repository and the number of an issue, so that a title may be
// edited. Pull requests are left out.
package issues
