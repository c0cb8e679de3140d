package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/open-operations/opsmap/internal/bench/data"
)

// peersDir is where the peers' programs and their lock file are.
var peersDir = filepath.Join("internal", "bench", "peers")

// measurePeers is make bench-peers.
func (b *bench) measurePeers(ctx context.Context) error {
	b.report.name = "make bench-peers"
	store := filepath.Join(b.stores, "1.db")
	if err := b.fill(ctx, store, data.Of(1)); err != nil {
		return err
	}
	embedded, err := b.opsmap(ctx, "embedded", "file:"+store)
	if err != nil {
		return err
	}
	all, err := b.shapes(data.Of(1), embedded)
	if err != nil {
		return err
	}
	subjects := []*subject{embedded}
	for _, peer := range []func(context.Context) ([]*subject, error){b.neo4jPeer, b.postgresPeer} {
		more, err := peer(ctx)
		if err != nil {
			return err
		}
		subjects = append(subjects, more...)
	}
	rates, err := b.rounds(ctx, all, subjects)
	if err != nil {
		return err
	}
	b.report.shapes(all, subjects, rates)
	b.report.ratios(all, peerRatios(all), rates)
	return nil
}

// neo4jPeer is opsmap and @neo4j/graphql on one Neo4j.
func (b *bench) neo4jPeer(ctx context.Context) ([]*subject, error) {
	uri, err := b.neo4jServer(ctx)
	if err != nil {
		b.report.note("Without Neo4j: " + err.Error())
		return nil, nil
	}
	say("loading Neo4j")
	if err := b.fillNeo4j(ctx, uri); err != nil {
		return nil, err
	}
	opsmap, err := b.opsmap(ctx, "on Neo4j", uri)
	if err != nil {
		return nil, err
	}
	peer, err := b.node(ctx, "@neo4j/graphql", "neo4j-graphql", "/", neo4jGraphQL, "NEO4J_URI="+uri)
	if err != nil {
		return nil, err
	}
	peer.places = numbered()
	return []*subject{opsmap, peer}, nil
}

// numbered are places in a list as @neo4j/graphql names them: by their number.
func numbered() []map[string]any {
	var out []map[string]any
	for i := 1600; i < 2400; i += 13 {
		out = append(out, map[string]any{"after": base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "arrayconnection:%d", i))})
	}
	return out
}

func (b *bench) postgresPeer(ctx context.Context) ([]*subject, error) {
	url, err := b.postgres(ctx)
	if err != nil {
		b.report.note("Without PostgreSQL: " + err.Error())
		return nil, nil
	}
	peer, err := b.node(ctx, "PostGraphile", "postgraphile", "/graphql", postGraphile, "DATABASE_URL="+url)
	return []*subject{peer}, err
}

// node installs a peer and starts it.
func (b *bench) node(ctx context.Context, name, folder, path string, questions map[string]string, env ...string) (*subject, error) {
	dir := filepath.Join(peersDir, folder)
	say("installing %s", name)
	npm := exec.CommandContext(ctx, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error")
	npm.Dir, npm.Stderr = dir, os.Stderr
	if err := npm.Run(); err != nil {
		return nil, fmt.Errorf("npm ci in %s: %w", dir, err)
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "node", "server.js")
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "NODE_ENV=production", "PORT="+addr[strings.LastIndexByte(addr, ':')+1:]), env...)
	s, err := b.start(ctx, name, addr, cmd)
	if err != nil {
		return nil, err
	}
	s.path, s.questions, s.lacks = func(string, int) string { return path }, questions, "F"
	return s, nil
}
