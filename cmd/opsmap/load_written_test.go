package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/socket"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/schema"
)

// TestInterrupted ends a load before it writes.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	env := map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "memory:"}
	if _, stderr, code := call(ctx, env, "load", folder(t, map[string]string{"20260302.md": weekly})); code != exitFailed || strings.Contains(stderr, "context") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	err := inTheMiddle(context.Canceled, socket.Local{}, &record.Changeset{})
	if got := err.Error(); got != "Interrupted. All of the load was written, or nothing; loading the same again does what is left." {
		t.Error(got)
	}
	lost := fault.New(fault.Unavailable, "The server does not answer.")
	if got := inTheMiddle(lost, &socket.Remote{}, &record.Changeset{}).Error(); got != "The server does not answer. All of the load was written, or nothing; loading the same again does what is left." {
		t.Error(got)
	}
	if got := inTheMiddle(lost, socket.Local{}, &record.Changeset{}); got != error(lost) { //nolint:errorlint // it is the very error
		t.Error(got)
	}
}

// lostAfterwards is a session that is gone once something has been written.
type lostAfterwards struct {
	session
	wrote bool
}

func (s *lostAfterwards) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	outcome, err := s.session.Apply(ctx, c)
	s.wrote = s.wrote || err == nil && !c.DryRun
	return outcome, err
}

func (s *lostAfterwards) Query(ctx context.Context, request []byte) ([]byte, error) {
	if s.wrote {
		return nil, fault.New(fault.Unavailable, "the store is gone")
	}
	return s.session.Query(ctx, request)
}

// TestLostAfterTheWrite loses the store between the write and the look for who can be
// guessed: what was written is shown, and the error says that it was.
func TestLostAfterTheWrite(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	p := &program{
		catalog: catalog, streams: streams{out: &stdout, err: &stderr}, env: func(string) (string, bool) { return "", false },
		config: config{Store: "file:" + filepath.Join(t.TempDir(), "map.db"), Catalogue: "none", Now: "2026-11-24T12:00:00Z", Deadline: "1m"},
	}
	open, err := p.session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	s := &lostAfterwards{session: open}
	result := &gather.Result{Changeset: &record.Changeset{Say: []record.Statement{{
		Source: "file:a.yaml", ID: record.ID{Type: "Topic", Key: "backups"}, Fields: map[string]any{"title": "Backups"},
	}}}}
	err = p.bring(t.Context(), s, result, loadFlags{level: "clear"}, access.Ladder{})
	if err == nil || fault.CodeOf(err) != fault.Unavailable || !strings.HasPrefix(err.Error(), "Everything is written, but ") || !strings.Contains(err.Error(), "the store is gone") {
		t.Errorf("the error is %v", err)
	}
	if !strings.Contains(stdout.String(), "+ Topic:backups") || !strings.Contains(stderr.String(), "1 created") {
		t.Errorf("what was written is not shown: %q %q", stdout.String(), stderr.String())
	}
}
