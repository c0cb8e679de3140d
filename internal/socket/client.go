package socket

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Remote is the way to a store that a running server holds.
type Remote struct {
	// As is the lower viewer to ask as, in the form of access.ParseAs; empty for the
	// owner.
	As       string
	http     *http.Client
	catalog  *schema.Catalog
	protocol string
}

// ErrNobody says that no server listens on a socket.
var ErrNobody = errors.New("no server listens on the socket")

// Dial reaches the server that listens on the socket. The error is ErrNobody when
// none does, and one for people when it is of another version.
func Dial(ctx context.Context, path string, catalog *schema.Catalog) (*Remote, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, ErrNobody
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", path)
	}
	r := &Remote{http: &http.Client{Transport: &http.Transport{DialContext: dial}}, catalog: catalog, protocol: protocolOf(catalog)}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	switch _, err := r.do(ctx, http.MethodGet, pingPath, nil); {
	case errors.Is(err, errForeign):
		return nil, err
	case err != nil:
		return nil, ErrNobody
	}
	return r, nil
}

func (r *Remote) do(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://opsmap"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(protocolHeader, r.protocol)
	if r.As != "" {
		req.Header.Set(viewAs, r.As)
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "the server that holds the store does not answer")
	}
	defer resp.Body.Close() //nolint:errcheck // the body has been read
	if resp.Header.Get(protocolHeader) != r.protocol {
		return nil, errForeign
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "the server that holds the store stopped answering")
	}
	if resp.StatusCode == statusRefused {
		return nil, refusal(answer)
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
	return call[record.Outcome](ctx, r, "/changeset", body)
}

// Said are the statements of the sources whose names begin with one of prefixes, about
// some records where they are given.
func (r *Remote) Said(ctx context.Context, prefixes []string, about ...record.ID) ([]record.Packed, error) {
	body, err := json.Marshal(wireAsked{Prefixes: prefixes, About: about})
	if err != nil {
		return nil, err
	}
	said, err := call[[]wireStatement](ctx, r, "/said", body)
	if err != nil {
		return nil, err
	}
	return decodeStatements(said), nil
}

// Sources are the names of all sources that begin with a prefix and say something.
func (r *Remote) Sources(ctx context.Context, prefix string) ([]string, error) {
	body, err := json.Marshal(prefix)
	if err != nil {
		return nil, err
	}
	return call[[]string](ctx, r, "/sources", body)
}

// call sends a request and reads the answer.
func call[T any](ctx context.Context, r *Remote, path string, body []byte) (answer T, err error) {
	text, err := r.do(ctx, http.MethodPost, path, body)
	if err != nil {
		return answer, err
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return answer, fault.Wrap(fault.Internal, err, "the server's answer cannot be read")
	}
	return answer, nil
}

// Close lets go of the connection; the server goes on.
func (r *Remote) Close() error {
	r.http.CloseIdleConnections()
	return nil
}
