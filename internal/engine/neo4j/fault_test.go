package neo4j_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// TestCommitsThatGetLost applies changesets whose connection is cut while they
// commit: each has been applied exactly once, and its outcome is its own.
func TestCommitsThatGetLost(t *testing.T) {
	w := newWorld(t)
	config, p := through(t, neo4jtest.Config(t, w.catalog))
	e := neo4jtest.Reopen(t, config)
	for i := range 20 {
		want := trouble(1 + i%2)
		p.next.Store(int32(want))
		c := &record.Changeset{ID: fmt.Sprint("lost ", i), Actor: "test", At: at(i), Say: []record.Statement{
			says("a", fmt.Sprintf("Topic:t%02d", i), "clear", fields{"title": "t", "votes": int64(i)}, nil),
		}}
		out, err := e.Apply(t.Context(), c)
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		if out.Known || out.Created != 1 || out.Revision != int64(i+2) {
			t.Errorf("%d: %+v", i, out)
		}
		if out, err = e.Apply(t.Context(), c); err != nil || !out.Known || out.Revision != int64(i+2) {
			t.Errorf("%d again: %+v, %v", i, out, err)
		}
	}
	if p.hits.Load() != 20 {
		t.Errorf("%d of 20 commits were cut", p.hits.Load())
	}
	if log, err := w.Changes(t.Context(), 1, 100); err != nil || len(log) != 20 {
		t.Errorf("%d rows in the log, %v", len(log), err)
	}
	if got := strings.Count(w.values("Topic", "version"), "[1]"); got != 20 {
		t.Errorf("%d topics in their first version", got)
	}
}

// readTopics through an engine, as anybody may.
func readTopics(ctx context.Context, w *world, e *neo4j.Engine) (string, error) {
	g := &plan.Guard{Viewer: access.Viewer{Clearance: "clear"}, Now: at(1000)}
	r := w.all("Topic", "key", "title")
	guard(g, r)
	view, err := e.Read(ctx)
	if err != nil {
		return "", err
	}
	defer view.Close()
	answer, err := view.Run(ctx, &plan.Plan{Guard: g, Roots: []*plan.Read{r}})
	if err != nil {
		return "", err
	}
	return cells(answer.Sets[0]), nil
}

// TestAServerThatGoesAndComes reads and writes while the server is away.
func TestAServerThatGoesAndComes(t *testing.T) {
	w := newWorld(t)
	w.say(says("a", "Topic:x", "clear", fields{"title": "X"}, nil))
	config, p := through(t, neo4jtest.Config(t, w.catalog))
	config.RetryFor = time.Second
	e := neo4jtest.Reopen(t, config)
	if got, err := readTopics(t.Context(), w, e); err != nil || got != "[x X]" {
		t.Fatalf("%s, %v", got, err)
	}
	p.down()
	start := time.Now()
	_, err := readTopics(t.Context(), w, e)
	if fault.CodeOf(err) != fault.Unavailable || time.Since(start) > 6*time.Second {
		t.Errorf("a read without a server: %v after %s", err, time.Since(start))
	}
	if strings.Contains(fault.Message(err), "127.0.0.1") {
		t.Errorf("the message gives an address away: %s", fault.Message(err))
	}
	c := &record.Changeset{ID: "away", At: at(1), Say: []record.Statement{says("a", "Topic:y", "clear", fields{"title": "Y"}, nil)}}
	if _, err = e.Apply(t.Context(), c); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("a write without a server: %v", err)
	}
	if err := e.Check(t.Context()); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("a check without a server: %v", err)
	}
	p.up()
	start = time.Now()
	if _, err := e.Apply(t.Context(), c); err != nil {
		t.Error(err)
	}
	if got, err := readTopics(t.Context(), w, e); err != nil || got != "[x X] [y Y]" || time.Since(start) > 5*time.Second {
		t.Errorf("back: %s, %v after %s", got, err, time.Since(start))
	}
	// The pool is full of connections that are gone.
	p.down()
	p.up()
	if got, err := readTopics(t.Context(), w, e); err != nil || got != "[x X] [y Y]" {
		t.Errorf("after a cut: %s, %v", got, err)
	}
}

// TestDeadline asks a server that does not answer.
func TestDeadline(t *testing.T) {
	w := newWorld(t)
	config, p := through(t, neo4jtest.Config(t, w.catalog))
	e := neo4jtest.Reopen(t, config)
	p.stalled.Store(true)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := readTopics(ctx, w, e)
	if fault.CodeOf(err) != fault.Timeout || time.Since(start) > 3*time.Second {
		t.Errorf("%v after %s", err, time.Since(start))
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := readTopics(ctx, w, e); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestOpenSaysWhatToDo opens what is no store.
func TestOpenSaysWhatToDo(t *testing.T) {
	garbage, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer garbage.Close()
	go func() {
		for {
			c, err := garbage.Accept()
			if err != nil {
				return
			}
			c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
			c.Close()
		}
	}()
	for _, c := range []struct{ uri, want string }{
		{"", "URI is needed"},
		{"localhost", "no address of a Neo4j"},
		{"http://localhost:7474", "no address of a Neo4j"},
		{"bolt://127.0.0.1:1", "no Neo4j can be reached at bolt://127.0.0.1:1"},
		{"neo4j://127.0.0.1:1", "no Neo4j can be reached"},
		{"bolt://" + garbage.Addr().String(), "127.0.0.1"},
	} {
		start := time.Now()
		_, err := neo4j.Open(t.Context(), neo4j.Config{
			URI: c.uri, Catalog: catalog(t), ConnectWithin: time.Second, RetryFor: time.Second, OpenWithin: 5 * time.Second,
		})
		if err == nil || !strings.Contains(err.Error(), c.want) || time.Since(start) > 8*time.Second {
			t.Errorf("%q: %v after %s", c.uri, err, time.Since(start))
		}
	}
}

// TestDatabasesThatAreNotOurs opens a database that holds something else, and one
// of a newer form.
func TestDatabasesThatAreNotOurs(t *testing.T) {
	config := neo4jtest.Empty(t, catalog(t))
	open := func() error {
		e, err := neo4j.Open(t.Context(), config)
		if err == nil {
			err = e.Close()
		}
		return err
	}
	neo4jtest.Query(t, config, "CREATE (:Film {title: 'Alien'})", nil)
	if err := open(); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "1 nodes that are not opsmap's") {
		t.Errorf("somebody's database: %v", err)
	}
	neo4jtest.Query(t, config, "MATCH (f:Film) DELETE f", nil)
	if err := open(); err != nil {
		t.Error(err)
	}
	neo4jtest.Mark(t, config)
	neo4jtest.Query(t, config, "MATCH (m:_Meta) SET m.schema = 99", nil)
	if err := open(); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "form 99") {
		t.Errorf("a newer form: %v", err)
	}
	config.Database = "nosuch"
	if err := open(); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), `no database "nosuch"`) {
		t.Errorf("a database that is not there: %v", err)
	}
}

// TestTheServerStopsToo gives up waiting for an expensive answer: the server must
// not go on working on it.
func TestTheServerStopsToo(t *testing.T) {
	w := newWorld(t)
	w.say(some(150)...)
	r := w.all("Topic", "key")
	for inner, depth := r, 0; depth < 4; depth++ {
		next := w.all("Topic", "key")
		inner.Columns = append(inner.Columns, plan.Column{Read: next})
		inner = next
	}
	g := &plan.Guard{Viewer: access.Viewer{AllSeeing: true}, Now: at(0)}
	guard(g, r)
	for _, end := range []error{context.DeadlineExceeded, context.Canceled} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if errors.Is(end, context.DeadlineExceeded) {
			ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		} else {
			time.AfterFunc(time.Second, cancel)
		}
		view, err := w.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		_, err = view.Run(ctx, &plan.Plan{Guard: g, Roots: []*plan.Read{r}})
		if !errors.Is(err, end) {
			t.Errorf("%v, not %v", err, end)
		}
		view.Close()
		cancel()
		time.Sleep(500 * time.Millisecond)
		running := neo4jtest.Query(t, neo4jtest.Config(t, w.catalog), "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'MATCH (m:_Meta)' RETURN currentQuery", nil)
		if len(running) > 0 {
			t.Errorf("after %v the server still works on %.80s", end, running[0][0])
		}
	}
}
