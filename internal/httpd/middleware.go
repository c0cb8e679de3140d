package httpd

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/graph"
)

// identify names the request, so that an error shown to a client can be found in
// the log.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set("X-Request-ID", id)
		next.ServeHTTP(w, r.WithContext(graph.WithRequestID(r.Context(), id)))
	})
}

// recover keeps a fault in one request from ending the others.
func (s *Server) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(fault)
			}
			id := graph.RequestID(r.Context())
			s.config.Logger.ErrorContext(r.Context(), "internal error", "requestId", id, "error", fmt.Sprint(fault), "stack", string(debug.Stack()))
			plain(w, http.StatusInternalServerError, "internal error, request "+id+"\n")
		}()
		next.ServeHTTP(w, r)
	})
}

// policy lets pages load nothing but what this server sends. GraphiQL's editor
// sets styles on its elements, which is why those may be inline.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func (s *Server) secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// sameHost refuses requests for another name when the server listens on the
// loopback interface, or is told its names: a page of a foreign site can point its own
// name there (DNS rebinding) and would then count as the same origin.
func (s *Server) sameHost(next http.Handler) http.Handler {
	bound, ok := s.listener.Addr().(*net.TCPAddr)
	if loopback := ok && bound.IP.IsLoopback(); !loopback && len(s.config.AllowedHosts) == 0 {
		return next
	}
	allowed := map[string]bool{"localhost": true}
	for _, name := range s.config.AllowedHosts {
		allowed[strings.ToLower(name)] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := strings.ToLower(r.Host)
		if name, port, err := net.SplitHostPort(host); err == nil {
			if _, err := strconv.ParseUint(port, 10, 16); err == nil {
				host = name
			}
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		if !allowed[host] && (ip == nil || !ip.IsLoopback()) {
			plain(w, http.StatusMisdirectedRequest, "this server is asked as localhost; allow another name with OPSMAP_ALLOWED_HOSTS\n")
			return
		}
		next.ServeHTTP(w, r)
	})
}
