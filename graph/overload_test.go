package graph_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/plan"
)

// strange is an engine whose views do what a test wants before they answer.
type strange struct {
	engine.Engine
	before func(context.Context) error
}

func (s *strange) Read(ctx context.Context) (engine.View, error) {
	v, err := s.Engine.Read(ctx)
	return &strangeView{v, s.before}, err
}

type strangeView struct {
	engine.View
	before func(context.Context) error
}

func (v *strangeView) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	if err := v.before(ctx); err != nil {
		return nil, err
	}
	return v.View.Run(ctx, p)
}

func strangely(t *testing.T, config graph.Config, before func(context.Context) error) *httptest.Server {
	t.Helper()
	_, e := embeddedtest.Open(t)
	config.Engine = &strange{e, before}
	s := httptest.NewServer(graph.Handler(faceOf(t, config)))
	t.Cleanup(s.Close)
	return s
}

const topics = `{"query": "{ topics { totalCount } }"}`

// TestOverload asks ten times as much as there is room for: what is taken on is
// answered, the rest is turned away and told when to come back, and once the load
// is gone all is as before.
func TestOverload(t *testing.T) {
	release := make(chan struct{})
	var inside, most atomic.Int64
	s := strangely(t, graph.Config{Operations: 4, Waiting: 4, Wait: 20 * time.Second}, func(context.Context) error {
		most.Store(max(most.Load(), inside.Add(1)))
		<-release
		inside.Add(-1)
		return nil
	})
	var answered, turnedAway atomic.Int64
	var wg sync.WaitGroup
	for range 80 {
		wg.Go(func() {
			switch a := post(t, s, topics); {
			case a.status == http.StatusOK:
				answered.Add(1)
			case a.status == http.StatusServiceUnavailable && a.Errors[0].Extensions["code"] == "UNAVAILABLE" && a.retryAfter == "1":
				if turnedAway.Add(1) == 72 {
					close(release)
				}
			default:
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	wg.Wait()
	if answered.Load() != 8 || turnedAway.Load() != 72 || most.Load() > 4 {
		t.Errorf("%d answered, %d turned away, %d at once", answered.Load(), turnedAway.Load(), most.Load())
	}
	if a := post(t, s, topics); a.status != http.StatusOK {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

// TestWaitingEnds: who waits does so for a moment only.
func TestWaitingEnds(t *testing.T) {
	release := make(chan struct{})
	started := make(chan struct{})
	s := strangely(t, graph.Config{Operations: 1, Wait: time.Millisecond}, func(context.Context) error {
		close(started)
		<-release
		return nil
	})
	done := make(chan answer)
	go func() { done <- post(t, s, topics) }()
	<-started
	if a := post(t, s, topics); a.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", a.status, a.body)
	}
	close(release)
	if a := <-done; a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestDeadline cuts an operation that takes too long, and the engine is told.
func TestDeadline(t *testing.T) {
	told := make(chan struct{})
	s := strangely(t, graph.Config{Deadline: 20 * time.Millisecond}, func(ctx context.Context) error {
		<-ctx.Done()
		close(told)
		return ctx.Err()
	})
	a := post(t, s, topics, "Accept", "application/graphql-response+json")
	if a.status != http.StatusServiceUnavailable || len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "TIMEOUT" {
		t.Errorf("%d %s", a.status, a.body)
	}
	<-told
}

// TestClientLeaves: the work for a client that has left ends.
func TestClientLeaves(t *testing.T) {
	started, told := make(chan struct{}), make(chan struct{})
	s := strangely(t, graph.Config{}, func(ctx context.Context) error {
		close(started)
		<-ctx.Done()
		close(told)
		return ctx.Err()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-started
		cancel()
	}()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, strings.NewReader(topics))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if resp, err := http.DefaultClient.Do(r); err == nil {
		_ = resp.Body.Close()
		t.Error("an answer came")
	}
	select {
	case <-told:
	case <-time.After(time.Minute):
		t.Error("the engine goes on")
	}
}

// TestPanic: a fault of ours is one masked error with the id under which the log
// has the rest, and the next request is answered.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	faulty := true
	s := strangely(t, graph.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))}, func(context.Context) error {
		if faulty {
			panic("the secret of Topic:prices")
		}
		return nil
	})
	a := post(t, s, topics, "Accept", "application/graphql-response+json")
	if a.status != http.StatusInternalServerError || len(a.Errors) != 1 || a.Errors[0].Message != "internal error" || a.Errors[0].Extensions["code"] != "INTERNAL" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if _, named := a.Errors[0].Extensions["requestId"]; !named || strings.Contains(a.body, "secret") {
		t.Errorf("%s", a.body)
	}
	if !strings.Contains(log.String(), "secret") || !strings.Contains(log.String(), "overload_test.go") {
		t.Errorf("the log does not tell: %s", log.String())
	}
	faulty = false
	if a := post(t, s, topics); a.status != http.StatusOK {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

// TestLargeAnswers: an answer beyond the limit is refused, not sent in part.
func TestLargeAnswers(t *testing.T) {
	s := httptest.NewServer(graph.Handler(faceOf(t, graph.Config{MaxAnswer: 1000})))
	t.Cleanup(s.Close)
	a := post(t, s, fmt.Sprintf(`{"query": %q}`, "{ __schema { types { name description } } }"))
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "LIMIT_EXCEEDED" || a.Data != nil {
		t.Errorf("%.500s", a.body)
	}
}
