package embedded

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Config says what to open.
type Config struct {
	// Catalog is the model of what is kept. Required.
	Catalog *schema.Catalog
	// Path of the SQLite file, which is created if it is not there; relative paths
	// start at the working directory. Empty or ":memory:" keeps nothing on disk.
	Path string
}

// Open opens a store, checks it and reads it into memory. Errors have the code
// Unavailable and say what to do: for a file that another process holds, that is
// damaged, newer, not ours, or that cannot be written.
func Open(ctx context.Context, c Config) (*Engine, error) {
	if c.Catalog == nil {
		return nil, errors.New("BUG: a store without a catalog")
	}
	e := &Engine{model: newModel(c.Catalog), writing: make(chan struct{}, 1), name: fmt.Sprint(opened.Add(1), ":")}
	path, err := e.take(c.Path)
	if err != nil {
		return nil, errors.Join(err, e.lock.release())
	}
	if e.store, err = connect(ctx, path); err == nil {
		err = e.start(ctx)
	}
	if err != nil {
		if e.store != nil {
			err = errors.Join(err, e.store.close())
		}
		return nil, errors.Join(err, e.lock.release())
	}
	return e, nil
}

// take the file for this process. The path that comes back is the file's own.
func (e *Engine) take(path string) (string, error) {
	if path == "" || path == ":memory:" {
		return "", nil
	}
	path, err := prepareFile(path)
	if err != nil {
		return "", err
	}
	if e.lock, err = takeLock(path); err != nil {
		return "", err
	}
	return path, writable(path)
}

// start checks the file and reads it.
func (e *Engine) start(ctx context.Context) error {
	if err := e.store.identify(ctx, e.model); err != nil {
		return err
	}
	if err := e.store.integrity(ctx); err != nil {
		return err
	}
	digest, err := e.store.meta(ctx, metaModel)
	if err != nil {
		return err
	}
	current := modelDigest(e.model.catalog)
	s, err := e.store.load(ctx, e.model, digest != current)
	if err != nil {
		return err
	}
	e.current.Store(s)
	t, err := e.store.loadTokens(ctx)
	if err != nil {
		return err
	}
	e.tokens.Store(&t)
	if digest == current {
		return nil
	}
	return e.refresh(ctx, current)
}

// refresh works out all records anew, for a model that is not the one they were
// worked out with. The links in the file, which load has left out, are written
// anew too.
func (e *Engine) refresh(ctx context.Context, digest string) error {
	s := e.current.Load()
	c := &record.Changeset{ID: fmt.Sprintf("model:%s@%d", digest, s.revision), Actor: "opsmap", At: time.Now()}
	_, err := e.change(ctx, func(ctx context.Context, t *tx) (*merge.Delta, record.Outcome, error) {
		var ids []record.ID
		for _, k := range e.model.kinds {
			s.populations[k.number].keys.Scan(func(key string, _ number) bool {
				ids = append(ids, record.ID{Type: k.Name, Key: key})
				return true
			})
		}
		for id := range t.dormant {
			if e.model.byName[id.Type] != nil {
				ids = append(ids, id)
			}
		}
		if err := t.forgetModel(ctx, e.model); err != nil {
			return nil, record.Outcome{}, err
		}
		delta, outcome, err := merge.Refresh(ctx, e.model.catalog, t, c, ids)
		if err != nil {
			return nil, outcome, err
		}
		return delta, outcome, errors.Join(t.write(ctx, c, delta), t.setMeta(ctx, metaModel, digest))
	})
	return err
}

// forgetModel removes what only the old model knew how to read: all links, and
// the values of records of types that are gone. Their statements stay.
func (t *tx) forgetModel(ctx context.Context, m *model) error {
	if err := t.exec(ctx, "DELETE FROM link"); err != nil {
		return err
	}
	for id, d := range t.dormant {
		if m.byName[id.Type] != nil {
			continue
		}
		err := t.writeDormant(ctx, &nodeRow{typ: []byte(id.Type), key: []byte(id.Key), number: int64(d.number)})
		if err != nil {
			return err
		}
	}
	return nil
}
