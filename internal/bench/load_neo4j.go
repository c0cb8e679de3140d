package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
)

// loadNeo4j loads the community into Neo4j by opsmap and, beside it, what is there
// then by UNWIND and CREATE as one would by hand: once everything, once only the
// records and their links. What opsmap loaded stays.
func (b *bench) loadNeo4j(ctx context.Context, uri string) error {
	if b.loads == 0 || b.keep {
		return b.fillNeo4j(ctx, uri)
	}
	d, err := driver.NewDriverWithContext(uri, driver.NoAuth(), func(c *config.Config) {
		c.NotificationsMinSeverity, c.TelemetryDisabled = notifications.DisabledLevel, true
	})
	if err != nil {
		return err
	}
	defer d.Close(ctx) //nolint:errcheck // everything was committed
	l := &neo4jLoad{bench: b, driver: d, uri: uri}
	// The first loads warm the JVM and give what is written by hand.
	if _, err := l.byOpsmap(ctx); err != nil {
		return err
	}
	g, err := l.read(ctx)
	if err != nil {
		return err
	}
	if _, err := l.byHand(ctx, g, true); err != nil {
		return err
	}
	var ours, all, records []float64
	for i := range b.loads {
		say("loading into Neo4j, %d of %d", i+1, b.loads)
		for _, load := range []struct {
			into *[]float64
			run  func() (time.Duration, error)
		}{
			{&records, func() (time.Duration, error) { return l.byHand(ctx, g, false) }},
			{&all, func() (time.Duration, error) { return l.byHand(ctx, g, true) }},
			{&ours, func() (time.Duration, error) { return l.byOpsmap(ctx) }},
		} {
			took, err := load.run()
			if err != nil {
				return err
			}
			*load.into = append(*load.into, took.Seconds())
		}
	}
	b.report.load("on Neo4j", "UNWIND by hand, everything that opsmap stores", median(ours), median(all))
	b.report.load("on Neo4j", "UNWIND by hand, only the records and links", median(ours), median(records))
	return nil
}

type neo4jLoad struct {
	*bench
	driver driver.DriverWithContext
	uri    string
}

func (l *neo4jLoad) byOpsmap(ctx context.Context) (time.Duration, error) {
	if err := l.empty(ctx); err != nil {
		return 0, err
	}
	e, err := neo4j.Open(ctx, neo4j.Config{URI: l.uri, Catalog: l.catalog})
	if err != nil {
		return 0, err
	}
	statements := slices.Collect(data.Of(1).Statements())
	begun := time.Now()
	err = apply(ctx, e, "all", statements)
	took := time.Since(begun)
	return took, errors.Join(err, e.Close())
}

// fillNeo4j loads the community into Neo4j, once, or not at all.
func (b *bench) fillNeo4j(ctx context.Context, uri string) error {
	if b.keep {
		return nil
	}
	d, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		return err
	}
	_, err = (&neo4jLoad{bench: b, driver: d, uri: uri}).byOpsmap(ctx)
	return errors.Join(err, d.Close(ctx))
}

// empty takes everything out of the database but its indexes.
func (l *neo4jLoad) empty(ctx context.Context) error {
	_, err := l.run(ctx, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", nil)
	return err
}

func (l *neo4jLoad) run(ctx context.Context, cypher string, params map[string]any) ([][]any, error) {
	s := l.driver.NewSession(ctx, driver.SessionConfig{FetchSize: driver.FetchAll})
	defer s.Close(ctx) //nolint:errcheck // the result tells
	result, err := s.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for result.Next(ctx) {
		rows = append(rows, result.Record().Values)
	}
	return rows, result.Err()
}

// graph is what a database holds.
type graph struct {
	// nodes are their properties, by labels as they stand in Cypher.
	nodes map[string][]any
	// links are [key, key, class], by relationship and the labels of its ends.
	links map[[3]string][]any
}

func (l *neo4jLoad) read(ctx context.Context) (*graph, error) {
	g := &graph{nodes: map[string][]any{}, links: map[[3]string][]any{}}
	rows, err := l.run(ctx, "MATCH (n) RETURN labels(n), properties(n)", nil)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		labels := ""
		for _, label := range row[0].([]any) {
			labels += ":" + label.(string)
		}
		g.nodes[labels] = append(g.nodes[labels], row[1])
	}
	rows, err = l.run(ctx, "MATCH (a)-[r]->(b) RETURN type(r), a._type, b._type, a.`key.order`, b.`key.order`, r._class", nil)
	for _, row := range rows {
		kind := [3]string{row[0].(string), row[1].(string), row[2].(string)}
		g.links[kind] = append(g.links[kind], row[3:])
	}
	return g, err
}

// byHandBatch is how many rows one would send at a time.
const byHandBatch = 10_000

// byHand writes the graph, all of it or without the store's own nodes.
func (l *neo4jLoad) byHand(ctx context.Context, g *graph, all bool) (time.Duration, error) {
	if err := l.empty(ctx); err != nil {
		return 0, err
	}
	begun := time.Now()
	for labels, rows := range g.nodes {
		if !all && strings.HasPrefix(labels, ":_") {
			continue
		}
		if err := l.unwind(ctx, "CREATE (n"+labels+") SET n = row", rows); err != nil {
			return 0, err
		}
	}
	for kind, rows := range g.links {
		text := fmt.Sprintf("MATCH (a:%s {`key.order`: row[0]}) MATCH (b:%s {`key.order`: row[1]}) CREATE (a)-[:%s {_class: row[2]}]->(b)", kind[1], kind[2], kind[0])
		if err := l.unwind(ctx, text, rows); err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}

func (l *neo4jLoad) unwind(ctx context.Context, text string, rows []any) error {
	for batch := range slices.Chunk(rows, byHandBatch) {
		if _, err := l.run(ctx, "UNWIND $rows AS row "+text, map[string]any{"rows": batch}); err != nil {
			return err
		}
	}
	return nil
}
