// Package neo4j is the engine on a Neo4j server, version 5: the map lies there as
// a graph that people can look at with Neo4j's own tools.
//
//	Run   ── plan.Read ──> one Cypher statement ──> rows ──> answer
//	Apply ── lock ── merge.Plan ──> delta ──> a few UNWIND batches ── commit
//
// # How the map is stored
//
// A record is a node with the label of its type and, where it has one, of its
// interface: (:Solution:Platform). A link is a relationship named like its
// schema.Relation. Both carry _class, the number of their guard class; a
// relationship carries nothing else.
//
//	title          a field as it is; nothing where it is absent or empty
//	title.order    text.OrderKey of it, where that is not the same: what text is
//	               compared and ordered by; key.order is always there, and is what
//	               records are found by
//	title.fold     text.Fold of it, where that is not the same: for filters that
//	               do not tell case apart
//	kind.rank      the place of an enum's word, to order by
//	effortDays     true where there is such a value object
//	effortDays.min one of its parts
//	sources        how many there are in a list of value objects
//	sources.path   a part of them, one item for each; nothing where no item has it
//	sources.path.set  which items have it, where not all do
//	_text1 … _text4  the words of its searchable text, tier by tier, as
//	               search.Document has them
//	_type _class   the type's name, the guard class
//	_own           the class the record has by itself, where that is another
//
// GraphQL names have no dots and none of the model's begins with an underscore,
// so these names never meet. Whatever an answer does not come from has a label
// that begins with an underscore, too, and no plan can reach it:
//
//	_Meta       one node: schema version, revision, access mark, store id, lock
//	_Class      the guard classes by number
//	_Statement  what a source says of a record, as JSON
//	_Dormant    a link that is said and is no relationship now: an end is not
//	            there, or another statement says otherwise
//	_Changeset  the changesets that were applied: the change log
//	_Token      the bearer tokens, of which only a hash is kept
//	_Redo       what is still to be written of a changeset that was begun
//
// # What may be read
//
// The classes open to a viewer are computed in Go (access.Table) and go into a
// statement as the parameter $open. Every node and every relationship that a
// statement walks over has to have its _class in it, under every other
// condition.
//
// Neo4j reads what is committed at the moment it looks, so one statement may see
// two states of the map. That must not show anybody what they may not see.
// Therefore a changeset that moves the class of something stored, or the ladder,
// is marked while it is written. Its first transaction works out everything it
// does, keeps that as _Redo nodes and sets _Meta.access to a mark; from then on it
// is sure to be done. The transactions after that do it, and the last one gives
// access a new value. Whoever finds the mark, a reader who has waited a while, the
// next writer or the next start, does what is left, so a process may die at any
// point. A changeset too large for the memory Neo4j gives to one transaction is
// written the same way.
//
// A statement reads access before and after everything else; if either is not the
// value that belongs to the table its $open was computed from, what it read is
// thrown away, the table is read again and the statement repeated. So a stale
// table, and a class that moves while a statement runs, cost time and never show
// anything. A changeset of another kind can be seen in part by a statement that
// runs meanwhile.
package neo4j
