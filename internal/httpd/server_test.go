package httpd_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/httpd"
)

// start serves a configuration on a free port until the test ends, of the loopback
// interface unless it says another.
func start(t *testing.T, c httpd.Config) string {
	t.Helper()
	c.Addr, c.Logger = cmp.Or(c.Addr, "127.0.0.1:0"), slog.New(slog.DiscardHandler)
	if c.GraphQL == nil {
		c.GraphQL = http.NotFoundHandler()
	}
	if c.Ready == nil {
		c.Ready = func(context.Context) error { return nil }
	}
	s, err := httpd.Listen(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

func get(t *testing.T, url string, change func(*http.Request)) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestPagesAreMissedWithAReason(t *testing.T) {
	url := start(t, httpd.Config{})
	for _, path := range []string{"/", "/playground"} {
		resp, body := get(t, url+path, nil)
		if resp.StatusCode != http.StatusNotFound || !strings.Contains(body, "Node.js") {
			t.Errorf("%s: %d %s", path, resp.StatusCode, body)
		}
	}
}

func TestPages(t *testing.T) {
	url := start(t, httpd.Config{Web: fstest.MapFS{
		"index.html": {Data: []byte("start")}, "playground.html": {Data: []byte("play")}, "assets/a-1.js": {Data: []byte("script")},
	}})
	for path, want := range map[string]string{"/": "start", "/playground": "play", "/assets/a-1.js": "script"} {
		resp, body := get(t, url+path, nil)
		if resp.StatusCode != http.StatusOK || body != want {
			t.Errorf("%s: %d %s", path, resp.StatusCode, body)
		}
		for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "X-Request-ID"} {
			if resp.Header.Get(header) == "" {
				t.Errorf("%s has no %s", path, header)
			}
		}
		if policy := resp.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe-eval") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, policy)
		}
	}
	for _, path := range []string{"/assets/", "/assets/../index.html", "/nothing"} {
		if resp, _ := get(t, url+path, nil); path != "/assets/../index.html" && resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// TestForeignNamesAreMisdirected: on the loopback interface, and wherever the names are
// told.
func TestForeignNamesAreMisdirected(t *testing.T) {
	named := httpd.Config{AllowedHosts: []string{"Map.example.org"}}
	everywhere := named
	everywhere.Addr = "0.0.0.0:0"
	for _, config := range []httpd.Config{named, everywhere} {
		testForeignNames(t, start(t, config))
	}
	url := start(t, httpd.Config{Addr: "0.0.0.0:0"})
	if resp, _ := get(t, url+"/healthz", func(r *http.Request) { r.Host = "map.example.org" }); resp.StatusCode != http.StatusOK {
		t.Errorf("a server that was told no names: %d", resp.StatusCode)
	}
}

func testForeignNames(t *testing.T, url string) {
	t.Helper()
	for host, want := range map[string]int{
		"evil.example": http.StatusMisdirectedRequest, "localhost": http.StatusOK, "127.0.0.1:1": http.StatusOK,
		"[::1]": http.StatusOK, "map.example.org": http.StatusOK, "localhost.evil.example": http.StatusMisdirectedRequest,
		"LOCALHOST:1": http.StatusOK, "127.0.0.1:1.evil": http.StatusMisdirectedRequest,
	} {
		resp, _ := get(t, url+"/healthz", func(r *http.Request) { r.Host = host })
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, resp.StatusCode, want)
		}
	}
}

func TestOrigins(t *testing.T) {
	graphql := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) })
	closed := start(t, httpd.Config{GraphQL: graphql})
	open := start(t, httpd.Config{GraphQL: graphql, AllowedOrigins: []string{"https://map.example.org"}})
	for _, c := range []struct{ url, origin, want string }{
		{closed, "https://evil.example", ""}, {closed, "null", ""}, {open, "https://map.example.org", "https://map.example.org"},
		{open, "https://map.example.org.evil.example", ""}, {open, "null", ""},
	} {
		resp, _ := get(t, c.url+"/graphql", func(r *http.Request) { r.Header.Set("Origin", c.origin) })
		if got := resp.Header.Get("Access-Control-Allow-Origin"); got != c.want {
			t.Errorf("origin %s is allowed as %q, want %q", c.origin, got, c.want)
		}
		if resp.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Error("credentials are allowed")
		}
	}
}

func TestReadyHidesTheReason(t *testing.T) {
	url := start(t, httpd.Config{Ready: func(context.Context) error { return errors.New("secret host is down") }})
	resp, body := get(t, url+"/readyz", nil)
	if resp.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "secret") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

func TestAPanicEndsOneRequestOnly(t *testing.T) {
	url := start(t, httpd.Config{GraphQL: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })})
	for range 2 {
		resp, body := get(t, url+"/graphql", nil)
		if resp.StatusCode != http.StatusInternalServerError || strings.Contains(body, "secret") || !strings.Contains(body, resp.Header.Get("X-Request-ID")) {
			t.Errorf("%d %s", resp.StatusCode, body)
		}
	}
}

func TestAddressInUse(t *testing.T) {
	url := start(t, httpd.Config{})
	_, err := httpd.Listen(t.Context(), httpd.Config{Addr: strings.TrimPrefix(url, "http://")})
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.Message(err), "OPSMAP_ADDR") {
		t.Errorf("%v", err)
	}
}

func TestRequestsUnderWayFinish(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	c := httpd.Config{Addr: "127.0.0.1:0", Ready: func(context.Context) error { return nil }, GraphQL: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-leave
		_, _ = w.Write([]byte("whole"))
	})}
	s, err := httpd.Listen(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	got := make(chan string, 1)
	go func() {
		resp, err := http.Get(s.URL() + "/graphql")
		if err != nil {
			got <- err.Error()
			return
		}
		body, _ := io.ReadAll(resp.Body)
		got <- string(body)
	}()
	<-entered
	stop()
	time.AfterFunc(20*time.Millisecond, func() { close(leave) })
	if body := <-got; body != "whole" {
		t.Errorf("got %q", body)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
