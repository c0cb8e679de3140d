// Package neo4jdev runs a real Neo4j for developers and tests: the Community kernel from Maven's jars in a JVM of its
// own, so that neither an installation nor a container is needed. Nothing of it is part of the opsmap binary.
package neo4jdev

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Version is the Neo4j that Start runs; pom.xml names the same one.
const Version = "5.26.28"

const (
	defaultReadyWithin = 3 * time.Minute // a start takes 7 s on two idle cores; tests may share them with a build
	stopWithin         = 30 * time.Second
)

//go:embed Neo4j.java
var launcher []byte

// Options says how Start runs Neo4j. The zero value is what a test wants: an empty database on a free loopback port,
// without authentication, that leaves nothing behind.
type Options struct {
	DataDir     string        // kept after Stop; empty: a temporary folder that goes away with the server
	Addr        string        // host:port of Bolt; empty: 127.0.0.1 and a free port
	Password    string        // of user neo4j, at least 8 characters; empty: no authentication
	Log         io.Writer     // what the JVM writes to its standard error; nil: only shown when the start fails
	ReadyWithin time.Duration // how long a start may take; zero: 3 minutes
	// KeepPlans lets a statement be planned once and for all, where Neo4j would plan it anew when there is much more or
	// less of something than before. Tests empty and fill the store all the time; planning would be most of their time.
	KeepPlans bool
}

// Server is a Neo4j that answers.
type Server struct {
	URI      string // for the driver, such as bolt://127.0.0.1:40001
	Version  string // as the server states it, such as 5.26.28
	User     string // empty: no authentication
	Password string
	Origin   string // where it comes from, in words for a log line

	done <-chan struct{}
	stop func()
	once sync.Once
}

// Stop ends the server if Start or Locate started it, and waits for its end. It may be called more than once.
func (s *Server) Stop() { s.once.Do(s.stop) }

// Done is closed when the server's process has ended; it never is for a server that somebody else started.
func (s *Server) Done() <-chan struct{} { return s.done }

// Start fetches Neo4j's jars where they are not in the cache yet, starts a JVM with them and waits until Bolt answers.
// The context bounds the start, not the life of the server: Stop ends that, or the end of this process, in any way.
func Start(ctx context.Context, o Options) (*Server, error) {
	java, err := findJava(ctx)
	if err != nil {
		return nil, err
	}
	lib, err := Jars(ctx)
	if err != nil {
		return nil, err
	}
	return launch(ctx, java, lib, o)
}

// launch starts the JVM in a working folder of its own, which the JVM removes when it ends: this process may be gone
// by then.
func launch(ctx context.Context, java, lib string, o Options) (*Server, error) {
	work, err := os.MkdirTemp("", "opsmap-neo4j-")
	if err != nil {
		return nil, fmt.Errorf("no temporary folder for Neo4j: %w", err)
	}
	source := filepath.Join(work, "Neo4j.java")
	if err := os.WriteFile(source, launcher, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot write Neo4j's launcher: %w", err), os.RemoveAll(work))
	}
	data, err := dataDir(o.DataDir, work)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(work))
	}
	args := []string{
		"-Xmx1g", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + work, "-cp", filepath.Join(lib, "*"), source,
		"--remove", work, "--data", data,
	}
	if o.Addr != "" {
		args = append(args, "--bolt", o.Addr)
	}
	if o.Password != "" {
		args = append(args, "--password", o.Password)
	}
	if o.KeepPlans {
		args = append(args, "--plans", "kept")
	}
	// The server lives on when the context of its start ends.
	s, err := o.run(ctx, exec.CommandContext(context.WithoutCancel(ctx), java, args...), work)
	if err != nil {
		return nil, err
	}
	s.Origin = "Neo4j " + s.Version + " from Maven's jars"
	if o.Password != "" {
		s.User, s.Password = "neo4j", o.Password
	}
	return s, nil
}

func dataDir(asked, work string) (string, error) {
	if asked == "" {
		return filepath.Join(work, "data"), nil
	}
	// The JVM works in another folder.
	abs, err := filepath.Abs(asked)
	if err != nil {
		return "", fmt.Errorf("no folder %q for Neo4j's data: %w", asked, err)
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return "", fmt.Errorf("cannot make the folder for Neo4j's data: %w", err)
	}
	return abs, nil
}

// run starts the JVM and waits for its ready line.
func (o Options) run(ctx context.Context, cmd *exec.Cmd, work string) (*Server, error) {
	out, tail := newReadyLine(), &tailBuffer{}
	cmd.Dir, cmd.Stdout, cmd.Stderr = work, out, tail
	if o.Log != nil {
		cmd.Stderr = io.MultiWriter(o.Log, tail)
	}
	p, err := startChild(cmd)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("cannot start %s: %w", cmd.Path, err), os.RemoveAll(work))
	}
	stop := func() {
		p.stop()
		_ = os.RemoveAll(work) // what the JVM could not remove, or nothing
	}
	within := o.ReadyWithin
	if within == 0 {
		within = defaultReadyWithin
	}
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	select {
	case line := <-out.ready:
		return &Server{URI: line.uri, Version: line.version, done: p.done, stop: stop}, nil
	case <-p.done:
		err = startFailure(tail.String())
	case <-timeout.C:
		err = fmt.Errorf("Neo4j was not ready within %s: stop what else keeps this machine busy, or give it longer. %s",
			within, tail.String())
	case <-ctx.Done():
		err = fmt.Errorf("the start of Neo4j was given up: %w", ctx.Err())
	}
	stop()
	return nil, err
}

// advice says what to do about the failures that everybody meets once.
var advice = []struct{ sign, text string }{
	{"jdk.compiler", "the Java found is a runtime without a compiler: install a JDK 17 or 21 " +
		"(Debian: apt-get install openjdk-17-jdk-headless) or point JAVA_HOME at one"},
	{"FileLockException", "another Neo4j runs on the same data: stop it, or name another folder"},
	{"Address already in use", "another program listens on its address: stop it, or name another port"},
}

func startFailure(stderr string) error {
	why := "it is made for Java 17 and 21"
	for _, a := range advice {
		if strings.Contains(stderr, a.sign) {
			why = a.text
		}
	}
	return fmt.Errorf("Neo4j did not start: %s. Its last words: %s", why, strings.TrimSpace(stderr))
}
