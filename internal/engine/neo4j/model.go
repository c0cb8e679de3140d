package neo4j

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// modelDigest is equal for models that store the same records in the same form.
func modelDigest(c *schema.Catalog) string {
	var b strings.Builder
	for _, t := range c.Types {
		fmt.Fprintf(&b, "type %s %s\n", t.Name, t.Family.Name)
		for _, f := range t.Fields {
			describe(&b, f)
			if f.Kind == schema.Object {
				for _, part := range f.Object.Fields {
					describe(&b, part)
				}
			}
		}
		for _, l := range t.Links {
			fmt.Fprintf(&b, "link %s %s %t %t %t %t\n", l.Name, l.Relation.Name, l.Inverse, l.Many, l.Required, l.Binding)
			if l.Relation.Attribution != nil {
				for _, at := range l.Relation.Attribution.Names() {
					fmt.Fprintf(&b, "attribution %s\n", at)
				}
				b.WriteString("attribution\n")
			}
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

func describe(b *strings.Builder, f *schema.Field) {
	fmt.Fprintf(b, "field %s %d %s %t %t %v %t", f.Name, f.Search, f.Kind, f.List, f.Required, f.Default, f.Sum)
	if f.Enum != nil {
		fmt.Fprintf(b, " %s", strings.Join(f.Enum.Values, ","))
	}
	b.WriteString("\n")
}

// adoptModel works out every record anew from its statements when the store was
// written with another model, and writes all of them in the form of this one.
func (e *Engine) adoptModel(ctx context.Context) error {
	digest := modelDigest(e.config.Catalog)
	row, err := e.modelOf(ctx)
	if err != nil || row == digest {
		return err
	}
	if err := e.settle(ctx, nil); err != nil {
		return failure(ctx, err)
	}
	err = e.writing(ctx, func(run runner) error {
		tx, err := e.lock(ctx, run)
		if err != nil || tx.meta.model == digest || tx.meta.marked {
			return err
		}
		return tx.adopt(ctx, digest)
	})
	if err != nil {
		return err
	}
	return failure(ctx, e.settle(ctx, nil))
}

func (e *Engine) modelOf(ctx context.Context) (model string, err error) {
	err = e.reading(ctx, func(run runner) error {
		row, err := one(ctx, run, "MATCH (m:_Meta) RETURN m.model", nil)
		if err == nil {
			model, _ = row[0].(string)
		}
		return err
	})
	return model, err
}

// Records of types and links of relations that the model no longer has; what was
// said of them stays, for a model that has them again.
const (
	strayRecordsText = "MATCH (n) WHERE n._type IS NOT NULL AND NOT n._type IN $known DETACH DELETE n"
	strayLinksText   = "MATCH ()-[r]->() WHERE NOT type(r) IN $known DELETE r"
)

func (t *transaction) dropStrays(ctx context.Context) error {
	types, relations := []string{}, []string{}
	for _, typ := range t.engine.config.Catalog.Types {
		types = append(types, typ.Name)
	}
	for _, r := range t.engine.config.Catalog.Relations {
		relations = append(relations, r.Name)
	}
	if _, err := all(ctx, t.run, strayRecordsText, map[string]any{"known": types}); err != nil {
		return err
	}
	_, err := all(ctx, t.run, strayLinksText, map[string]any{"known": relations})
	return err
}

const recordsText = `MATCH (s:_Statement) RETURN s.record AS id
UNION MATCH (n) WHERE n._type IS NOT NULL RETURN n._type + ':' + n.key AS id`

// adopt keeps the changeset that brings all records into the model's form.
func (t *transaction) adopt(ctx context.Context, digest string) error {
	if err := t.dropStrays(ctx); err != nil {
		return err
	}
	rows, err := all(ctx, t.run, recordsText, nil)
	if err != nil {
		return err
	}
	ids := make([]record.ID, len(rows))
	for i, row := range rows {
		if ids[i], err = readID(row[0]); err != nil {
			return err
		}
	}
	c := &record.Changeset{ID: fmt.Sprintf("model %s at revision %d", digest, t.meta.revision), Actor: "opsmap", At: time.Now()}
	delta, _, err := merge.Refresh(ctx, t.engine.config.Catalog, t, c, ids)
	if err != nil {
		return err
	}
	t.putAll(delta)
	model := op{deed{kind: setModel}, []any{digest}}
	ops := func(yield func(op) bool) {
		for o := range t.ops(delta, c, "") {
			if !yield(o) {
				return
			}
		}
		yield(model)
	}
	_, _, err = t.write(ctx, delta, ops, "model", true)
	return err
}

// putAll adds the records that stay as they are to those that are written, so
// that they take on the form of the model too.
func (t *transaction) putAll(delta *merge.Delta) {
	there := map[record.ID]bool{}
	for _, id := range delta.Delete {
		there[id] = true
	}
	for p := range delta.Puts() {
		there[p.ID] = true
	}
	for _, id := range slices.SortedFunc(maps.Keys(t.loaded), compareIDs) {
		if r := t.loaded[id].Record; r != nil && !there[id] {
			delta.Again = append(delta.Again, r)
		}
	}
}

func compareIDs(a, b record.ID) int { return strings.Compare(a.String(), b.String()) }
