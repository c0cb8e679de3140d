package embedded

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/schema"
)

// The rows of table meta.
const (
	// metaStore is a random name of the store that copies of the file share.
	metaStore = "store"
	// metaRevision is the store's revision.
	metaRevision = "revision"
	// metaModel is the digest of the model that the records were worked out with.
	metaModel = "model"
)

func (s *store) setMeta(ctx context.Context, name, value string) error {
	return s.exec(ctx, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value)
}

func (s *store) meta(ctx context.Context, name string) (string, error) {
	var value string
	found, err := s.one(ctx, []any{&value}, "SELECT value FROM meta WHERE name = ?", name)
	if err == nil && !found {
		err = s.damaged("it does not say its %s", name)
	}
	return value, err
}

// identify finds out what the file is, makes a store of it when it is empty, and
// brings an older one up to date.
func (s *store) identify(ctx context.Context, m *model) error {
	var application, version, objects int64
	for query, into := range map[string]*int64{
		"PRAGMA application_id":              &application,
		"PRAGMA user_version":                &version,
		"SELECT count(*) FROM sqlite_schema": &objects,
	} {
		if _, err := s.one(ctx, []any{into}, query); err != nil {
			return err
		}
	}
	switch {
	case application == 0 && version == 0 && objects == 0:
		return s.create(ctx, m)
	case application != applicationID:
		return notAStore(s.path)
	case version > engine.SchemaVersion:
		return fault.New(fault.Unavailable,
			"The store %s was written by a newer opsmap: its stored form is version %d, this opsmap knows %d. It was left as it is. Use the newer opsmap again, or a copy of the store from before the upgrade.",
			s.path, version, engine.SchemaVersion)
	}
	if err := s.settings(ctx); err != nil {
		return err
	}
	return s.migrate(ctx, version)
}

// migrations bring a store from the version that is their index to the next, each
// in the transaction that raises the version too. There is none from 0.
var migrations = []func(context.Context, *store) error{
	nil, addTokenTable,
	// The words of records are worked out when a file is read; nothing of them is in it.
	func(context.Context, *store) error { return nil },
}

func (s *store) migrate(ctx context.Context, version int64) error {
	for ; version < engine.SchemaVersion; version++ {
		if version <= 0 || int(version) >= len(migrations) {
			return s.damaged("its stored form is version %d, which there never was", version)
		}
		err := s.inTransaction(ctx, func() error {
			if err := migrations[version](ctx, s); err != nil {
				return err
			}
			return s.exec(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// create an empty store, in one transaction: whoever is killed before its end
// leaves an empty file.
func (s *store) create(ctx context.Context, m *model) error {
	if err := s.settings(ctx); err != nil {
		return err
	}
	return s.inTransaction(ctx, func() error {
		if _, err := s.conn.ExecContext(ctx, tables+tokenTable); err != nil {
			return s.fault(err, "created")
		}
		for name, value := range map[string]string{
			metaStore: rand.Text(), metaRevision: "0", metaModel: modelDigest(m.catalog),
		} {
			if err := s.setMeta(ctx, name, value); err != nil {
				return err
			}
		}
		if err := s.exec(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return err
		}
		return s.exec(ctx, fmt.Sprintf("PRAGMA user_version = %d", engine.SchemaVersion))
	})
}

// inTransaction runs do in a transaction of its own.
func (s *store) inTransaction(ctx context.Context, do func() error) error {
	if err := s.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := do(); err != nil {
		s.rollBack(ctx)
		return err
	}
	if err := s.exec(ctx, "COMMIT"); err != nil {
		s.rollBack(ctx)
		return err
	}
	return nil
}

// rollBack ends a transaction that failed. Where SQLite has done so itself this
// fails, and nothing is lost by that.
func (s *store) rollBack(ctx context.Context) {
	_, _ = s.conn.ExecContext(ctx, "ROLLBACK") // see above
}

// wholeCheck is the size in bytes up to which indexes are held against their
// tables when the file is opened; beyond only their own order is.
const wholeCheck = 64 << 20

// integrity refuses a file that SQLite finds malformed.
func (s *store) integrity(ctx context.Context) error {
	var pages, size int64
	if _, err := s.one(ctx, []any{&pages}, "PRAGMA page_count"); err != nil {
		return err
	}
	if _, err := s.one(ctx, []any{&size}, "PRAGMA page_size"); err != nil {
		return err
	}
	check := "PRAGMA quick_check(1)"
	if pages*size <= wholeCheck {
		check = "PRAGMA integrity_check(1)"
	}
	var verdict string
	if _, err := s.one(ctx, []any{&verdict}, check); err != nil {
		return err
	}
	if verdict != "ok" {
		return s.damaged("SQLite finds it malformed (%s)", verdict)
	}
	return nil
}

// modelDigest tells apart the models under which the same statements could come
// to other records.
func modelDigest(c *schema.Catalog) string {
	type field struct {
		Name, Kind              string
		List, Required, Sum     bool
		Default                 any
		Enum, Object, Structure []string
	}
	var all []any
	for _, t := range c.Types {
		if t.Interface {
			continue
		}
		all = append(all, t.Name)
		for _, f := range t.Fields {
			d := field{Name: f.Name, Kind: string(f.Kind), List: f.List, Required: f.Required, Sum: f.Sum, Default: f.Default}
			if f.Enum != nil {
				d.Enum = f.Enum.Values
			}
			if f.Object != nil {
				d.Object = objectDigest(f.Object)
			}
			all = append(all, d)
		}
		for _, l := range t.Links {
			if !l.Inverse {
				all = append(all, []any{l.Relation.Name, l.Relation.Field, l.Target.Name, l.Many, l.Required, l.Binding, attributionDigest(l.Relation)})
			}
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic("BUG: a model is always JSON: " + err.Error())
	}
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:16])
}

// attributionDigest is where a relation's attribution is decided; nil for one that
// tells nothing about who said what.
func attributionDigest(r *schema.Relation) []string {
	if r.Attribution == nil {
		return nil
	}
	return append([]string{r.Name}, r.Attribution.Names()...)
}

func objectDigest(o *schema.ObjectType) []string {
	var out []string
	for _, f := range o.Fields {
		out = append(out, f.Name, string(f.Kind), strconv.FormatBool(f.List), strconv.FormatBool(f.Required))
		if f.Enum != nil {
			out = slices.Concat(out, f.Enum.Values)
		}
	}
	return out
}
