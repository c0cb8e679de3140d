// Package feed writes the map for other programs and for people's inboxes: a
// calendar (RFC 5545), news of topics (Atom, RFC 4287), and the documents around a
// meeting in Markdown. It asks the same GraphQL operations that anybody could ask, so
// it holds nothing that its reader may not see.
package feed
