package httpd

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
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

// TestWhoReadsSlowlyGetsAll: what takes longer than a piece may is read to its end.
func TestWhoReadsSlowlyGetsAll(t *testing.T) {
	const within = 2 * time.Second
	began := time.Now()
	s := httptest.NewServer(paced(within, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n, err := w.Write(long); n != len(long) || err != nil {
			t.Errorf("%d of %d bytes were written: %v", n, len(long), err)
		}
	})))
	defer s.Close()
	resp, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got bytes.Buffer
	for range 4 {
		if _, err := io.CopyN(&got, resp.Body, int64(len(long)/4)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(within / 3)
	}
	if took := time.Since(began); took < within || !bytes.Equal(got.Bytes(), long) {
		t.Errorf("%d bytes came in %s", got.Len(), took)
	}
}
