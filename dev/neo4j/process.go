package neo4jdev

import (
	"bytes"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// child is a process that lives as long as its standard input is open. The pipe's other end is in this process, so
// the kernel closes it whatever happens to us: no signal handler and no process group has to work for that.
type child struct {
	cmd   *exec.Cmd
	stdin io.Closer
	done  chan struct{}
}

func startChild(cmd *exec.Cmd) (*child, error) {
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &child{cmd: cmd, stdin: stdin, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		_ = cmd.Wait() // how it ended is in what it wrote
	}()
	return p, nil
}

// stop asks first: a killed JVM leaves its temporary files.
func (p *child) stop() {
	_ = p.stdin.Close() // closed twice is as good as once
	select {
	case <-p.done:
	case <-time.After(stopWithin):
		_ = p.cmd.Process.Kill() // fails only when it has just ended
		<-p.done
	}
}

type readyFacts struct{ uri, version string }

// readyLine reads a child's output up to the line "ready URI version X" and ignores the rest.
type readyLine struct {
	ready chan readyFacts
	buf   []byte
	found bool
}

func newReadyLine() *readyLine { return &readyLine{ready: make(chan readyFacts, 1)} }

// Write implements io.Writer.
func (r *readyLine) Write(p []byte) (int, error) {
	if r.found {
		return len(p), nil
	}
	r.buf = append(r.buf, p...)
	for {
		line, rest, whole := bytes.Cut(r.buf, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		r.buf = rest
		if w := strings.Fields(string(line)); len(w) == 4 && w[0] == "ready" && w[2] == "version" {
			r.found, r.buf = true, nil
			r.ready <- readyFacts{uri: w[1], version: w[3]}
			return len(p), nil
		}
	}
}

const tailSize = 4 << 10

// tailBuffer keeps the last few kilobytes that were written to it.
type tailBuffer struct {
	mu  sync.Mutex
	buf []byte
}

// Write implements io.Writer.
func (t *tailBuffer) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if over := len(t.buf) - tailSize; over > 0 {
		t.buf = append([]byte(nil), t.buf[over:]...)
	}
	return len(p), nil
}

// String returns what is kept.
func (t *tailBuffer) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}
