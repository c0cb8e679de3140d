package httpd

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"

	"github.com/open-operations/opsmap/internal/fault"
)

// How large headers may be, in bytes. A token of up to longestToken is looked at,
// so that one that is too long is 401 like any other that does not count; beyond
// that net/http itself answers 431, as it cannot tell what the rest would have been.
const (
	// usualHeaders is for the request line and all headers but Authorization.
	usualHeaders = 64 << 10
	longestToken = 1 << 20
	// largeAtOnce is how many connections may send headers of more than usualHeaders
	// at the same time: what they take together stays bounded.
	largeAtOnce = 16
)

// bounded refuses requests whose headers, but for the token, are too large.
func bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if arrived, ok := r.Context().Value(arrivedKey{}).(*measured); ok {
			arrived.arrive()
		}
		if sizeOf(r) <= usualHeaders {
			next.ServeHTTP(w, r)
			return
		}
		denyAs(w, r, http.StatusRequestHeaderFieldsTooLarge, fault.New(fault.LimitExceeded, "the request line and the headers have more than %d bytes together", usualHeaders))
	})
}

// sizeOf the request line and the headers, but for the token.
func sizeOf(r *http.Request) int {
	size := len(r.Method) + len(r.RequestURI) + len(r.Proto) + len(r.Host)
	for name, values := range r.Header {
		if name == "Authorization" {
			continue
		}
		for _, v := range values {
			size += len(name) + len(v) + len(": \r\n")
		}
	}
	return size
}

// errTooMany ends a connection that would send large headers while others do.
var errTooMany = errors.New("too many connections send large headers")

// measuring is a listener whose connections share the room for large headers.
type measuring struct {
	net.Listener
	room chan struct{}
}

func measure(l net.Listener) *measuring {
	return &measuring{Listener: l, room: make(chan struct{}, largeAtOnce)}
}

func (m *measuring) Accept() (net.Conn, error) {
	c, err := m.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &measured{Conn: c, room: m.room}, nil
}

// measured is a connection that counts what it reads until the headers of a request
// have arrived.
type measured struct {
	net.Conn
	room chan struct{}

	mu      sync.Mutex
	read    int
	arrived bool
	// holds: it has one of the places for large headers.
	holds bool
}

func (c *measured) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.count(n) {
		return 0, errTooMany
	}
	return n, err
}

// count notes n bytes more; false when there is no room for them.
func (c *measured) count(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.arrived {
		return true
	}
	c.read += n
	if c.holds || c.read <= usualHeaders {
		return true
	}
	select {
	case c.room <- struct{}{}:
		c.holds = true
		return true
	default:
		return false
	}
}

// arrive notes that the headers are there: what is read from now on is no part of
// them. They are kept until the request has been answered, and so is the place.
func (c *measured) arrive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arrived = true
}

// answered begins with the next request.
func (c *measured) answered() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read, c.arrived = 0, false
	if c.holds {
		c.holds = false
		<-c.room
	}
}

func (c *measured) Close() error {
	c.answered()
	return c.Conn.Close()
}

type arrivedKey struct{}

// withConnection lets a handler say that the headers have arrived.
func withConnection(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, arrivedKey{}, c)
}

// onState counts anew for each request of a connection.
func onState(c net.Conn, state http.ConnState) {
	if m, ok := c.(*measured); ok && state == http.StateIdle {
		m.answered()
	}
}
