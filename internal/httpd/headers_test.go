package httpd_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/httpd"
	"github.com/open-operations/opsmap/internal/token"
)

// raw sends bytes as they are and reads one answer.
func raw(t *testing.T, address, request string) (int, string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	// Who is refused early may not take all of it.
	go func() { _, _ = io.WriteString(c, request) }()
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body)
}

// TestLargeHeaders: a token is 401 however long it is, up to 1 MiB, with the same
// body; other headers are 431 with a body of ours; and what is larger than both
// together is 431 before anybody looks at it.
func TestLargeHeaders(t *testing.T) {
	url := start(t, httpd.Config{Tokens: &token.Keeper{}})
	address := strings.TrimPrefix(url, "http://")
	request := func(path, headers string) string {
		return fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n", path, address, headers)
	}
	authorised := func(n int) string { return "Authorization: Bearer opsmap_" + strings.Repeat("A", n) + "\r\n" }
	_, unknown := raw(t, address, request("/graphql", authorised(1)))
	if !strings.Contains(unknown, `"UNAUTHENTICATED"`) {
		t.Fatalf("a short token: %s", unknown)
	}
	for _, n := range []int{20_000, 64<<10 - 1, 64 << 10, 64<<10 + 1, 200 << 10, 1 << 20} {
		if status, body := raw(t, address, request("/graphql", authorised(n))); status != http.StatusUnauthorized || body != unknown {
			t.Errorf("a token of %d bytes: %d %s", n, status, body)
		}
	}
	many := strings.Repeat("X-Many: "+strings.Repeat("m", 92)+"\r\n", 700)
	for name, headers := range map[string]string{
		"one header": "X-Large: " + strings.Repeat("x", 70<<10) + "\r\n", "many headers": many, "beside a token": authorised(900<<10) + many,
	} {
		status, body := raw(t, address, request("/graphql", headers))
		if status != http.StatusRequestHeaderFieldsTooLarge || !strings.Contains(body, `"LIMIT_EXCEEDED"`) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, body := raw(t, address, request("/graphql?query="+strings.Repeat("q", 70<<10), "")); status != http.StatusRequestHeaderFieldsTooLarge || !strings.Contains(body, `"LIMIT_EXCEEDED"`) {
		t.Errorf("a long address: %d %s", status, body)
	}
	if status, _ := raw(t, address, request("/graphql", authorised(2<<20))); status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("2 MiB: %d", status)
	}
	if status, body := raw(t, address, request("/healthz", authorised(1<<20))); status != http.StatusOK {
		t.Errorf("a route that looks at no token: %d %s", status, body)
	}
}

// TestLargeHeadersAtOnce: connections that send large headers share a bounded room,
// and others do not notice.
func TestLargeHeadersAtOnce(t *testing.T) {
	url := start(t, httpd.Config{Tokens: &token.Keeper{}})
	address := strings.TrimPrefix(url, "http://")
	begun := "GET /graphql HTTP/1.1\r\nHost: " + address + "\r\nAuthorization: Bearer " + strings.Repeat("A", 300<<10)
	var open []net.Conn
	defer func() {
		for _, c := range open {
			_ = c.Close()
		}
	}()
	for range 24 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, c)
		go func() { _, _ = io.WriteString(c, begun) }()
	}
	closed := make(chan struct{}, len(open))
	for _, c := range open {
		go func() {
			_, _ = io.Copy(io.Discard, c)
			closed <- struct{}{}
		}()
	}
	for range 8 {
		<-closed // beyond 16 they are ended, not kept
	}
	if resp, body := get(t, url+"/healthz", nil); resp.StatusCode != http.StatusOK {
		t.Errorf("others: %d %s", resp.StatusCode, body)
	}
}
