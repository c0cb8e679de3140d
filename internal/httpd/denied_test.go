package httpd_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/httpd"
	"github.com/open-operations/opsmap/internal/token"
)

// TestDenied: documents that cannot be made say why with the status that programs
// understand, faults of ours with the id under which the log has the rest only.
func TestDenied(t *testing.T) {
	var failure error
	url := start(t, httpd.Config{Tokens: &token.Keeper{}, Ask: func(context.Context, []byte) ([]byte, error) { return nil, failure }})
	for _, c := range []struct {
		code   fault.Code
		status int
		again  string
	}{
		{fault.BadInput, http.StatusBadRequest, ""},
		{fault.Forbidden, http.StatusForbidden, ""},
		{fault.NotFound, http.StatusNotFound, ""},
		{fault.LimitExceeded, http.StatusUnprocessableEntity, ""},
		{fault.Unavailable, http.StatusServiceUnavailable, "1"},
		{fault.Timeout, http.StatusServiceUnavailable, "1"},
		{fault.Internal, http.StatusInternalServerError, ""},
	} {
		failure = fault.New(c.code, "the reason")
		for path, media := range map[string]string{"/feeds/meetups.ics": "application/json", "/portability/matrix.csv": "text/plain"} {
			resp, body := get(t, url+path, nil)
			if resp.StatusCode != c.status || resp.Header.Get("Retry-After") != c.again || !strings.HasPrefix(resp.Header.Get("Content-Type"), media) {
				t.Errorf("%s, %s: %d %v", path, c.code, resp.StatusCode, resp.Header)
			}
			if ours := c.code == fault.Internal; ours == strings.Contains(body, "the reason") || ours != strings.Contains(body, resp.Header.Get("X-Request-ID")) {
				t.Errorf("%s, %s: %s", path, c.code, body)
			}
		}
	}
}
