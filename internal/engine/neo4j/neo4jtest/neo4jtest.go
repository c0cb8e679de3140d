// Package neo4jtest gives tests an empty store on a real Neo4j. Where there is
// none, the test is skipped with a line that says why; in CI it fails.
package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	neo4jdev "github.com/open-operations/opsmap/dev/neo4j"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/schema"
)

// Version is the Neo4j that tests start where none is named.
const Version = neo4jdev.Version

// patience is how long a test waits for the server to do one thing.
const patience = 2 * time.Minute

// Open is an engine on an empty store with the shipped model. There is one
// database for a test process, so tests that use it do not run in parallel; what
// an engine of an earlier call has written is gone.
func Open(t testing.TB) engine.Engine {
	t.Helper()
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	return OpenWith(t, catalog)
}

// OpenWith is Open with another model.
func OpenWith(t testing.TB, catalog *schema.Catalog) *neo4j.Engine {
	t.Helper()
	c := Empty(t, catalog)
	e := Reopen(t, c)
	Mark(t, c)
	return e
}

// Config says how to open the store of the tests.
func Config(t testing.TB, catalog *schema.Catalog) neo4j.Config {
	t.Helper()
	s := neo4jdev.Shared(t)
	return neo4j.Config{URI: s.URI, User: s.User, Password: s.Password, Catalog: catalog, OpenWithin: patience}
}

// Empty empties the store and says how to open it.
func Empty(t testing.TB, catalog *schema.Catalog) neo4j.Config {
	t.Helper()
	c := Config(t, catalog)
	Wipe(t, c)
	return c
}

// Reopen is one more engine on the store as it is.
func Reopen(t testing.TB, c neo4j.Config) *neo4j.Engine {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	e, err := neo4j.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// Wipe empties a database that is a test's own: one that carries the mark that
// Open leaves in it. Any other that is not empty is somebody's, and the test
// fails.
func Wipe(t testing.TB, c neo4j.Config) {
	t.Helper()
	row := Query(t, c, "RETURN COUNT { (n) }, COUNT { (m:_Meta {test: true}) }", nil)[0]
	if row[0] != int64(0) && row[1] != int64(1) {
		t.Fatalf("the database at %s holds %d nodes and is no test's; name an empty one in OPSMAP_TEST_NEO4J_URI", c.URI, row[0])
	}
	Query(t, c, "MATCH (n) WHERE NOT n:_Meta CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS", nil)
	Query(t, c, "MATCH (m:_Meta) DELETE m", nil)
}

// Mark marks a store as a test's own. A test that opens a store it has emptied
// calls it next.
func Mark(t testing.TB, c neo4j.Config) {
	t.Helper()
	Query(t, c, "MATCH (m:_Meta) SET m.test = true", nil)
}

// Query runs a statement of the test's own and returns its rows.
func Query(t testing.TB, c neo4j.Config, text string, params map[string]any) [][]any {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	rows, err := query(ctx, c, text, params)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return rows
}

// Profile runs a statement and tells how Neo4j answered it: an operator a line,
// with its details, the last one first.
func Profile(t testing.TB, c neo4j.Config, text string, params map[string]any) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var b strings.Builder
	err := session(ctx, c, func(s driver.SessionWithContext) error {
		result, err := s.Run(ctx, "PROFILE "+text, params)
		if err != nil {
			return err
		}
		summary, err := result.Consume(ctx)
		if err == nil {
			operators(&b, summary.Profile(), "")
		}
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return b.String()
}

func operators(b *strings.Builder, p driver.ProfiledPlan, indent string) {
	name, _, _ := strings.Cut(p.Operator(), "@")
	fmt.Fprintf(b, "%s%s %v\n", indent, name, p.Arguments()["Details"])
	for _, child := range p.Children() {
		operators(b, child, indent+"  ")
	}
}

func query(ctx context.Context, c neo4j.Config, text string, params map[string]any) (rows [][]any, err error) {
	err = session(ctx, c, func(s driver.SessionWithContext) error {
		result, err := s.Run(ctx, text, params)
		if err != nil {
			return err
		}
		for result.Next(ctx) {
			rows = append(rows, result.Record().Values)
		}
		return result.Err()
	})
	return rows, err
}

// session runs work in a session of its own.
func session(ctx context.Context, c neo4j.Config, work func(driver.SessionWithContext) error) (err error) {
	auth := driver.NoAuth()
	if c.User != "" {
		auth = driver.BasicAuth(c.User, c.Password, "")
	}
	d, err := driver.NewDriverWithContext(c.URI, auth)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close(ctx)) }()
	s := d.NewSession(ctx, driver.SessionConfig{DatabaseName: c.Database})
	defer func() { err = errors.Join(err, s.Close(ctx)) }()
	return work(s)
}
