package neo4j

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

// op is one thing to do for many rows, batch of them at most. It can be stored and done
// later, by another process too: it holds names and values and no Cypher.
type op struct {
	deed
	rows []any
}

// deed is what an op does.
type deed struct {
	kind opKind
	// names of types or relations, as many as the kind has.
	names [3]string
}

// inBatches makes ops of rows: whenever there are enough for one they are done, those that
// are left in the end in the order in which their deeds began.
func inBatches(rows iter.Seq2[deed, any]) iter.Seq[op] {
	return func(yield func(op) bool) {
		gathered := map[deed][]any{}
		var begun []deed
		for what, row := range rows {
			if _, known := gathered[what]; !known {
				begun = append(begun, what)
			}
			if gathered[what] = append(gathered[what], row); len(gathered[what]) < batch {
				continue
			}
			if !yield(op{what, gathered[what]}) {
				return
			}
			gathered[what] = nil
		}
		for _, what := range begun {
			if len(gathered[what]) > 0 && !yield(op{what, gathered[what]}) {
				return
			}
		}
	}
}

type opKind string

const (
	makeClasses   opKind = "classes"
	deleteSaid    opKind = "unsay"
	createSaid    opKind = "say"
	deleteDormant opKind = "wake"
	createDormant opKind = "dormant"
	deleteRecord  opKind = "delete record" // of a type
	createRecord  opKind = "create record" // of a type
	updateRecord  opKind = "update record" // of a type
	deleteLink    opKind = "delete link"   // relation, type, type
	createLink    opKind = "create link"   // relation, type, type
	updateLink    opKind = "update link"   // relation, type, type
	createLog     opKind = "log"
	setModel      opKind = "model"
)

var fixedOps = map[opKind]string{
	makeClasses: "CREATE (:_Class {number: row[0], key: row[1]})",
	deleteSaid:  "MATCH (s:_Statement) USING INDEX s:_Statement(record) WHERE s.record = row[0] AND s.by = row[1] DELETE s",
	createSaid:  "CREATE (s:_Statement) SET s = row",

	deleteDormant: "MATCH (d:_Dormant {record: row}) DELETE d",
	createDormant: "CREATE (d:_Dormant) SET d = row",

	createLog: "CREATE (c:_Changeset) SET c = row WITH row MATCH (m:_Meta {id: 0}) SET m.revision = row.revision",
	setModel:  "MATCH (m:_Meta {id: 0}) SET m.model = row",
}

// text is the statement of the op.
func (e *Engine) opText(o op) (string, error) {
	text, fixed := fixedOps[o.kind]
	if !fixed {
		var err error
		if text, err = e.opOf(o); err != nil {
			return "", err
		}
	}
	return "UNWIND $rows AS row " + text, nil
}

func (e *Engine) opOf(o op) (string, error) {
	byKey := "row." + quoted(keyProperty)
	switch count := slices.Index(append(o.names[:], ""), ""); count {
	case 1:
		typ := e.config.Catalog.Type(o.names[0])
		if typ == nil {
			return "", fmt.Errorf("a changeset was begun with another model: it has no type %q", o.names[0])
		}
		switch o.kind {
		case deleteRecord:
			return nodeMatch("n", typ.Name, "row") + " DETACH DELETE n", nil
		case createRecord:
			return "CREATE (n" + labels(typ) + ") SET n = row", nil
		case updateRecord:
			return nodeMatch("n", typ.Name, byKey) + " SET n = row, n" + labels(typ), nil
		}
	case len(o.names):
		ends := nodeMatch("a", o.names[1], "row[0]") + " " + nodeMatch("b", o.names[2], "row[1]") + " "
		relation := "r:" + quoted(o.names[0])
		link := "(a)-[" + relation + "]->(b)"
		switch o.kind {
		case deleteLink:
			return ends + "MATCH " + link + " DELETE r", nil
		case createLink:
			return ends + "CREATE (a)-[" + relation + " {_class: row[2]}]->(b)", nil
		case updateLink:
			return ends + "MATCH " + link + " SET r._class = row[2]", nil
		}
	}
	return "", fmt.Errorf("a changeset was begun by another opsmap: it wants %q", o.kind)
}

// nodeMatch finds a record of a type by the key in an expression.
func nodeMatch(variable, typ, key string) string {
	return "MATCH (" + variable + ":" + quoted(typ) + " {" + quoted(keyProperty) + ": " + key + "})"
}

// do runs an op.
func (t *transaction) do(ctx context.Context, o op) error {
	text, err := t.engine.opText(o)
	if err != nil {
		return err
	}
	return batches(ctx, t.run, text, o.rows, func([]any) error { return nil })
}
