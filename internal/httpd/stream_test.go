package httpd_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/httpd"
	"github.com/open-operations/opsmap/internal/mutation"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/token"
)

// live is a server with a small map: two open topics and one that is amber.
type live struct {
	url    string
	engine *embedded.Engine
	tokens *token.Keeper
	config httpd.Config
}

func newLive(t *testing.T) *live {
	t.Helper()
	catalog, e := embeddedtest.Open(t)
	l := &live{engine: e, tokens: &token.Keeper{Store: e, Ladder: e.Ladder, Now: time.Now}}
	level := func(key string, rank int64) record.Statement {
		return record.Statement{Source: "levels", ID: record.ID{Type: "ConfidentialityLevel", Key: key}, Fields: map[string]any{"name": key, "rank": rank, "meaning": key}}
	}
	amber := access.NewClass(access.Atom{Level: "amber"})
	l.say(t, level("clear", 0), level("amber", 1), topic("etcd", "Running etcd", access.Class{}), topic("secret", "The breach", amber),
		record.Statement{Source: "s", ID: record.ID{Type: "Person", Key: "ada"}, Fields: map[string]any{"name": "Ada"}})
	face := graph.New(graph.Config{
		Catalog: catalog, Engine: e, Questions: question.New(question.Config{Catalog: catalog}), Subscriptions: 3,
		Mutations: mutation.New(mutation.Config{Catalog: catalog, Engine: e}), Heartbeat: 50 * time.Millisecond, Poll: 10 * time.Millisecond,
	})
	l.config = httpd.Config{GraphQL: graph.Handler(face), Tokens: l.tokens}
	return l
}

func topic(key, title string, class access.Class) record.Statement {
	return record.Statement{Source: "s", ID: record.ID{Type: "Topic", Key: key}, Fields: map[string]any{"title": title}, Class: class}
}

// say writes as another process would: past the server.
func (l *live) say(t *testing.T, statements ...record.Statement) {
	t.Helper()
	c := &record.Changeset{ID: "c" + time.Now().Format(time.RFC3339Nano), Actor: "t", At: time.Now(), Say: statements}
	if _, err := l.engine.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// events are those of a stream, as "name data"; the channel is closed when it ends.
// What only shows that the stream lives is left out.
func (l *live) events(t *testing.T, query, secret string) <-chan string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.url+"/graphql?query="+url.QueryEscape(query), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	if got := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || got != "text/event-stream; charset=utf-8" {
		t.Fatalf("%d %s", resp.StatusCode, got)
	}
	out := make(chan string, 16)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(resp.Body)
		name := ""
		for lines.Scan() {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			} else if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- strings.TrimSpace(name + " " + data)
			}
		}
	}()
	return out
}

// expect waits for the next event.
func expect(t *testing.T, events <-chan string, want string) {
	t.Helper()
	select {
	case got, open := <-events:
		if got != want || !open {
			t.Fatalf("got %q, open: %v, want %q", got, open, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("no event, want %q", want)
	}
}

const followEtcd = `subscription { votes(topic: "Topic:etcd") { votes related { totalCount } } }`

func TestVotesAreFollowed(t *testing.T) {
	l := newLive(t)
	l.url = start(t, l.config)
	secret, _, err := l.tokens.Create(t.Context(), token.Grant{Clearance: "clear", Role: access.Contributor, Person: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	events := l.events(t, followEtcd, "")
	expect(t, events, `next {"data":{"votes":{"votes":0,"related":{"totalCount":0}}}}`)
	_, body := get(t, l.url+"/graphql", func(r *http.Request) {
		r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader(`{"query": "mutation { vote(input: {topic: \"etcd\"}) { topic { votes } } }"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+secret)
	})
	if body != `{"data":{"vote":{"topic":{"votes":1}}}}` {
		t.Fatal(body)
	}
	expect(t, events, `next {"data":{"votes":{"votes":1,"related":{"totalCount":0}}}}`)
	// A link to what is hidden sends nothing: the next event is that of the second vote.
	linked := topic("etcd", "Running etcd", access.Class{})
	linked.Links = map[string][]record.ID{"related": {{Type: "Topic", Key: "secret"}}}
	l.say(t, linked)
	time.Sleep(100 * time.Millisecond)
	l.say(t, record.Statement{Source: "minutes", ID: linked.ID, Fields: map[string]any{"votes": int64(4)}, Class: access.Inherited()})
	expect(t, events, `next {"data":{"votes":{"votes":5,"related":{"totalCount":0}}}}`)
}

func TestWhatIsNotThereIsFollowedToo(t *testing.T) {
	l := newLive(t)
	l.url = start(t, l.config)
	var events <-chan string
	for _, name := range []string{"secret", "Meeting:etcd", "absent"} {
		events = l.events(t, `subscription { votes(topic: "`+name+`") { title } }`, "")
		expect(t, events, `next {"data":{"votes":null}}`)
	}
	l.say(t, topic("absent", "Now there", access.Class{}))
	expect(t, events, `next {"data":{"votes":{"title":"Now there"}}}`)
}

func TestAStreamEndsWithItsToken(t *testing.T) {
	l := newLive(t)
	l.url = start(t, l.config)
	secret, made, err := l.tokens.Create(t.Context(), token.Grant{Clearance: "amber", Role: access.Reader})
	if err != nil {
		t.Fatal(err)
	}
	events := l.events(t, `subscription { votes(topic: "secret") { title } }`, secret)
	expect(t, events, `next {"data":{"votes":{"title":"The breach"}}}`)
	if err := l.tokens.Revoke(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	l.say(t, topic("secret", "The second breach", access.NewClass(access.Atom{Level: "amber"})))
	expect(t, events, `next {"errors":[{"message":"the token is unknown, has expired or was revoked; ask without one, or get a new one","extensions":{"code":"UNAUTHENTICATED"}}]}`)
	expect(t, events, "complete")
}

func TestStreamsAreBounded(t *testing.T) {
	l := newLive(t)
	l.url = start(t, l.config)
	for range 3 {
		expect(t, l.events(t, followEtcd, ""), `next {"data":{"votes":{"votes":0,"related":{"totalCount":0}}}}`)
	}
	resp, body := get(t, l.url+"/graphql?query="+url.QueryEscape(followEtcd), func(r *http.Request) { r.Header.Set("Accept", "text/event-stream") })
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "UNAVAILABLE") {
		t.Errorf("a fourth: %d %s", resp.StatusCode, body)
	}
	resp, body = get(t, l.url+"/graphql?query="+url.QueryEscape(followEtcd), nil)
	if resp.StatusCode != http.StatusNotAcceptable {
		t.Errorf("without the type: %d %s", resp.StatusCode, body)
	}
}

func TestAQueryIsOneEvent(t *testing.T) {
	l := newLive(t)
	l.url = start(t, l.config)
	events := l.events(t, `{ topic(key: "etcd") { title } }`, "")
	expect(t, events, `next {"data":{"topic":{"title":"Running etcd"}}}`)
	expect(t, events, "complete")
}

func TestStreamsEndWithTheServer(t *testing.T) {
	l := newLive(t)
	l.config.Addr = "127.0.0.1:0"
	l.config.Ready = func(context.Context) error { return nil }
	s, err := httpd.Listen(t.Context(), l.config)
	if err != nil {
		t.Fatal(err)
	}
	l.url = s.URL()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	events := l.events(t, followEtcd, "")
	expect(t, events, `next {"data":{"votes":{"votes":0,"related":{"totalCount":0}}}}`)
	stop()
	expect(t, events, "complete")
	if err := <-done; err != nil {
		t.Error(err)
	}
}
