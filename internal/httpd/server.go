// Package httpd serves opsmap over HTTP: GraphQL, the pages, health. It decides
// who may reach it at all; what they may see is decided by package access.
package httpd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
	"github.com/rs/cors"
)

// Config is what the server needs. Fields without a default are required.
type Config struct {
	// Audit notes requests that are refused for who sent them; nil for no log.
	Audit *audit.Log
	// Addr to listen on. Defaults to 127.0.0.1:8080.
	Addr string
	// AllowedHosts are names under which the server may be asked beside localhost and
	// loopback addresses. Defaults to none when it listens on the loopback interface, to any
	// name otherwise.
	AllowedHosts []string
	// AllowedOrigins are other sites whose pages may ask. Defaults to none.
	AllowedOrigins []string
	// Drain is how long requests under way may take when the server stops.
	// Defaults to 10 seconds.
	Drain time.Duration
	// Ask answers a GraphQL request for the viewer of the context; nil leaves out the
	// documents that are made from answers.
	Ask asking.By
	// GraphQL answers /graphql.
	GraphQL http.Handler
	// Logger defaults to slog.Default().
	Logger *slog.Logger
	// Now is the clock that documents are dated by. Defaults to time.Now.
	Now func() time.Time
	// Ready says why the server cannot answer now, nil when it can.
	Ready func(context.Context) error
	// SDL is what /schema.graphql shows.
	SDL string
	// Tokens recognises who shows a token.
	Tokens *token.Keeper
	// Web holds the pages; nil when they were not built.
	Web fs.FS
}

func (c Config) withDefaults() Config {
	if c.Addr == "" {
		c.Addr = "127.0.0.1:8080"
	}
	if c.Drain == 0 {
		c.Drain = 10 * time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c
}

// Server is a running HTTP server.
type Server struct {
	config   Config
	listener net.Listener
	http     *http.Server
	stopping atomic.Bool
	// ending is closed when streams have to end.
	ending chan struct{}
}

// Listen opens the address; the error says what to do when it is taken.
func Listen(ctx context.Context, config Config) (*Server, error) {
	config = config.withDefaults()
	var listener net.ListenConfig
	l, err := listener.Listen(ctx, "tcp", config.Addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fault.Wrap(fault.Unavailable, err, "the address %s is in use, perhaps by another opsmap; stop that one, "+
			"or choose another address with OPSMAP_ADDR or --addr, for example --addr 127.0.0.1:8081", config.Addr)
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "cannot listen on %s; the address has the form host:port, for example 127.0.0.1:8080", config.Addr)
	}
	s := &Server{config: config, listener: l, ending: make(chan struct{})}
	s.http = &http.Server{
		BaseContext: func(net.Listener) context.Context {
			return graph.WithStopping(context.Background(), s.ending)
		},
		Handler:           s.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    longestToken + usualHeaders,
		ConnContext:       withConnection,
		ConnState:         onState,
		ErrorLog:          slog.NewLogLogger(config.Logger.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// URL is where the server can be reached.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Serve answers until ctx ends, then lets requests under way finish.
func (s *Server) Serve(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- s.http.Serve(measure(s.listener)) }()
	select {
	case err := <-done:
		return fmt.Errorf("the HTTP server stopped: %w", err)
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	close(s.ending)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.Drain)
	defer cancel()
	if err := s.http.Shutdown(drain); err != nil {
		return fmt.Errorf("requests were still running after %s: %w", s.config.Drain, err)
	}
	return nil
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.viewed(s.config.GraphQL))
	mux.HandleFunc("GET /schema.graphql", s.schema)
	s.reports(mux)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", s.ready)
	s.feeds(mux)
	s.pages(mux)
	c := cors.New(cors.Options{
		AllowedOrigins: s.config.AllowedOrigins,
		// rs/cors takes an empty list for everyone; without origins nobody is allowed.
		AllowOriginFunc: denyAll(s.config.AllowedOrigins),
		AllowedMethods:  []string{http.MethodGet, http.MethodPost},
		AllowedHeaders:  []string{"Content-Type", "Authorization", "Accept", ViewAs, graph.ExtensionsHeader},
		MaxAge:          600,
	})
	return paced(pieceWithin, s.identify(s.recover(s.secure(bounded(s.sameHost(c.Handler(mux)))))))
}

func denyAll(origins []string) func(string) bool {
	if len(origins) > 0 {
		return nil
	}
	return func(string) bool { return false }
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.stopping.Load() {
		plain(w, http.StatusServiceUnavailable, "stopping\n")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.config.Ready(ctx); err != nil {
		s.config.Logger.WarnContext(ctx, "not ready", "error", err.Error())
		plain(w, http.StatusServiceUnavailable, "the store does not answer\n")
		return
	}
	plain(w, http.StatusOK, "ready\n")
}

func (s *Server) schema(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, s.config.SDL)
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	// A client that has left is no error of ours.
	_, _ = w.Write([]byte(text))
}
