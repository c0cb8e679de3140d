package httpd_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/httpd"
)

// TestReports asks for documents: they are asked for in GraphQL, by the viewer of the
// request, and mistakes are said in words.
func TestReports(t *testing.T) {
	var asked string
	url := start(t, httpd.Config{
		Now: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) },
		Ask: func(ctx context.Context, request []byte) ([]byte, error) {
			asked = string(request)
			if graph.ViewerFrom(ctx).AllSeeing {
				t.Error("a stranger is taken for the owner")
			}
			switch {
			case strings.Contains(asked, `"nowhere"`):
				return []byte(`{"errors":[{"message":"to: there is no platform \"nowhere\"","extensions":{"code":"NOT_FOUND"}}],"data":{"exitPlan":null}}`), nil
			case strings.Contains(asked, "exitPlan"):
				return []byte(`{"data":{"exitPlan":{"from":{"key":"a","name":"A"},"to":[{"key":"b","name":"B"}],"totals":{"practices":0}}}}`), nil
			}
			return []byte(`{"data":{"portabilityMatrix":{"nodes":[{"practice":{"key":"p","title":"=1+1"},"from":{"key":"a"},"to":{"key":"b"},"verdict":"ADAPT","total":1,"known":1,"adapt":1}],"pageInfo":{"hasNextPage":false}}}}`), nil
		},
	})
	for _, c := range []struct {
		path, contentType, body, question string
		status                            int
	}{
		{"/portability/matrix.csv?rows=practices&from=a&to=b,c", "text/csv", "p,'=1+1,a,b,ADAPT,1,1,0,0,0,0,0,1,0,0", `"to":["b","c"]`, http.StatusOK},
		{"/portability/matrix.md?rows=practices", "text/markdown", `| \=1+1 |`, `"rows":"PRACTICES"`, http.StatusOK},
		{"/portability/exit.md?from=a&to=b", "text/markdown", "# Leaving A for B", `"from":"a"`, http.StatusOK},
		{"/portability/exit.md?from=a&to=nowhere", "text/plain", `no platform "nowhere"`, "", http.StatusNotFound},
		{"/portability/exit.md?from=a", "text/plain", "an exit needs", "", http.StatusBadRequest},
		{"/portability/matrix.csv?rows=planets", "text/plain", "platforms or practices", "", http.StatusBadRequest},
		{"/portability/matrix.csv?form=a", "text/plain", `no parameter "form"`, "", http.StatusBadRequest},
	} {
		asked = ""
		resp, body := get(t, url+c.path, nil)
		if resp.StatusCode != c.status || !strings.HasPrefix(resp.Header.Get("Content-Type"), c.contentType) || !strings.Contains(body, c.body) || !strings.Contains(asked, c.question) {
			t.Errorf("%s: %d %s\n%s\nasked %s", c.path, resp.StatusCode, resp.Header.Get("Content-Type"), body, asked)
		}
		if c.status == http.StatusOK && (!strings.Contains(strings.Join(resp.Header.Values("Vary"), ","), "Authorization") || resp.Header.Get("Cache-Control") != "no-store") {
			t.Errorf("%s may be kept for others: %v", c.path, resp.Header)
		}
	}
}
