package neo4j

import (
	"context"
	"iter"
	"slices"
	"strings"
)

// Ops that are to be done later are kept as _Redo nodes, one each.

const keepText = "UNWIND $kept AS row CREATE (r:_Redo) SET r = row"

// keepAtOnce is how many nodes are made with one statement.
const keepAtOnce = 16

// keep stores the ops under the name of the application. What is kept next is made and
// encoded while the server keeps what is before it.
func (t *transaction) keep(ctx context.Context, ops iter.Seq[op], by string) (*remembered, error) {
	k := &remembered{by: by, most: t.engine.remembers}
	encoded := encodeAhead(ops, k)
	defer encoded.stop()
	for first := 0; ; {
		nodes, err := encoded.nodes(first, by)
		if err != nil || len(nodes) == 0 {
			return k, err
		}
		if _, err := all(ctx, t.run, keepText, map[string]any{"kept": nodes}); err != nil {
			return nil, err
		}
		first += len(nodes)
	}
}

// remembered is what the process that began a changeset remembers of it, so that it does
// not have to read all rows back.
type remembered struct {
	// by is the name under which the nodes say whose they are.
	by string
	// rows of the ops that were kept first, count of how many rows.
	rows  [][]any
	count int
	// most is how many may be remembered.
	most int
}

// rememberedRows is how many rows are remembered: those of some 40,000 records with their
// links. Of what is larger the rest is read back, so that it takes no more memory.
const rememberedRows = 250_000

func (k *remembered) add(rows []any) {
	if k.count += len(rows); k.count <= k.most {
		k.rows = append(k.rows, rows)
	}
}

// encodings are ops that are being made and encoded, in their order.
type encodings struct {
	made  chan encoding
	ended chan struct{}
}

type encoding struct {
	deed
	rows []byte
	err  error
}

// encodeAhead makes and encodes ops ahead of who takes them, and notes what is remembered.
func encodeAhead(ops iter.Seq[op], k *remembered) *encodings {
	e := &encodings{made: make(chan encoding, keepAtOnce), ended: make(chan struct{})}
	noted := func(yield func(op) bool) {
		for o := range ops {
			if k.add(o.rows); !yield(o) {
				return
			}
		}
	}
	go func() {
		defer close(e.made)
		for encoded := range ahead(noted, encode) {
			select {
			case e.made <- encoded:
			case <-e.ended:
				return
			}
		}
	}()
	return e
}

func encode(o op) encoding {
	rows, err := encodeRows(o.rows)
	return encoding{o.deed, rows, err}
}

// nodes that keep the next ops, numbered from first; none in the end.
func (e *encodings) nodes(first int, by string) ([]any, error) {
	var nodes []any
	for o := range e.made {
		if o.err != nil {
			return nil, o.err
		}
		names := slices.DeleteFunc(o.names[:], func(name string) bool { return name == "" })
		nodes = append(nodes, map[string]any{
			"n": int64(first + len(nodes)), "kind": string(o.kind), "names": strings.Join(names, " "), "by": by, "rows": o.rows,
		})
		if len(nodes) == keepAtOnce {
			break
		}
	}
	return nodes, nil
}

// stop waits for the maker of ops to end.
func (e *encodings) stop() {
	close(e.ended)
	for range e.made {
	}
}
