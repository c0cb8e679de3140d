package neo4j_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/neo4j"
)

// trouble is what a proxy does to the next commit that comes along.
type trouble int32

const (
	none trouble = iota
	// loseCommit cuts the connection before the server gets the commit.
	loseCommit
	// loseAnswer cuts it when the server has committed, before the client hears.
	loseAnswer
)

// commitMessage is COMMIT in Bolt: a structure without fields.
var commitMessage = []byte{0x00, 0x02, 0xb0, 0x12, 0x00, 0x00}

// proxy stands between an engine and its server.
type proxy struct {
	t       testing.TB
	server  string
	address string
	next    atomic.Int32
	hits    atomic.Int32
	// stalled connections get no answers until the test ends.
	stalled atomic.Bool
	end     chan struct{}

	mu       sync.Mutex
	listener net.Listener
	conns    map[net.Conn]bool
}

// through gives a config that goes through a proxy.
func through(t testing.TB, c neo4j.Config) (neo4j.Config, *proxy) {
	t.Helper()
	u, err := url.Parse(c.URI)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{t: t, server: u.Host, address: "127.0.0.1:0", conns: map[net.Conn]bool{}, end: make(chan struct{})}
	p.up()
	t.Cleanup(p.down)
	t.Cleanup(func() { close(p.end) })
	c.URI = "bolt://" + p.address
	return c, p
}

func (p *proxy) up() {
	listener, err := net.Listen("tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	p.listener, p.address = listener, listener.Addr().String()
	p.mu.Unlock()
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", p.server)
			if err != nil {
				client.Close()
				continue
			}
			p.join(client, server)
		}
	}()
}

// down cuts all connections and takes no more.
func (p *proxy) down() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listener.Close()
	for c := range p.conns {
		c.Close()
	}
	clear(p.conns)
}

func (p *proxy) join(client, server net.Conn) {
	p.mu.Lock()
	p.conns[client], p.conns[server] = true, true
	p.mu.Unlock()
	end := func() {
		client.Close()
		server.Close()
	}
	var muted atomic.Bool
	go func() {
		defer end()
		p.copy(server, client, func(b []byte) bool {
			if !bytes.Contains(b, commitMessage) {
				return true
			}
			switch trouble(p.next.Swap(int32(none))) {
			case loseCommit:
				p.hits.Add(1)
				return false
			case loseAnswer:
				p.hits.Add(1)
				muted.Store(true)
			}
			return true
		})
	}()
	go func() {
		defer end()
		p.copy(client, server, func([]byte) bool {
			if p.stalled.Load() {
				<-p.end
			}
			return !muted.Load()
		})
	}()
}

// copy passes on what pass lets through, and ends with the first that it does not.
func (p *proxy) copy(to io.Writer, from io.Reader, pass func([]byte) bool) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && !pass(buf[:n]) {
			return
		}
		if n > 0 {
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
