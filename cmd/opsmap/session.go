package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/mutation"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/socket"
	"github.com/open-operations/opsmap/internal/token"
	"github.com/spf13/cobra"
)

// session is the owner's way to the map: straight to the store, or through the
// server that holds it. Commands do not know which.
type session interface {
	// Query answers a GraphQL request with the bytes of the response.
	Query(ctx context.Context, request []byte) ([]byte, error)
	Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error)
	CreateToken(ctx context.Context, g token.Grant) (secret string, t token.Token, err error)
	ListTokens(ctx context.Context) ([]token.Token, error)
	RevokeToken(ctx context.Context, id string) error
	// Said are the statements of the sources whose names begin with one of prefixes,
	// about some records where they are given.
	Said(ctx context.Context, prefixes []string, about ...record.ID) ([]record.Packed, error)
	// Sources are the names of all sources that begin with a prefix and say something.
	Sources(ctx context.Context, prefix string) ([]string, error)
	Close() error
}

// owner sees everything: whoever can open the file can read it anyway.
var owner = access.Viewer{Role: access.Owner, AllSeeing: true}

// asFlag gives a command the flag --as: what it reads is then what a lower viewer
// would be shown.
func (p *program) asFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.config.As, "as", "", `ask as a lower viewer: anonymous, a level such as green, or "amber; groups=csirt,ops"`)
}

// tokens is the keeper of the tokens of a store.
func (p *program) tokens(e keeper) (*token.Keeper, error) {
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	return &token.Keeper{Store: e, Ladder: e.Ladder, Now: now}, nil
}

// session opens the store, or reaches the server that has it open.
func (p *program) session(ctx context.Context) (session, error) {
	s, err := p.locate()
	if err != nil {
		return nil, err
	}
	if path := s.socket(); path != "" {
		switch remote, err := socket.Dial(ctx, path, p.catalog); {
		case err == nil:
			remote.As = p.config.As
			return remote, nil
		case !errors.Is(err, socket.ErrNobody):
			return nil, err
		}
	}
	e, err := p.open(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := p.catalogue(ctx, e); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	local, err := p.local(ctx, e)
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return local, nil
}

// local is the way to a store that this process has open.
func (p *program) local(ctx context.Context, e keeper) (socket.Local, error) {
	schema, err := p.graph(e)
	if err != nil {
		return socket.Local{}, err
	}
	tokens, err := p.tokens(e)
	if err != nil {
		return socket.Local{}, err
	}
	viewer, err := tokens.As(ctx, owner, p.config.As)
	return socket.Local{Engine: e, Audit: p.audit, GraphQL: graph.Handler(schema), Tokens: tokens, Viewer: viewer}, err
}

// graph makes the GraphQL face of a store.
func (p *program) graph(e engine.Engine) (*graph.Schema, error) {
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	deadline, err := time.ParseDuration(p.config.Deadline)
	if err != nil || deadline <= 0 {
		return nil, usageError{fmt.Errorf("OPSMAP_DEADLINE is %q; right is a duration such as 10s", p.config.Deadline)}
	}
	c := p.config.Limits.face(deadline)
	c.Audit = p.audit
	c.Catalog, c.Cypher, c.Engine, c.Now, c.Logger = p.catalog, neo4j.Statement, e, now, p.logger()
	c.Mutations = mutation.New(mutation.Config{Catalog: p.catalog, Engine: e, Audit: p.audit})
	c.Questions = question.New(question.Config{Catalog: p.catalog, ContributeURL: p.config.ContributeURL})
	return graph.New(c), nil
}

// catalogue brings the store's copy of the catalogue up to date.
func (p *program) catalogue(ctx context.Context, e engine.Engine) error {
	changesets, err := p.shipped(ctx)
	if err != nil {
		return err
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	for _, c := range changesets {
		c.At, c.Actor = now().UTC(), "opsmap"
		if _, err := e.Apply(ctx, c); err != nil {
			return fmt.Errorf("the catalogue could not be loaded: %w", err)
		}
	}
	return nil
}

// said are the statements of the sources whose names begin with one of prefixes, about
// some records where they are given.
func (p *program) said(ctx context.Context, s session, prefixes []string, about ...record.ID) ([]record.Statement, error) {
	packed, err := s.Said(ctx, prefixes, about...)
	if err != nil {
		return nil, err
	}
	return merge.OpenAll(p.catalog, packed)
}
