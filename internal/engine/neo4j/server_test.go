package neo4j_test

import (
	"net"
	"strings"
	"testing"
	"time"

	neo4jdev "github.com/open-operations/opsmap/dev/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// ownServer starts a server of the test's own, which it may stop.
func ownServer(t *testing.T, o neo4jdev.Options) *neo4jdev.Server {
	t.Helper()
	s, err := neo4jdev.Start(t.Context(), o)
	if err != nil && neo4jdev.Required() {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("no server of our own: ", err)
	}
	t.Cleanup(s.Stop)
	return s
}

// TestAServerThatDies stops the server while a changeset is written that takes
// many transactions, and starts it again: the changeset is there, whole.
func TestAServerThatDies(t *testing.T) {
	shared := neo4jtest.Config(t, catalog(t)) // takes the lock of the Neo4j tests, or skips
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := neo4jdev.Options{DataDir: t.TempDir(), Addr: listener.Addr().String(), Password: "let me in"}
	listener.Close()
	s := ownServer(t, o)
	config := neo4j.Config{URI: s.URI, User: s.User, Password: "wrong", Catalog: shared.Catalog, RetryFor: time.Second}
	_, err = neo4j.Open(t.Context(), config)
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), `does not let the user "neo4j" in`) {
		t.Errorf("wrong password: %v", err)
	}
	config.Password = s.Password
	w := &world{Engine: neo4jtest.Reopen(t, config), t: t, catalog: config.Catalog}
	w.say(ladder()...)

	c := &record.Changeset{ID: "large", Actor: "test", At: at(1), Say: some(2000)}
	failed := make(chan error, 1)
	go func() {
		_, err := w.Apply(t.Context(), c)
		failed <- err
	}()
	for {
		kept := neo4jtest.Query(t, config, "MATCH (r:_Redo) RETURN min(r.n)", nil)
		if n, begun := kept[0][0].(int64); begun && n > 0 {
			break
		}
		select {
		case err := <-failed:
			t.Fatalf("the changeset was written before the server could be stopped: make it larger (%v)", err)
		case <-time.After(5 * time.Millisecond):
		}
	}
	s.Stop()
	if err := <-failed; fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "all of the change is made, or nothing") {
		t.Errorf("the server went: %v", err)
	}
	ownServer(t, o)
	out, err := w.Apply(t.Context(), c)
	if err != nil || !out.Known || out.Revision != 2 {
		t.Errorf("said again: %+v, %v", out, err)
	}
	count := w.all("PortabilityNote")
	count.Count, count.Rows = true, false
	if got := w.run("clear", nil, count)[0].Total; got != 4000 {
		t.Errorf("%d of 4000 notes", got)
	}
	links := neo4jtest.Query(t, config, "RETURN COUNT { ()-[r]->() WHERE r._class IS NOT NULL }, COUNT { ()-->() }", nil)
	want := int64(0)
	for _, s := range c.Say {
		for _, l := range s.Links {
			want += int64(len(l))
		}
	}
	if links[0][0] != want || links[0][1] != want {
		t.Errorf("%v of %d links", links[0], want)
	}
}
