package httpd

import (
	"net/http"
)

// missing is shown where the pages would be when they were not built.
const missing = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>opsmap: the pages are not built</title>
<h1>The pages are not built</h1>
<p>This opsmap was built on a machine without Node.js, which the explorer and the playground need.
Install Node.js 20 or later with npm, run <code>make build</code> and start it again.</p>
<p>The API is there all the same: <a href="/schema.graphql">its schema</a>; ask it by POST to <code>/graphql</code>.</p>
</html>
`

// pages serves the explorer at /, the playground and what both load.
func (s *Server) pages(mux *http.ServeMux) {
	if s.config.Web == nil {
		none := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(missing))
		}
		mux.HandleFunc("GET /{$}", none)
		mux.HandleFunc("GET /playground", none)
		return
	}
	mux.Handle("GET /{$}", s.page("index.html"))
	mux.Handle("GET /playground", s.page("playground.html"))
	mux.Handle("GET /assets/", s.assets(s.config.Web))
}

func (s *Server) page(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, s.config.Web, name)
	})
}
