package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/open-operations/opsmap/internal/record"
)

// Changes are the rows of the change log after a revision.
func (e *Engine) Changes(ctx context.Context, after int64, limit int) ([]record.Change, error) {
	if err := e.acquire(ctx); err != nil {
		return nil, err
	}
	defer e.release()
	var out []record.Change
	err := e.store.rows(ctx, func(r *sql.Rows) error {
		c, err := e.store.change(r)
		out = append(out, c)
		return err
	}, "SELECT revision, changeset, actor, at, touched, sum FROM change_log WHERE revision > ? ORDER BY revision LIMIT ?", after, max(limit, 0))
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *store) change(r *sql.Rows) (record.Change, error) {
	var c record.Change
	var at, touched string
	var sum int64
	if err := s.scan(r, &c.Revision, &c.Changeset, &c.Actor, &at, &touched, &sum); err != nil {
		return c, err
	}
	if sum != sumOfChange(c.Revision, c.Changeset, c.Actor, at, touched) {
		return c, s.damaged("revision %d of the change log does not fit its checksum", c.Revision)
	}
	var ids []string
	var err error
	if c.At, err = time.Parse(time.RFC3339Nano, at); err == nil {
		err = json.Unmarshal([]byte(touched), &ids)
	}
	if err != nil {
		return c, s.damaged("revision %d of the change log cannot be read: %v", c.Revision, err)
	}
	for _, text := range ids {
		id, ok := record.ParseID(text)
		if !ok {
			return c, s.damaged("revision %d of the change log names %q, which is no id", c.Revision, text)
		}
		c.Touched = append(c.Touched, id)
	}
	return c, nil
}
