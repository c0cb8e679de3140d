package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
)

// tokenTable came with version 2 of the stored form.
const tokenTable = `
-- Bearer tokens, of which only a hash is kept.
CREATE TABLE token (
  id    TEXT PRIMARY KEY,
  token TEXT NOT NULL,
  sum   INTEGER NOT NULL
) WITHOUT ROWID;
`

var _ token.Store = (*Engine)(nil)

// tokens by their hash. A map is not written to once it is published: requests
// look a token up while another is revoked.
type tokens map[string]token.Token

func addTokenTable(ctx context.Context, s *store) error {
	if _, err := s.conn.ExecContext(ctx, tokenTable); err != nil {
		return s.fault(err, "brought up to date")
	}
	return nil
}

func (s *store) loadTokens(ctx context.Context) (tokens, error) {
	all := tokens{}
	err := s.rows(ctx, func(r *sql.Rows) error {
		var id, text string
		var sum int64
		if err := s.scan(r, &id, &text, &sum); err != nil {
			return err
		}
		var t token.Token
		if sum != sumOfToken(id, text) || json.Unmarshal([]byte(text), &t) != nil || t.ID != id {
			return s.damaged("the token %s does not fit its checksum", id)
		}
		all[t.Hash] = t
		return nil
	}, "SELECT id, token, sum FROM token")
	return all, err
}

func sumOfToken(id, text string) int64 {
	var s sum
	s.text([]byte(id))
	s.text([]byte(text))
	return s.value()
}

// Ladder is the levels of the newest snapshot.
func (e *Engine) Ladder(context.Context) (access.Ladder, error) {
	if e.closed.Load() {
		return nil, errClosed
	}
	return e.current.Load().table.Ladder(), nil
}

// AddToken implements token.Store.
func (e *Engine) AddToken(ctx context.Context, t token.Token) error {
	return e.changeTokens(ctx, func(tokens) (*token.Token, error) { return &t, nil })
}

// Tokens implements token.Store.
func (e *Engine) Tokens(context.Context) ([]token.Token, error) {
	if e.closed.Load() {
		return nil, errClosed
	}
	return slices.SortedFunc(maps.Values(*e.tokens.Load()), func(a, b token.Token) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), strings.Compare(a.ID, b.ID))
	}), nil
}

// TokenByHash implements token.Store.
func (e *Engine) TokenByHash(_ context.Context, hash string) (token.Token, bool, error) {
	if e.closed.Load() {
		return token.Token{}, false, errClosed
	}
	t, found := (*e.tokens.Load())[hash]
	return t, found, nil
}

// RevokeToken implements token.Store.
func (e *Engine) RevokeToken(ctx context.Context, id string, at time.Time) error {
	return e.changeTokens(ctx, func(all tokens) (*token.Token, error) {
		for _, t := range all {
			if t.ID != id {
				continue
			}
			if !t.RevokedAt.IsZero() {
				return nil, nil //nolint:nilnil // nothing is to be written
			}
			t.RevokedAt = at
			return &t, nil
		}
		return nil, fault.New(fault.NotFound, "there is no token %q", id)
	})
}

// changeTokens writes the token that work gives, if it gives one: to the file
// first, then to where requests look it up.
func (e *Engine) changeTokens(ctx context.Context, work func(tokens) (*token.Token, error)) error {
	if err := e.acquire(ctx); err != nil {
		return err
	}
	defer e.release()
	ctx = context.WithoutCancel(ctx)
	all := *e.tokens.Load()
	t, err := work(all)
	if err != nil || t == nil {
		return err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if err := e.store.begin(ctx); err != nil {
		return err
	}
	err = e.store.exec(ctx, "INSERT OR REPLACE INTO token (id, token, sum) VALUES (?, ?, ?)", t.ID, string(text), sumOfToken(t.ID, string(text)))
	if err == nil {
		err = e.store.exec(ctx, "COMMIT")
	}
	if err != nil {
		e.store.rollBack(ctx)
		return err
	}
	all = maps.Clone(all)
	all[t.Hash] = *t
	e.tokens.Store(&all)
	return nil
}
