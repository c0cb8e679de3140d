package neo4j

import (
	"context"
	"encoding/json"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
)

var _ token.Store = (*Engine)(nil)

// The token itself is JSON; what is looked up by stands beside it.
const (
	addTokenText    = "CREATE (:_Token {id: $id, hash: $hash, created: $created, token: $token})"
	tokensText      = "MATCH (t:_Token) RETURN t.token ORDER BY t.created, t.id"
	tokenByHashText = "MATCH (t:_Token {hash: $hash}) RETURN t.token"
	tokenByIDText   = "MATCH (t:_Token {id: $id}) SET t.lock = coalesce(t.lock, 0) + 1 RETURN t.token"
	putTokenText    = "MATCH (t:_Token {id: $id}) SET t.token = $token"
)

// Ladder is the levels as the store has them now, also when another process
// changed them.
func (e *Engine) Ladder(ctx context.Context) (access.Ladder, error) {
	var ladder access.Ladder
	err := e.reading(ctx, func(run runner) error {
		t, err := e.refresh(ctx, run)
		if err == nil {
			ladder = t.Ladder()
		}
		return err
	})
	return ladder, err
}

// AddToken implements token.Store.
func (e *Engine) AddToken(ctx context.Context, t token.Token) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return e.writing(ctx, func(run runner) error {
		_, err := all(ctx, run, addTokenText, map[string]any{
			"id": t.ID, "hash": t.Hash, "created": t.CreatedAt.UnixNano(), "token": string(text),
		})
		return err
	})
}

// Tokens implements token.Store.
func (e *Engine) Tokens(ctx context.Context) ([]token.Token, error) {
	return e.readTokens(ctx, tokensText, nil)
}

// TokenByHash implements token.Store. It asks the server each time: another
// process on the same database may have revoked the token.
func (e *Engine) TokenByHash(ctx context.Context, hash string) (token.Token, bool, error) {
	found, err := e.readTokens(ctx, tokenByHashText, map[string]any{"hash": hash})
	if err != nil || len(found) == 0 {
		return token.Token{}, false, err
	}
	return found[0], true, nil
}

func (e *Engine) readTokens(ctx context.Context, text string, params map[string]any) ([]token.Token, error) {
	var found []token.Token
	err := e.reading(ctx, func(run runner) error {
		rows, err := all(ctx, run, text, params)
		if err != nil {
			return err
		}
		found = make([]token.Token, len(rows))
		for i, row := range rows {
			if found[i], err = readToken(row[0]); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

func readToken(v any) (token.Token, error) {
	var t token.Token
	text, _ := v.(string)
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return t, fault.Wrap(fault.Unavailable, err, "the store is damaged: a token cannot be read")
	}
	return t, nil
}

// RevokeToken implements token.Store.
func (e *Engine) RevokeToken(ctx context.Context, id string, at time.Time) error {
	return e.writing(ctx, func(run runner) error {
		rows, err := all(ctx, run, tokenByIDText, map[string]any{"id": id})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.NotFound, "there is no token %q", id)
		}
		t, err := readToken(rows[0][0])
		if err != nil || !t.RevokedAt.IsZero() {
			return err
		}
		t.RevokedAt = at
		text, err := json.Marshal(t)
		if err != nil {
			return err
		}
		_, err = all(ctx, run, putTokenText, map[string]any{"id": id, "token": string(text)})
		return err
	})
}
