package socket

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// pingPath answers whether a server is there.
const pingPath = "/ping"

// maxBody is the most bytes a changeset may have on its way over the socket.
const maxBody = 1 << 30

// Serve answers the owner's commands on the socket until ctx ends. Only the user
// who runs the server may connect: the socket's mode says so.
func Serve(ctx context.Context, path string, catalog *schema.Catalog, local Local) error {
	// The store's lock is ours by now, so a socket that is there is a dead server's.
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the socket %s is in the way: %w", path, err)
	}
	var listener net.ListenConfig
	l, err := listener.Listen(ctx, "unix", path)
	if err != nil {
		return fmt.Errorf("cannot listen on the socket %s, commands cannot reach this server: %w", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, l.Close())
	}
	server := &http.Server{Handler: handler(catalog, local), ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return server.Shutdown(drain)
}

func handler(catalog *schema.Catalog, local Local) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+pingPath, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("POST /graphql", func(w http.ResponseWriter, r *http.Request) {
		viewer, err := local.Tokens.As(r.Context(), local.Viewer, r.Header.Get(viewAs))
		if err != nil {
			refuse(w, err)
			return
		}
		local.GraphQL.ServeHTTP(w, r.WithContext(graph.WithViewer(r.Context(), viewer)))
	})
	tokenRoutes(mux, local)
	mux.HandleFunc("POST /changeset", served(func(ctx context.Context, body []byte) (record.Outcome, error) {
		c, err := decodeChangeset(body)
		if err != nil {
			return record.Outcome{}, unreadable(err)
		}
		// A command that has left will ask again under the same changeset id.
		return local.Apply(ctx, c)
	}))
	mux.HandleFunc("POST /said", served(func(ctx context.Context, body []byte) ([]wireStatement, error) {
		var asked wireAsked
		if err := json.Unmarshal(body, &asked); err != nil {
			return nil, unreadable(err)
		}
		said, err := local.Said(ctx, asked.Prefixes, asked.About...)
		if err != nil {
			return nil, err
		}
		return encodeStatements(said), nil
	}))
	mux.HandleFunc("POST /sources", served(func(ctx context.Context, body []byte) ([]string, error) {
		var prefix string
		if err := json.Unmarshal(body, &prefix); err != nil {
			return nil, unreadable(err)
		}
		return local.Sources(ctx, prefix)
	}))
	return speaking(protocolOf(catalog), mux)
}

func unreadable(err error) error {
	return fault.Wrap(fault.BadInput, err, "the request cannot be read")
}

// served reads a request's body, works on it and writes the answer.
func served[T any](work func(context.Context, []byte) (T, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			refuse(w, unreadable(err))
			return
		}
		answer, err := work(r.Context(), body)
		if err != nil {
			refuse(w, err)
			return
		}
		_ = json.NewEncoder(w).Encode(answer) // a command that has left asks again
	}
}
