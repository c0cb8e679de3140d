package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/httpd"
	"github.com/open-operations/opsmap/internal/socket"
	"github.com/open-operations/opsmap/web"
	"github.com/spf13/cobra"
)

func (p *program) serveCommand() *cobra.Command {
	var hosts, origins string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the map: GraphQL, playground and pages",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p.config.AllowedHosts, p.config.AllowedOrigins = words(hosts), words(origins)
			return p.serve(cmd.Context())
		},
	}
	fallback := func(variable, value string) string {
		if v, given := p.env(variable); given && v != "" {
			return v
		}
		return value
	}
	cmd.Flags().StringVar(&p.config.Addr, "addr", fallback("OPSMAP_ADDR", "127.0.0.1:8080"), "address to listen on")
	cmd.Flags().StringVar(&hosts, "allowed-hosts", fallback("OPSMAP_ALLOWED_HOSTS", ""), "names under which the server may be asked beside localhost (default: none on a loopback address, else all)")
	cmd.Flags().StringVar(&origins, "allowed-origins", fallback("OPSMAP_ALLOWED_ORIGINS", ""), "sites whose pages may ask, for example https://map.example.org")
	p.config.Limits.flags(cmd)
	return cmd
}

func (p *program) logger() *slog.Logger { return slog.New(slog.NewTextHandler(p.err, nil)) }

func (p *program) serve(ctx context.Context) error {
	where, err := p.locate()
	if err != nil {
		return err
	}
	e, err := p.open(ctx, where)
	if err != nil {
		return err
	}
	err = p.serveStore(ctx, where, e)
	return errors.Join(err, e.Close())
}

func (p *program) serveStore(ctx context.Context, where store, e keeper) error {
	if err := p.catalogue(ctx, e); err != nil {
		return err
	}
	local, err := p.local(ctx, e)
	if err != nil {
		return err
	}
	var pages fs.FS
	if files, built := web.Files(); built {
		pages = files
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	server, err := httpd.Listen(ctx, httpd.Config{
		Audit: p.audit, Addr: p.config.Addr, AllowedHosts: p.config.AllowedHosts, AllowedOrigins: p.config.AllowedOrigins,
		Ask: askingFor(local), Now: now, GraphQL: local.GraphQL, Logger: p.logger(), Ready: e.Check, SDL: p.catalog.SDL(), Tokens: local.Tokens, Web: pages,
	})
	if err != nil {
		return err
	}
	go p.collectLess(ctx, serving)
	p.welcome(server.URL(), where, pages != nil)
	return p.together(ctx, where, server, local)
}

// askingFor asks for the viewer of the request at hand.
func askingFor(local socket.Local) asking.By {
	return func(ctx context.Context, request []byte) ([]byte, error) {
		mine := local
		mine.Viewer = graph.ViewerFrom(ctx)
		return mine.Query(ctx, request)
	}
}

// together serves HTTP and, for a store in a file, the socket of the owner's
// commands. When one ends the other is ended too.
func (p *program) together(ctx context.Context, where store, server *httpd.Server, local socket.Local) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ends := make(chan error, 2)
	running := 1
	go func() { ends <- server.Serve(ctx) }()
	if path := where.socket(); path != "" {
		running++
		go func() { ends <- socket.Serve(ctx, path, p.catalog, local) }()
	}
	var all error
	for range running {
		all = errors.Join(all, <-ends)
		cancel()
	}
	return all
}

// welcome prints what is worth opening.
func (p *program) welcome(url string, where store, pages bool) {
	p.say("\nopsmap is ready.\n\n")
	if pages {
		p.say("  Start here   %s/\n  Playground   %s/playground\n", url, url)
	} else {
		p.say("  Playground   not built: it needs Node.js 20 or later; install it and run make build\n")
	}
	p.say("  GraphQL API  %s/graphql\n  Its schema   %s/schema.graphql\n  The map      %s\n\nCtrl-C stops it.\n", url, url, where)
}
