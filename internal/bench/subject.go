package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/open-operations/opsmap/internal/bench/data"
)

// subject is a server that is measured.
type subject struct {
	name string
	addr string
	// path of the requests for a shape.
	path func(shape string, variant int) string
	// body of them; nil: GraphQL.
	body func(shape string, variables map[string]any) []byte
	// questions by shape in the subject's own words; nil: opsmap's.
	questions map[string]string
	// places are the variables of shape G.
	places []map[string]any
	// lacks are the shapes, as letters, that it is not asked.
	lacks string
	// exact: it has to answer what opsmap answers, byte for byte.
	exact bool
	cmd   *exec.Cmd
	// ready is how long it took until it answered.
	ready time.Duration
}

// start runs a command and waits until addr answers.
func (b *bench) start(ctx context.Context, name, addr string, cmd *exec.Cmd) (*subject, error) {
	s := &subject{name: name, addr: addr, cmd: cmd}
	log := &strings.Builder{}
	cmd.Stdout, cmd.Stderr = log, log
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b.subjects = append(b.subjects, s)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			s.ready = time.Since(begun)
			return s, conn.Close()
		}
		select {
		case err := <-ended:
			return nil, fmt.Errorf("%s ended: %w\n%s", name, err, log)
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
		if time.Since(begun) > 2*time.Minute {
			return nil, fmt.Errorf("%s does not answer at %s", name, addr)
		}
	}
}

// stop ends the subject's process.
func (s *subject) stop() {
	if s.cmd == nil || s.cmd.Process == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	for range 200 {
		if s.cmd.Process.Signal(syscall.Signal(0)) != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	_ = s.cmd.Process.Kill()
}

// freeAddr is a loopback address that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// opsmap serves a store with the real binary.
func (b *bench) opsmap(ctx context.Context, name, store string) (*subject, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.binary, "serve", "--addr", addr, "--store", store, "--catalogue", "none", "--now", data.At.Format(time.RFC3339))
	s, err := b.start(ctx, name, addr, cmd)
	if err == nil {
		s.path, s.exact = func(string, int) string { return "/graphql" }, true
	}
	return s, err
}

// self runs this program as a subject.
func (b *bench) self(ctx context.Context, name string, args ...string) (*subject, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "OPSMAP_BENCH_ADDR="+addr)
	return b.start(ctx, name, addr, cmd)
}

// memory is the most memory the subject's process has had, in MiB; 0 where the
// system does not tell.
func (s *subject) memory() int {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	defer f.Close() //nolint:errcheck // it was only read
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var kilobytes int
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kilobytes); n == 1 {
			return kilobytes >> 10
		}
	}
	return 0
}
