// Package socket lets the owner's commands work on a store that a running server
// holds: the server listens on a Unix socket beside the file, and a command that
// finds it there sends its requests through it instead of opening the file.
package socket

import (
	"bytes"
	"context"
	"net/http"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/token"
)

// Local is the way to a store that this process has open.
type Local struct {
	Engine  engine.Engine
	GraphQL http.Handler
	// Audit notes what is written; nil for no log.
	Audit *audit.Log
	// Tokens makes, lists and revokes the store's tokens.
	Tokens *token.Keeper
	// Viewer asks; on a socket and on a file it is the owner.
	Viewer access.Viewer
}

// Query answers a GraphQL request, a JSON object as in GraphQL over HTTP, with
// the bytes of the response.
func (l Local) Query(ctx context.Context, request []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(graph.WithViewer(ctx, l.Viewer), http.MethodPost, "/graphql", bytes.NewReader(request))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	var w answer
	l.GraphQL.ServeHTTP(&w, r)
	return w.body.Bytes(), nil
}

// answer keeps what a handler writes.
type answer struct {
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = http.Header{}
	}
	return a.header
}

func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (a *answer) WriteHeader(int) {}

// Apply writes a changeset.
func (l Local) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	if l.Audit == nil || c.DryRun {
		return l.Engine.Apply(ctx, c)
	}
	return l.audited(ctx, c)
}

// CreateToken makes a token; the secret is not kept.
func (l Local) CreateToken(ctx context.Context, g token.Grant) (string, token.Token, error) {
	if err := l.Audit.Begin("", audit.Of(l.Viewer), "token create"); err != nil {
		return "", token.Token{}, err
	}
	secret, t, err := l.Tokens.Create(ctx, g)
	if err != nil {
		return "", t, err
	}
	return secret, t, l.Audit.Write(audit.Event{Kind: audit.TokenCreated, Viewer: audit.Of(l.Viewer), Token: t.ID, Level: t.Clearance})
}

// ListTokens is all tokens, by the time they were made.
func (l Local) ListTokens(ctx context.Context) ([]token.Token, error) { return l.Tokens.List(ctx) }

// RevokeToken ends a token at once.
func (l Local) RevokeToken(ctx context.Context, id string) error {
	if err := l.Audit.Begin("", audit.Of(l.Viewer), "token revoke"); err != nil {
		return err
	}
	if err := l.Tokens.Revoke(ctx, id); err != nil {
		return err
	}
	return l.Audit.Write(audit.Event{Kind: audit.TokenRevoked, Viewer: audit.Of(l.Viewer), Token: id})
}

// Said are the statements of the sources whose names begin with one of prefixes, about
// some records where they are given.
func (l Local) Said(ctx context.Context, prefixes []string, about ...record.ID) ([]record.Packed, error) {
	return l.Engine.Said(ctx, prefixes, about...)
}

// Sources are the names of all sources that begin with a prefix and say something.
func (l Local) Sources(ctx context.Context, prefix string) ([]string, error) {
	return l.Engine.Sources(ctx, prefix)
}

// Close closes the store.
func (l Local) Close() error { return l.Engine.Close() }
