package httpd

import (
	"context"
	"net/http"
	"strings"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/fault"
)

// ViewAs is the header by which one asks as a lower viewer; access.ParseAs says
// what it may hold.
const ViewAs = "Opsmap-View-As"

// viewed finds out who asks before next answers. Every route whose answer depends
// on the viewer goes through it. A token that does not count ends the request
// here: nobody who showed one is taken for anonymous.
func (s *Server) viewed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Authorization, "+ViewAs)
		viewer, err := s.viewer(r)
		if err != nil {
			event := audit.Event{Kind: audit.Refused, Request: graph.RequestID(r.Context()), Viewer: audit.Of(viewer)}
			event.Failed(fault.CodeOf(err))
			if failed := s.config.Audit.Write(event); failed != nil {
				err = failed
			}
			s.deny(w, r, err)
			return
		}
		ctx := graph.WithRenewal(graph.WithViewer(r.Context(), viewer), func(ctx context.Context) (access.Viewer, error) {
			return s.viewer(r.WithContext(ctx))
		})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (s *Server) viewer(r *http.Request) (access.Viewer, error) {
	viewer := access.Viewer{Role: access.Reader}
	if shown := r.Header.Values("Authorization"); len(shown) > 0 {
		var err error
		if viewer, err = s.config.Tokens.Viewer(r.Context(), bearer(shown)); err != nil {
			return viewer, err
		}
	}
	as := r.Header.Values(ViewAs)
	switch len(as) {
	case 0:
		return viewer, nil
	case 1:
		if as[0] == "" {
			return viewer, fault.New(fault.BadInput, "the header %s is empty; right is anonymous, or a level such as green", ViewAs)
		}
		lower, err := s.config.Tokens.As(r.Context(), viewer, as[0])
		if err != nil {
			return viewer, err
		}
		return lower, nil
	}
	return viewer, fault.New(fault.BadInput, "the header %s is there twice; right is one", ViewAs)
}

// bearer is the token in an Authorization header, by RFC 6750; empty for another
// scheme and for several headers, which no token is.
func bearer(shown []string) string {
	scheme, secret, _ := strings.Cut(shown[0], " ")
	if len(shown) > 1 || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimLeft(secret, " ")
}
