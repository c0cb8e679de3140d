package httpd

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/open-operations/opsmap/internal/feed"
)

// feeds serves the calendar, the news and the documents of meetings. Programs that
// read feeds cannot send headers, so these addresses take a token as a parameter, too.
func (s *Server) feeds(mux *http.ServeMux) {
	if s.config.Ask == nil {
		return
	}
	mux.Handle("GET /feeds/meetups.ics", s.written("text/calendar; charset=utf-8", func(r *http.Request) ([]byte, error) {
		return feed.Calendar(r.Context(), s.config.Ask, s.base(r), r.URL.Query().Get("layer"))
	}))
	mux.Handle("GET /feeds/topics.atom", s.written("application/atom+xml; charset=utf-8", func(r *http.Request) ([]byte, error) {
		return feed.Topics(r.Context(), s.config.Ask, s.base(r), r.URL.Query().Get("layer"))
	}))
	mux.Handle("GET /meetings/{key}/announcement.md", s.written("text/markdown; charset=utf-8", func(r *http.Request) ([]byte, error) {
		return s.meeting(r, func(m *feed.Meeting) []byte { return m.Announcement(s.base(r)) })
	}))
	mux.Handle("GET /meetings/{key}/agenda.md", s.written("text/markdown; charset=utf-8", func(r *http.Request) ([]byte, error) {
		return s.meeting(r, (*feed.Meeting).Agenda)
	}))
	mux.Handle("GET /meetings/{key}/minutes.md", s.written("text/markdown; charset=utf-8", func(r *http.Request) ([]byte, error) {
		return s.meeting(r, (*feed.Meeting).Minutes)
	}))
	mux.Handle("GET /sessions/{key}/invitation.md", s.written("text/markdown; charset=utf-8", func(r *http.Request) ([]byte, error) {
		found, err := feed.FindSession(r.Context(), s.config.Ask, r.PathValue("key"))
		if err != nil || found == nil {
			return nil, err
		}
		return found.Invitation(s.base(r)), nil
	}))
}

// written answers with a document that is made for the viewer.
func (s *Server) written(media string, write func(r *http.Request) ([]byte, error)) http.Handler {
	return viewerFromAddress(s.viewed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := write(r)
		s.document(w, r, media, body, err)
	})))
}

// meeting writes a document about the meeting in the address. One that is hidden is
// missing.
func (s *Server) meeting(r *http.Request, write func(*feed.Meeting) []byte) ([]byte, error) {
	m, err := feed.FindMeeting(r.Context(), s.config.Ask, r.PathValue("key"))
	if err != nil || m == nil {
		return nil, err
	}
	return write(m), nil
}

// viewerFromAddress takes the parameter token for the header Authorization, and as for
// Opsmap-View-As: a document at a level holds nothing above it.
func viewerFromAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token := r.URL.Query().Get("token"); token != "" {
			r = r.Clone(r.Context())
			r.Header.Add("Authorization", "Bearer "+token)
		}
		if as := r.URL.Query()["as"]; len(as) > 0 {
			r = r.Clone(r.Context())
			for _, one := range as {
				r.Header.Add(ViewAs, one)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// document answers with what was written, or with nothing when the reader has it
// already: the tag is a hash of the body, so it tells no more than the body does.
func (s *Server) document(w http.ResponseWriter, r *http.Request, media string, body []byte, err error) {
	if err != nil {
		s.deny(w, r, err)
		return
	}
	if body == nil {
		plain(w, http.StatusNotFound, "there is no such document, or it is not for you\n")
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	header := w.Header()
	header.Set("ETag", tag)
	// Kept by the reader only, and asked about each time.
	header.Set("Cache-Control", "private, no-cache")
	header.Set("Content-Type", media)
	for known := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	// A client that has left is no error of ours.
	_, _ = w.Write(body)
}

// base is the address under which the server was asked.
func (s *Server) base(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
