package main

import (
	"io"
	"maps"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// leaky stands between a load and Neo4j, and cuts every connection for good when the
// load has sent so many bytes.
type leaky struct {
	listener net.Listener
	server   string

	mu    sync.Mutex
	left  int
	conns []net.Conn
}

func newLeaky(t *testing.T, server string, left int) *leaky {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &leaky{listener: listener, server: server, left: left}
	t.Cleanup(l.close)
	go l.serve()
	return l
}

func (l *leaky) serve() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", l.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		l.mu.Lock()
		l.conns = append(l.conns, client, server)
		l.mu.Unlock()
		go func() { _, _ = io.Copy(client, server) }()
		go func() { _, _ = io.Copy(counted{l, server}, client) }()
	}
}

// counted is the way to the server.
type counted struct {
	*leaky
	server net.Conn
}

func (c counted) Write(b []byte) (int, error) {
	c.mu.Lock()
	c.left -= len(b)
	over := c.left < 0
	c.mu.Unlock()
	if over {
		c.close()
		return 0, io.ErrClosedPipe
	}
	return c.server.Write(b)
}

// close cuts what is open, and lets nobody in any more.
func (l *leaky) close() {
	_ = l.listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.conns {
		_ = c.Close()
	}
	l.conns = nil
}

// sent is how much went through.
func (l *leaky) sent(of int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return of - l.left
}

// TestLostInTheMiddle: a load that loses Neo4j leaves the map as before or as after,
// says so, and can be run again.
func TestLostInTheMiddle(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		if !strings.Contains(env["OPSMAP_STORE"], "bolt") {
			return // nothing stands between a load and a file; TestKilledLoad is for that
		}
		u, err := url.Parse(env["OPSMAP_STORE"])
		if err != nil {
			t.Fatal(err)
		}
		root := folder(t, manyMinutes(8))
		put(t, filepath.Join(root, "README.md"), "# Nothing\n")
		const count = "{ topics { totalCount } meetings { totalCount } persons { totalCount } }"
		const all = 1 << 30
		through := func(left int) (*leaky, map[string]string) {
			l := newLeaky(t, u.Host, left)
			way := maps.Clone(env)
			way["OPSMAP_STORE"] = "bolt://" + l.listener.Addr().String()
			return l, way
		}
		before := mustQuery(t, env, count)
		l, way := through(all)
		loadJSON(t, way, exitOK, "--level", "clear", root)
		whole, after := l.sent(all), mustQuery(t, env, count)
		undo(t, env, root)
		if got := mustQuery(t, env, count); got != before || after == before {
			t.Fatalf("undone it is %s, it was %s, loaded it is %s", got, before, after)
		}
		for _, share := range []int{50, 97} {
			_, way := through(whole * share / 100)
			_, stderr, code := call(t.Context(), way, "load", "--level", "clear", root)
			got := mustQuery(t, env, count)
			if got != before && got != after {
				t.Errorf("cut after %d%%: the map is %s, neither %s nor %s", share, got, before, after)
			}
			if code == exitOK && got != after || code != exitOK && stderr == "" {
				t.Errorf("cut after %d%%: exit %d, %s, and the map is %s", share, code, stderr, got)
			}
			loadJSON(t, env, exitOK, "--level", "clear", root)
			if got := mustQuery(t, env, count); got != after {
				t.Errorf("run again after a cut at %d%%: %s, want %s", share, got, after)
			}
			undo(t, env, root)
		}
	})
}
