package httpd

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"
)

// long is an answer that no buffer on its way takes whole.
var long = bytes.Repeat([]byte("0123456789abcdef"), 4<<20)

// TestWhoDoesNotReadIsCutOff: the handler comes back, with the reason.
func TestWhoDoesNotReadIsCutOff(t *testing.T) {
	ended := make(chan error, 1)
	s := httptest.NewServer(paced(100*time.Millisecond, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(long)
		ended <- err
	})))
	defer s.Close()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the answer ended with %v", err)
	}
}

// pieces is a connection that notes what is written to it after each new deadline.
type pieces struct {
	http.ResponseWriter
	after []int
	got   bytes.Buffer
}

func (p *pieces) SetWriteDeadline(at time.Time) error {
	if time.Until(at) <= 0 {
		return os.ErrDeadlineExceeded
	}
	p.after = append(p.after, 0)
	return nil
}

func (p *pieces) Write(b []byte) (int, error) {
	p.after[len(p.after)-1] += len(b)
	return p.got.Write(b)
}

// TestWhoReadsSlowlyGetsAll: each piece has a time of its own, however many there are.
func TestWhoReadsSlowlyGetsAll(t *testing.T) {
	for _, size := range []int{0, 1, pieceSize, pieceSize + 1, 10*pieceSize - 1} {
		var w pieces
		paced(time.Hour, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if n, err := w.Write(long[:size]); n != size || err != nil {
				t.Errorf("%d of %d bytes were written: %v", n, size, err)
			}
		})).ServeHTTP(&w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		if !bytes.Equal(w.got.Bytes(), long[:size]) || slices.Max(w.after) > pieceSize || len(w.after) > size/pieceSize+1 {
			t.Errorf("%d bytes came in pieces of %d", w.got.Len(), w.after)
		}
	}
}
