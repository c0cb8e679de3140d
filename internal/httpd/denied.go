package httpd

import (
	"encoding/json"
	"net/http"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/fault"
)

// statuses are those of errors that somebody can do something about. All others are
// ours.
var statuses = map[fault.Code]int{
	fault.BadInput:        http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.LimitExceeded:   http.StatusUnprocessableEntity,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Timeout:         http.StatusServiceUnavailable,
}

// statusOf an error, whose headers it sets. A fault of ours is logged, under the id that
// its client is told.
func (s *Server) statusOf(w http.ResponseWriter, r *http.Request, err error) int {
	status, known := statuses[fault.CodeOf(err)]
	switch {
	case !known:
		s.config.Logger.ErrorContext(r.Context(), "internal error", "requestId", graph.RequestID(r.Context()), "error", err.Error())
		return http.StatusInternalServerError
	case status == http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="opsmap", error="invalid_token"`)
	case status == http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "1")
	}
	return status
}

// deny answers in JSON, for programs. The bodies are those of GraphQL errors and the
// same for every reason of one kind.
func (s *Server) deny(w http.ResponseWriter, r *http.Request, err error) {
	denyAs(w, r, s.statusOf(w, r, err), err)
}

// denial is a GraphQL error.
type denial struct {
	Message    string            `json:"message"`
	Extensions map[string]string `json:"extensions"`
}

func denyAs(w http.ResponseWriter, r *http.Request, status int, err error) {
	answer := denial{Message: fault.Message(err), Extensions: map[string]string{"code": string(fault.CodeOf(err))}}
	if status == http.StatusInternalServerError {
		answer.Extensions["requestId"] = graph.RequestID(r.Context())
	}
	body, err := json.Marshal(map[string][]denial{"errors": {answer}})
	if err != nil {
		panic("BUG: an error is always JSON: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	// A client that has left is no error of ours.
	_, _ = w.Write(append(body, '\n'))
}

// denyPlainly answers in a line of text, for people.
func (s *Server) denyPlainly(w http.ResponseWriter, r *http.Request, err error) {
	status := s.statusOf(w, r, err)
	message := fault.Message(err)
	if status == http.StatusInternalServerError {
		message = "internal error, request " + graph.RequestID(r.Context())
	}
	plain(w, status, message+"\n")
}
