package main

import (
	"bytes"
	"context"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// call runs the program with an environment of its own.
func call(ctx context.Context, env map[string]string, args ...string) (stdout, stderr string, code int) {
	var out, err bytes.Buffer
	lookup := func(name string) (string, bool) {
		value, given := env[name]
		return value, given
	}
	code = run(ctx, args, streams{in: strings.NewReader(""), out: &out, err: &err}, lookup)
	return out.String(), err.String(), code
}

func TestMistakesSayWhatToDo(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	noise := write("noise.db", strings.Repeat("this is no database ", 500))
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		code int
		says []string
	}{
		{"no such command", nil, []string{"sereve"}, exitUsage, []string{"sereve"}},
		{"no such flag", nil, []string{"query", "--stor", "x"}, exitUsage, []string{"--stor"}},
		{"too many words", nil, []string{"query", "a", "b"}, exitUsage, []string{"query"}},
		{"no path", nil, []string{"load"}, exitUsage, []string{"load"}},
		{"a clock that is none", map[string]string{"OPSMAP_NOW": "tomorrow"}, []string{"schema"}, exitUsage, []string{"OPSMAP_NOW", "2026-11-24T18:00:00Z"}},
		{"a store that is none", map[string]string{"OPSMAP_STORE": "mysql://x"}, []string{"query", "{__typename}"}, exitFailed, []string{"OPSMAP_STORE", "memory:", "neo4j://"}},
		{"no database", map[string]string{"OPSMAP_STORE": "file:" + noise}, []string{"query", "{__typename}"}, exitFailed, []string{noise}},
		{"a folder for a file", map[string]string{"OPSMAP_STORE": "file:" + folder}, []string{"query", "{__typename}"}, exitFailed, []string{folder}},
		{"nobody at that address", map[string]string{"OPSMAP_STORE": "bolt://127.0.0.1:1"}, []string{"query", "{__typename}"}, exitFailed, []string{"bolt://127.0.0.1:1"}},
		{"address in use", map[string]string{"OPSMAP_STORE": "memory:", "OPSMAP_ADDR": taken.Addr().String()}, []string{"serve"}, exitFailed, []string{"in use", "OPSMAP_ADDR"}},
		{"no address", map[string]string{"OPSMAP_STORE": "memory:"}, []string{"serve", "--addr", "here"}, exitFailed, []string{"host:port"}},
		{"no catalogue", map[string]string{"OPSMAP_STORE": "memory:", "OPSMAP_CATALOGUE": filepath.Join(folder, "none")}, []string{"query", "{__typename}"}, exitFailed, []string{"none"}},
		{"bad GraphQL", map[string]string{"OPSMAP_STORE": "memory:"}, []string{"query", "{ layrs { totalCount } }"}, exitFailed, nil},
		{"variables that are none", map[string]string{"OPSMAP_STORE": "memory:"}, []string{"query", "{__typename}", "--variables", "x"}, exitUsage, []string{"JSON object"}},
		{"a collection that must not become a link", map[string]string{"OPSMAP_STORE": "memory:"}, []string{"load", "--collection", "JavaScript:x", folder}, exitFailed, []string{"--collection", "https://"}},
		{"a file that is not there", map[string]string{"OPSMAP_STORE": "memory:"}, []string{"query", "--file", filepath.Join(folder, "q")}, exitFailed, []string{"cannot be read"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := map[string]string{"HOME": folder}
			maps.Copy(env, c.env)
			stdout, stderr, code := call(t.Context(), env, c.args...)
			if code != c.code {
				t.Errorf("exit %d, want %d\n%s%s", code, c.code, stdout, stderr)
			}
			for _, word := range c.says {
				if !strings.Contains(stderr, word) {
					t.Errorf("%q is not in %q", word, stderr)
				}
			}
			if strings.Contains(stderr, "goroutine") || strings.Contains(stderr, "panic") {
				t.Errorf("a stack trace: %s", stderr)
			}
		})
	}
	if left, err := os.ReadFile(noise); err != nil || !strings.HasPrefix(string(left), "this is no database") {
		t.Error("a file that is no database was written to")
	}
}

// waitingFor collects what a command says until a word of it has come.
type waitingFor struct {
	word string
	mu   sync.Mutex
	text strings.Builder
	seen chan struct{}
}

func (w *waitingFor) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	had := strings.Contains(w.text.String(), w.word)
	w.text.Write(b)
	if !had && strings.Contains(w.text.String(), w.word) {
		close(w.seen)
	}
	return len(b), nil
}

// TestCommandsReachTheServersStore: while a server holds the file, query and load go
// through it, and what they wrote is there after it has stopped.
func TestCommandsReachTheServersStore(t *testing.T) {
	// Paths of Unix sockets are short; the folder of a test may not be.
	folder, err := os.MkdirTemp("", "opsmap") //nolint:usetesting // t.TempDir is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	env := map[string]string{"OPSMAP_STORE": "file:" + filepath.Join(folder, "map.db"), "OPSMAP_ADDR": "127.0.0.1:0", "OPSMAP_NOW": "2026-11-24T12:00:00Z"}
	extra := filepath.Join(folder, "extra.yaml")
	if err := os.WriteFile(extra, []byte("layers:\n  - key: edge\n    name: Edge\n    ordinal: 9\n    unverified: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	said := &waitingFor{word: "ready", seen: make(chan struct{})}
	ended := make(chan int, 1)
	go func() {
		lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
		ended <- run(ctx, []string{"serve"}, streams{in: strings.NewReader(""), out: said, err: said}, lookup)
	}()
	select {
	case <-said.seen:
	case <-time.After(30 * time.Second):
		t.Fatal("the server does not start")
	}
	if _, stderr, code := eventually(t, env, "load", "--level", "clear", extra); code != exitOK || !strings.Contains(stderr, "1 created") {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	const ask = `{ layer(key: "edge") { name confidentiality { key } version } }`
	through, _, code := call(t.Context(), env, "query", ask)
	if code != exitOK || !strings.Contains(through, `"Edge"`) {
		t.Fatalf("exit %d: %s", code, through)
	}
	stop()
	if code := <-ended; code != exitOK {
		t.Fatalf("the server ended with %d: %s", code, said.text.String())
	}
	if alone, stderr, _ := call(t.Context(), env, "query", ask); alone != through {
		t.Errorf("through the server\n%s\nwithout it\n%s%s", through, alone, stderr)
	}
	if _, stderr, code := call(t.Context(), env, "load", "--level", "clear", extra); code != exitOK || !strings.Contains(stderr, "0 created, 0 changed, 0 removed, 0 links") {
		t.Errorf("loading the same again: exit %d: %s", code, stderr)
	}
}

// eventually runs a command until the server's socket is there.
func eventually(t *testing.T, env map[string]string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	for range 50 {
		if stdout, stderr, code = call(t.Context(), env, args...); code == exitOK {
			return stdout, stderr, code
		}
		time.Sleep(100 * time.Millisecond)
	}
	return stdout, stderr, code
}

func TestCheck(t *testing.T) {
	if _, stderr, code := call(t.Context(), nil, "check", filepath.Join("..", "..", "catalogue")); code != exitOK || !strings.Contains(stderr, "54 Practice") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	text := "practices:\n  - key: x\n    titel: X\n    actor: OPERATR\n    status: WANTED\n    layers: [nowhere]\n"
	if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, _, code := call(t.Context(), nil, "check", bad)
	if code != exitFailed {
		t.Errorf("exit %d", code)
	}
	for _, want := range []string{":3:", "titel", "title", ":4:", "OPERATOR", ":6:", "nowhere", "source"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
}
