package socket

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/token"
	"github.com/open-operations/opsmap/schema"
)

var update = flag.Bool("update", false, "write testdata/protocol.txt anew")

// listening serves on a new socket until the test ends.
func listening(t *testing.T, h http.Handler) string {
	t.Helper()
	// Paths of Unix sockets are short; the folder of a test may not be.
	folder, err := os.MkdirTemp("", "opsmap") //nolint:usetesting // t.TempDir is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	path := filepath.Join(folder, "s")
	var listener net.ListenConfig
	l, err := listener.Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: h}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return path
}

func catalogOf(t *testing.T) *schema.Catalog {
	t.Helper()
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOlderServer is a command against a server from before the protocol had a name,
// and one against a server with another model.
func TestOlderServer(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ping", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	other := speaking(strings.Split(protocolOf(catalogOf(t)), "-")[0]+"-another", mux)
	for name, server := range map[string]http.Handler{"older": mux, "other model": other} {
		_, err := Dial(t.Context(), listening(t, server), catalogOf(t))
		if err == nil || fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "Restart the server") {
			t.Errorf("%s: %v", name, err)
		}
	}
	same := listening(t, handler(catalogOf(t), Local{}))
	if _, err := Dial(t.Context(), same, catalogOf(t)); err != nil {
		t.Errorf("the same version: %v", err)
	}
	if _, err := Dial(t.Context(), filepath.Join(t.TempDir(), "s"), catalogOf(t)); err != ErrNobody { //nolint:errorlint // it is the very error
		t.Errorf("nobody: %v", err)
	}
}

// TestOlderCommand is a command from before the protocol had a name: it finds the
// server, and is told what to do in the form it reads.
func TestOlderCommand(t *testing.T) {
	path := listening(t, handler(catalogOf(t), Local{}))
	old := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", path)
	}}}
	ask := func(method, at string, want int) string {
		req, err := http.NewRequestWithContext(t.Context(), method, "http://opsmap"+at, strings.NewReader("[]"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := old.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body := make([]byte, 1000)
		n, _ := resp.Body.Read(body)
		if resp.StatusCode != want {
			t.Errorf("%s: %d %s", at, resp.StatusCode, body[:n])
		}
		return string(body[:n])
	}
	ask(http.MethodGet, "/ping", http.StatusNoContent)
	for _, at := range []string{"/said", "/changeset", "/graphql", "/tokens"} {
		if got := ask(http.MethodPost, at, http.StatusUnprocessableEntity); !strings.Contains(got, `"code":"UNAVAILABLE"`) || !strings.Contains(got, "Restart the server") {
			t.Errorf("%s: %s", at, got)
		}
	}
}

// TestRevision fails when what crosses the socket is no longer what testdata says of
// this revision.
func TestRevision(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "revision %d\n", revision)
	for _, v := range []any{wireChangeset{}, wireAsked{}, []wireStatement{}, record.Outcome{}, wireError{}, wireToken{}, token.Grant{}} {
		describe(&b, reflect.TypeOf(v), 0)
	}
	const file = "testdata/protocol.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || string(want) != b.String() {
		t.Errorf("%v: what crosses the socket has changed: raise the revision, then go test ./internal/socket -update\n%s", err, b.String())
	}
}

// describe writes a type down to the names that its JSON has.
func describe(b *strings.Builder, t reflect.Type, depth int) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	fmt.Fprintf(b, "%s%s\n", strings.Repeat("  ", depth), t)
	if t.Kind() != reflect.Struct || t.PkgPath() == "time" {
		return
	}
	for f := range t.Fields() {
		fmt.Fprintf(b, "%s%s %s\n", strings.Repeat("  ", depth+1), f.Name, f.Tag)
		describe(b, f.Type, depth+2)
	}
}
