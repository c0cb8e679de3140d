package httpd

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/report"
)

// reports serves documents about portability, each for whoever asks. They take the
// arguments of the questions as parameters, lists repeated or with commas.
func (s *Server) reports(mux *http.ServeMux) {
	if s.config.Ask == nil {
		return
	}
	mux.Handle("GET /portability/matrix.csv", s.reported("text/csv; charset=utf-8; header=present", s.matrix((*report.Matrix).CSV)))
	mux.Handle("GET /portability/matrix.md", s.reported("text/markdown; charset=utf-8", s.matrix((*report.Matrix).Markdown)))
	mux.Handle("GET /portability/exit.md", s.reported("text/markdown; charset=utf-8", s.exit))
}

// reported answers with a text that is made for the viewer.
func (s *Server) reported(contentType string, text func(context.Context, params) (string, error)) http.Handler {
	return s.viewed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := text(r.Context(), params(r.URL.Query()))
		if err != nil {
			s.denyPlainly(w, r, err)
			return
		}
		w.Header().Set("Content-Type", contentType)
		// A client that has left is no error of ours.
		_, _ = w.Write([]byte(body))
	}))
}

func (s *Server) matrix(text func(*report.Matrix) string) func(context.Context, params) (string, error) {
	return func(ctx context.Context, p params) (string, error) {
		if err := p.only("rows", "from", "to", "practices", "actor"); err != nil {
			return "", err
		}
		rows := strings.ToLower(p.one("rows"))
		if rows != "" && rows != "platforms" && rows != "practices" {
			return "", fault.New(fault.BadInput, "rows is %q; right is platforms or practices", rows)
		}
		m, err := report.AskMatrix(ctx, s.config.Ask, report.MatrixQuestion{
			ByPractice: rows == "practices", From: p.list("from"), To: p.list("to"), Practices: p.list("practices"), Actor: strings.ToUpper(p.one("actor")),
		})
		if err != nil {
			return "", err
		}
		return text(m), nil
	}
}

func (s *Server) exit(ctx context.Context, p params) (string, error) {
	if err := p.only("from", "to", "practices", "actor"); err != nil {
		return "", err
	}
	if p.one("from") == "" || len(p.list("to")) == 0 {
		return "", fault.New(fault.BadInput, "an exit needs ?from= and ?to=, for example ?from=vsphere&to=osism,aws")
	}
	e, err := report.AskExit(ctx, s.config.Ask, report.ExitQuestion{
		From: p.one("from"), To: p.list("to"), Practices: p.list("practices"), Actor: strings.ToUpper(p.one("actor")),
	})
	if err != nil {
		return "", err
	}
	return e.Markdown(s.config.Now()), nil
}

// params are those of a request.
type params map[string][]string

// only refuses parameters that mean nothing here, rather than leave them out
// silently.
func (p params) only(names ...string) error {
	for name := range p {
		if !slices.Contains(names, name) {
			return fault.New(fault.BadInput, "there is no parameter %q; right are %s", name, strings.Join(names, ", "))
		}
	}
	return nil
}

// one is the last value; empty for none.
func (p params) one(name string) string {
	if all := p[name]; len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

// list is all values, those between commas too; nil for none.
func (p params) list(name string) []string {
	var out []string
	for _, v := range p[name] {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}
