package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
)

// unread is a client that takes nothing of its answer until it is released.
type unread struct {
	http.ResponseWriter
	asked, release chan struct{}
}

func (u *unread) Write(b []byte) (int, error) {
	close(u.asked)
	<-u.release
	return u.ResponseWriter.Write(b)
}

// TestWhoReadsSlowlyTakesNobodysPlace: with room for one operation another one is
// answered while a client keeps a large answer waiting, and a small one.
func TestWhoReadsSlowlyTakesNobodysPlace(t *testing.T) {
	face := graph.Handler(faceOf(t, graph.Config{Operations: 1, Wait: time.Millisecond}))
	ask := func(w http.ResponseWriter, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		face.ServeHTTP(w, r)
	}
	const everything = `{"query": "{ __schema { types { name description fields { name description args { name description type { name } } } inputFields { name description } } } }"}`
	for _, query := range []string{everything, topics} {
		slow := &unread{httptest.NewRecorder(), make(chan struct{}), make(chan struct{})}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			ask(slow, query)
		}()
		<-slow.asked
		other := httptest.NewRecorder()
		if ask(other, topics); other.Code != http.StatusOK {
			t.Errorf("meanwhile: %d %s", other.Code, other.Body)
		}
		close(slow.release)
		<-ended
		if got := slow.ResponseWriter.(*httptest.ResponseRecorder); got.Code != http.StatusOK || (query == everything && got.Body.Len() < 64<<10) {
			t.Errorf("%d, %d bytes", got.Code, got.Body.Len())
		}
	}
}
