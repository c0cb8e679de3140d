package neo4jdev

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The test binary also plays the other process of two tests: OPSMAP_NEO4JDEV_ROLE says which.
func TestMain(m *testing.M) {
	switch os.Getenv("OPSMAP_NEO4JDEV_ROLE") {
	case "bolt":
		playBolt(os.Getenv("OPSMAP_NEO4JDEV_ADDR"))
	case "lock":
		playLock()
	default:
		os.Exit(m.Run())
	}
}

// own returns a context and the lock for a test that starts its own Neo4j.
func own(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Neo4j")
	}
	if _, err := Outlook(t.Context()); err != nil {
		if Required() {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	if _, err := findJava(t.Context()); err != nil {
		t.Skip("Neo4j comes from elsewhere: ", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), locateWithin)
	t.Cleanup(cancel)
	unlock, err := Lock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(unlock)
	return ctx
}

func TestStartKeepsItsDataAndTakesThePasswordAgain(t *testing.T) {
	ctx := own(t)
	t.Setenv("TMPDIR", t.TempDir())
	o := Options{DataDir: filepath.Join(t.TempDir(), "data"), Password: "only-for-this-test"}
	for range 2 {
		began := time.Now()
		s, err := Start(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		ready := time.Since(began)
		t.Cleanup(s.Stop)
		if stated, err := probe(ctx, s.URI); err != nil || stated != Version || s.Version != Version {
			t.Errorf("probe = %q, %v; Version = %q; want %s", stated, err, s.Version, Version)
		}
		began = time.Now()
		s.Stop()
		t.Logf("ready in %s, stopped in %s", ready.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
		if _, err := probe(ctx, s.URI); err == nil {
			t.Error("it still answers after Stop")
		}
	}
	if _, err := os.Stat(filepath.Join(o.DataDir, "data", "databases", "neo4j")); err != nil {
		t.Errorf("the data is not kept: %v", err)
	}
	wantEmpty(t, os.Getenv("TMPDIR"))
}

// A test that panics, times out or is killed runs no clean-up of its own.
func TestServerEndsWithItsKilledParent(t *testing.T) {
	ctx := own(t)
	tmp := t.TempDir()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), "OPSMAP_NEO4JDEV_ROLE=lock", "TMPDIR="+tmp, "OPSMAP_TEST_NEO4J_URI=", "OPSMAP_TEST_NEO4J=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	uri, err := bufio.NewReader(out).ReadString('\n')
	uri = strings.TrimSpace(uri)
	if err != nil || !strings.HasPrefix(uri, "bolt://127.0.0.1:") {
		t.Fatalf("the other process said %q, %v", uri, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // "killed" is what is expected
	deadline := time.Now().Add(25 * time.Second)
	for {
		entries, err := os.ReadDir(tmp)
		if _, alive := probe(ctx, uri); alive != nil && err == nil && len(entries) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("25 s after its parent was killed: alive or not tidied up: %v", entries)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// playLock locates a Neo4j, says where, and hangs. The lock is held by the test that started this process.
func playLock() {
	s, whyNot, err := Locate(context.Background())
	if s == nil {
		fmt.Println(whyNot, err)
		return
	}
	fmt.Println(s.URI)
	select {}
}

func TestFailedStarts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, script, want string
		within             time.Duration
	}{
		{"last words", "echo one >&2; echo broken thing >&2; exit 1", "broken thing", 0},
		{"taken port", "echo bind: Address already in use >&2; exit 1", "name another port", 0},
		{"runtime without compiler", "echo Module jdk.compiler not in boot Layer >&2; exit 1", "openjdk-17-jdk", 0},
		{"never ready", "echo hm >&2; cat", "not ready within 300ms", 300 * time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			work := filepath.Join(t.TempDir(), "work")
			if err := os.Mkdir(work, 0o700); err != nil {
				t.Fatal(err)
			}
			_, err := Options{ReadyWithin: tt.within}.run(t.Context(), exec.CommandContext(t.Context(), "sh", "-c", tt.script), work)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want one with %q", err, tt.want)
			}
			if _, err := os.Stat(work); err == nil {
				t.Error("the working folder is still there")
			}
		})
	}
}

func TestStartIsGivenUpWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Options{}.run(ctx, exec.CommandContext(t.Context(), "cat"), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "given up") {
		t.Errorf("error = %v", err)
	}
}

func TestReadyLineAmongOthersAndInPieces(t *testing.T) {
	t.Parallel()
	r := newReadyLine()
	for _, piece := range []string{"a warning\nrea", "dy bolt://127.0.0.1:1 ver", "sion 5.26.28\nready bolt://x version 1\n", "more\n"} {
		if n, err := r.Write([]byte(piece)); n != len(piece) || err != nil {
			t.Fatal(n, err)
		}
	}
	if got := <-r.ready; got != (readyFacts{"bolt://127.0.0.1:1", "5.26.28"}) {
		t.Error(got)
	}
}

func TestTailBufferKeepsTheEnd(t *testing.T) {
	t.Parallel()
	var b tailBuffer
	for i := range 1000 {
		_, _ = fmt.Fprintf(&b, "line %04d\n", i)
	}
	if s := b.String(); len(s) != tailSize || !strings.HasSuffix(s, "line 0999\n") {
		t.Errorf("%d bytes ending in %q", len(s), s[len(s)-10:])
	}
}

func wantEmpty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// playBolt answers one greeting after the other as Neo4j does, until its input ends.
func playBolt(addr string) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go answerHello(l, []byte("\x00\x00\x08\x05"), "Neo4j/5.26.9")
	_, _ = bufio.NewReader(os.Stdin).ReadString(0)
}
