package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	neo4jdev "github.com/open-operations/opsmap/dev/neo4j"
	"github.com/open-operations/opsmap/internal/bench/client"
	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/bench/shapes"
	"github.com/open-operations/opsmap/schema"
)

// bench is one run.
type bench struct {
	options
	dir string
	// binary is opsmap, as it is built for people.
	binary   string
	catalog  *schema.Catalog
	subjects []*subject
	server   *neo4jdev.Server
	// answers of opsmap, by shape and variant, which others have to give too.
	answers map[string][]string
	report  *report
}

func (b *bench) all(ctx context.Context) error {
	var err error
	if b.catalog, err = schema.Load(); err != nil {
		return err
	}
	if err := b.build(ctx); err != nil {
		return err
	}
	switch {
	case b.million:
		err = b.measureMillion(ctx)
	case b.peers:
		err = b.measurePeers(ctx)
	default:
		err = b.measure(ctx)
	}
	if err != nil {
		return err
	}
	return b.report.write(b.options.report)
}

// build makes the binary that is measured.
func (b *bench) build(ctx context.Context) error {
	b.binary = filepath.Join(b.dir, "opsmap")
	out, err := exec.CommandContext(ctx, "go", "build", "-o", b.binary, "./cmd/opsmap").CombinedOutput()
	if err != nil {
		return fmt.Errorf("opsmap cannot be built: %w\n%s", err, out)
	}
	return nil
}

// close ends everything that was started.
func (b *bench) close() {
	for _, s := range b.subjects {
		s.stop()
	}
	if b.server != nil {
		b.server.Stop()
	}
}

// measure is make bench.
func (b *bench) measure(ctx context.Context) error {
	// First, while this process is small: what a child takes at the most is told with
	// what its parent took when it began.
	if err := b.loadMinutes(ctx); err != nil {
		return err
	}
	store := filepath.Join(b.stores, "1.db")
	if err := b.loadEmbedded(ctx, store); err != nil {
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
	limit, err := b.limit(ctx)
	if err != nil {
		return err
	}
	subjects := []*subject{limit, embedded}
	onNeo4j, err := b.onNeo4j(ctx)
	if err != nil {
		return err
	}
	subjects = append(subjects, onNeo4j...)
	rates, err := b.rounds(ctx, all, subjects)
	if err != nil {
		return err
	}
	b.report.shapes(all, subjects, rates)
	b.report.ratios(all, limitRatios(all), rates)
	if b.only != "" {
		return nil
	}
	return b.flat(ctx, embedded)
}

// limit serves the answers over nothing but net/http.
func (b *bench) limit(ctx context.Context) (*subject, error) {
	path := filepath.Join(b.dir, "answers.json")
	text, err := json.Marshal(b.answers)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return nil, err
	}
	s, err := b.self(ctx, "net/http", "-as", "limit", "-answers", path)
	if err == nil {
		s.path, s.exact = limitPath, true
	}
	return s, err
}

// onNeo4j loads a Neo4j and serves it by opsmap and by hand.
func (b *bench) onNeo4j(ctx context.Context) ([]*subject, error) {
	uri, err := b.neo4jServer(ctx)
	if err != nil {
		b.report.note("Without Neo4j: " + err.Error())
		return nil, nil
	}
	if err := b.loadNeo4j(ctx, uri); err != nil {
		return nil, err
	}
	opsmap, err := b.opsmap(ctx, "on Neo4j", uri)
	if err != nil {
		return nil, err
	}
	guarded, err := b.self(ctx, "by hand", "-as", "byhand", "-uri", uri)
	if err != nil {
		return nil, err
	}
	guarded.path, guarded.body, guarded.exact = func(s string, _ int) string { return "/guarded/" + s }, variablesOnly, true
	guarded.lacks = "F" // whoever writes Cypher by hand has no search that ranks as ours does
	plain := *guarded
	plain.name, plain.exact, plain.cmd = "by hand, unguarded", false, nil
	plain.path = func(s string, _ int) string { return "/plain/" + s }
	return []*subject{opsmap, guarded, &plain}, nil
}

func variablesOnly(_ string, variables map[string]any) []byte { return mustJSON(variables) }

func mustJSON(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}

// neo4jServer is the one that was named, or a new one.
func (b *bench) neo4jServer(ctx context.Context) (string, error) {
	if b.neo4j != "" {
		return b.neo4j, nil
	}
	say("starting Neo4j")
	s, err := neo4jdev.Start(ctx, neo4jdev.Options{DataDir: filepath.Join(b.dir, "neo4j")})
	if err != nil {
		return "", err
	}
	b.server = s
	return s.URI, nil
}

// shapes are the questions, with the cursors of G, and what opsmap answers them.
func (b *bench) shapes(size data.Size, s *subject) ([]shapes.Shape, error) {
	all := shapes.All(size)
	if b.only != "" {
		all = slices.DeleteFunc(all, func(s shapes.Shape) bool { return !strings.Contains(b.only, s.Name) })
	}
	c, err := client.Dial(s.addr)
	if err != nil {
		return nil, err
	}
	defer c.Close() //nolint:errcheck // everything was read
	if err := s.walk(c); err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Variables == nil {
			all[i].Variables = s.places
		}
	}
	b.answers = map[string][]string{}
	for _, shape := range all {
		for _, r := range s.requests(shape) {
			var body bytes.Buffer
			if err := c.Do(r, &body); err != nil {
				return nil, fmt.Errorf("shape %s: %w: %.500s", shape.Name, err, &body)
			}
			if bytes.Contains(body.Bytes(), []byte(`"errors"`)) {
				return nil, fmt.Errorf("shape %s: %.500s", shape.Name, &body)
			}
			b.answers[shape.Name] = append(b.answers[shape.Name], body.String())
		}
	}
	return all, nil
}
