package neo4jdev

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestVersionIsPomsVersion(t *testing.T) {
	t.Parallel()
	if n := strings.Count(string(pom), "<version>"+Version+"</version>"); n != 2 {
		t.Errorf("pom.xml names %s %d times, want 2", Version, n)
	}
	if !strings.HasPrefix(Version, strings.TrimSuffix(strings.TrimPrefix(Image, "neo4j:"), "-community")) {
		t.Errorf("jars %s and image %s are different Neo4js", Version, Image)
	}
}

func TestLockIsExclusive(t *testing.T) {
	t.Setenv("OPSMAP_NEO4J_CACHE", t.TempDir())
	unlock, err := Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*lockPoll)
	defer cancel()
	if _, err := Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("second lock: %v", err)
	}
	unlock()
	again, err := Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func TestLocateSaysWhyNot(t *testing.T) {
	t.Setenv("OPSMAP_TEST_NEO4J", "off")
	if s, why, err := Locate(t.Context()); s != nil || why != "OPSMAP_TEST_NEO4J=off" || err != nil {
		t.Error(s, why, err)
	}
	t.Setenv("OPSMAP_TEST_NEO4J", "")
	t.Setenv("OPSMAP_TEST_NEO4J_URI", "")
	t.Setenv("PATH", t.TempDir())
	t.Setenv("JAVA_HOME", "")
	s, why, err := Locate(t.Context())
	if s != nil || err != nil {
		t.Fatal(s, err)
	}
	for _, want := range []string{"no Java", "openjdk-17-jdk-headless", "no Docker", "OPSMAP_TEST_NEO4J_URI"} {
		if !strings.Contains(why, want) {
			t.Errorf("%q lacks %q", why, want)
		}
	}
}

func TestNamedServer(t *testing.T) {
	uri := fakeBolt(t, "\x00\x00\x04\x05", "Neo4j/5.26.7")
	t.Setenv("OPSMAP_TEST_NEO4J", "")
	t.Setenv("OPSMAP_TEST_NEO4J_URI", uri)
	t.Setenv("OPSMAP_TEST_NEO4J_USER", "neo4j")
	t.Setenv("OPSMAP_TEST_NEO4J_PASSWORD", "a password")
	s, why, err := Locate(t.Context())
	if err != nil || why != "" {
		t.Fatal(why, err)
	}
	defer s.Stop()
	if s.URI != uri || s.Version != "5.26.7" || s.User != "neo4j" || s.Password != "a password" {
		t.Errorf("%+v", s)
	}
	t.Setenv("OPSMAP_TEST_NEO4J_URI", "bolt://127.0.0.1:1")
	if s, _, err := Locate(t.Context()); s != nil || err == nil || !strings.Contains(err.Error(), "unset the variable") {
		t.Errorf("a named server that is not there: %v", err)
	}
}

func TestProbeOfSomethingElse(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ version, agent, want string }{
		"too old":   {"\x00\x00\x00\x00", "", "Neo4j 5.26 is wanted"},
		"not Bolt":  {"", "", "does not speak Bolt"},
		"not Neo4j": {"\x00\x00\x04\x05", "Other/1", "does not say that it is Neo4j"},
	} {
		_, err := probe(t.Context(), fakeBolt(t, tt.version, tt.agent))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A stand-in for the client: no test machine is sure to have an engine.
func TestDockerContainerEndsWithItsInput(t *testing.T) {
	bin, ended := t.TempDir(), filepath.Join(t.TempDir(), "ended")
	script := `#!/bin/sh
[ "$1" = run ] || exit 0
while [ "$1" != --publish ]; do shift; done
OPSMAP_NEO4JDEV_ROLE=bolt OPSMAP_NEO4JDEV_ADDR="${2%:7687}" '` + os.Args[0] + `'
echo "$@" >'` + ended + `'
`
	if err := os.WriteFile(filepath.Join(bin, "docker"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	s, err := startDocker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	if s.Version != "5.26.9" {
		t.Errorf("version %q", s.Version)
	}
	s.Stop()
	if args, err := os.ReadFile(ended); err != nil || !strings.Contains(string(args), Image) {
		t.Errorf("the client did not end with its input: %s, %v", args, err)
	}
}

func TestFirstErrorIsTheOneThatHelps(t *testing.T) {
	t.Parallel()
	out := "[0m[ERROR] Could not transfer artifact a:b -> [Help 1]\n[ERROR] \n[ERROR] Re-run Maven with -e\n"
	if got := firstError(out, io.EOF); got != "Could not transfer artifact a:b" {
		t.Error(got)
	}
	if got := firstError("", io.EOF); got != "EOF" {
		t.Error(got)
	}
}

func TestRequired(t *testing.T) {
	for _, tt := range []struct {
		ci, asked string
		want      bool
	}{{"", "", false}, {"true", "", true}, {"1", "", true}, {"false", "", false}, {"", "required", true}} {
		t.Setenv("CI", tt.ci)
		t.Setenv("OPSMAP_TEST_NEO4J", tt.asked)
		if got := Required(); got != tt.want {
			t.Errorf("CI=%q OPSMAP_TEST_NEO4J=%q: %v", tt.ci, tt.asked, got)
		}
	}
}

// fakeBolt greets as version and agent say; an empty version hangs up.
func fakeBolt(t *testing.T, version, agent string) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go answerHello(l, []byte(version), agent)
	return "bolt://" + l.Addr().String()
}

func answerHello(l net.Listener, version []byte, agent string) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		buf := make([]byte, 512)
		_, _ = io.ReadFull(conn, buf[:len(handshake)])
		_, _ = conn.Write(version)
		if len(version) > 0 && version[3] != 0 {
			_, _ = conn.Read(buf)
			body := append([]byte{0xB1, 0x70, 0xA1, 0x86}, "server"...)
			body = append(append(body, 0xD0, byte(len(agent))), agent...)
			_, _ = conn.Write(append(append([]byte{0, byte(len(body))}, body...), 0, 0))
		}
		_ = conn.Close()
	}
}
