package socket

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Remote is the way to a store that a running server holds.
type Remote struct {
	// As is the lower viewer to ask as, in the form of access.ParseAs; empty for the
	// owner.
	As      string
	http    *http.Client
	catalog *schema.Catalog
}

// Dial reaches the server that listens on the socket; ok is false when none does.
func Dial(ctx context.Context, path string, catalog *schema.Catalog) (*Remote, bool) {
	if _, err := os.Stat(path); err != nil {
		return nil, false
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", path)
	}
	r := &Remote{http: &http.Client{Transport: &http.Transport{DialContext: dial}}, catalog: catalog}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if _, err := r.do(ctx, http.MethodGet, "/ping", nil); err != nil {
		return nil, false
	}
	return r, true
}

func (r *Remote) do(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://opsmap"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if r.As != "" {
		req.Header.Set(viewAs, r.As)
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "the server that holds the store does not answer")
	}
	defer resp.Body.Close() //nolint:errcheck // the body has been read
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "the server that holds the store stopped answering")
	}
	if resp.StatusCode == statusRefused {
		return nil, refusal(answer)
	}
	if path == "/changeset" && resp.StatusCode != http.StatusOK {
		return nil, fault.New(fault.BadInput, "%s", strings.TrimSpace(string(answer)))
	}
	return answer, nil
}

// Query answers a GraphQL request with the bytes of the response.
func (r *Remote) Query(ctx context.Context, request []byte) ([]byte, error) {
	return r.do(ctx, http.MethodPost, "/graphql", request)
}

// Apply writes a changeset.
func (r *Remote) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	body, err := encodeChangeset(r.catalog, c)
	if err != nil {
		return record.Outcome{}, err
	}
	answer, err := r.do(ctx, http.MethodPost, "/changeset", body)
	if err != nil {
		return record.Outcome{}, err
	}
	var out wireOutcome
	if err := json.Unmarshal(answer, &out); err != nil {
		return record.Outcome{}, fault.Wrap(fault.Internal, err, "the server's answer cannot be read")
	}
	if out.Code != "" {
		return record.Outcome{}, fault.New(fault.Code(out.Code), "%s", out.Message)
	}
	return out.Outcome, nil
}

// Close lets go of the connection; the server goes on.
func (r *Remote) Close() error {
	r.http.CloseIdleConnections()
	return nil
}
