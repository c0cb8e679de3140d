// Package byhand answers the benchmark's questions the way one would who writes
// the Cypher for each of them by hand: one statement through the Go driver, the
// rows as lists, the JSON appended as it comes. It is the limit on Neo4j. With the
// guard it returns what opsmap returns, byte for byte; without, it shows what the
// guard costs.
package byhand

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/open-operations/opsmap/internal/access"
)

// Server answers POST /guarded/SHAPE and /plain/SHAPE with the variables of the
// shape as its body.
type Server struct {
	driver driver.DriverWithContext
	open   []int64
}

// Connect connects to a store that opsmap has written, and works out which of its
// guard classes an anonymous viewer may see at that instant.
func Connect(ctx context.Context, uri string, now time.Time) (*Server, error) {
	d, err := driver.NewDriverWithContext(uri, driver.NoAuth(), func(c *config.Config) {
		c.NotificationsMinSeverity = notifications.DisabledLevel
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, err
	}
	s := &Server{driver: d}
	if s.open, err = s.classes(ctx, now); err != nil {
		return nil, fmt.Errorf("reading the guard classes: %w", err)
	}
	return s, nil
}

func (s *Server) classes(ctx context.Context, now time.Time) ([]int64, error) {
	var classes []access.Class
	rows, err := s.run(ctx, "MATCH (c:_Class) RETURN c.key ORDER BY c.number", nil)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		class, err := access.ParseClass(row[0].(string))
		if err != nil {
			return nil, err
		}
		classes = append(classes, class)
	}
	var levels []access.Level
	if rows, err = s.run(ctx, "MATCH (n:ConfidentialityLevel) RETURN n.key, n.rank", nil); err != nil {
		return nil, err
	}
	for _, row := range rows {
		levels = append(levels, access.Level{Key: row[0].(string), Rank: int(row[1].(int64))})
	}
	var open []int64
	for n, is := range access.NewTable(access.NewLadder(levels), classes).Open(access.Viewer{Role: access.Reader}, now) {
		if is {
			open = append(open, int64(n))
		}
	}
	return open, nil
}

// run runs one statement in a transaction of its own and takes all its rows at
// once: one round trip.
func (s *Server) run(ctx context.Context, cypher string, params map[string]any) ([][]any, error) {
	session := s.driver.NewSession(ctx, driver.SessionConfig{AccessMode: driver.AccessModeRead, FetchSize: driver.FetchAll})
	defer session.Close(ctx) //nolint:errcheck // it only read
	result, err := session.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for result.Next(ctx) {
		rows = append(rows, result.Record().Values)
	}
	return rows, result.Err()
}

// ServeHTTP answers one question.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	q, known := questions[name]
	if !known || (kind != "guarded" && kind != "plain") {
		http.NotFound(w, r)
		return
	}
	answer, err := s.answer(r, kind, q)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(answer)
}

func (s *Server) answer(r *http.Request, kind string, q *question) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	params := map[string]any{}
	if err := json.Unmarshal(body, &params); err != nil {
		return nil, err
	}
	cypher := q.plain
	if kind == "guarded" {
		cypher = q.guarded
		params["open"] = s.open
	}
	var digest string
	if after, ok := params["after"].(string); ok {
		if digest, err = place(after, params); err != nil {
			return nil, err
		}
	}
	rows, err := s.run(r.Context(), cypher, params)
	if err != nil {
		return nil, err
	}
	out := &writer{buf: make([]byte, 0, 4096), digest: digest}
	q.write(out, rows)
	return out.buf, nil
}

// Close ends the connections.
func (s *Server) Close(ctx context.Context) error { return s.driver.Close(ctx) }
