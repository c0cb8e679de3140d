package graph

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/mutation"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// Config is what the GraphQL face needs. Fields without a default are required.
type Config struct {
	// Audit notes who asked what; nil for no log.
	Audit   *audit.Log
	Catalog *schema.Catalog
	// Cypher gives the statement that answers a root of a plan on Neo4j, with its
	// parameters but for those of the guard; for explanations, which have none
	// without it.
	Cypher func(p *plan.Plan, root *plan.Read) (text string, parameters map[string]any, err error)
	// Deadline of one operation. Defaults to 10 seconds.
	Deadline time.Duration
	// Document bounds what is sent, Limits what is asked by it.
	Document DocumentLimits
	Engine   engine.Engine
	Limits   compile.Limits
	// Logger for internal faults. Defaults to slog.Default().
	Logger *slog.Logger
	// MaxAnswer is the most bytes an answer may have. Defaults to 16 MiB.
	MaxAnswer int
	// MaxBody is the most bytes a request may have. Defaults to 1 MiB.
	MaxBody int64
	// Mutations writes; nil for a map that is only read.
	Mutations *mutation.Writer
	// Now is the clock. Defaults to time.Now.
	Now func() time.Time
	// Operations is how many may run at once. Defaults to 64.
	Operations int
	Questions  *question.Asker
	// Subscriptions is how many may be followed at once. Defaults to 256.
	Subscriptions int
	// Heartbeat is how often a stream shows that it lives, and that whoever follows it
	// still may. Defaults to 10 seconds.
	Heartbeat time.Duration
	// Poll is how often the store is asked whether it has changed while somebody
	// follows. Defaults to 200 milliseconds.
	Poll time.Duration
	// Wait is how long an operation may wait for others to end. Defaults to 1 second.
	Wait time.Duration
	// Waiting is how many operations may wait; more are turned away. Defaults to 256.
	Waiting int
}

func (c Config) withDefaults() Config {
	if c.Deadline == 0 {
		c.Deadline = 10 * time.Second
	}
	c.Document = c.Document.withDefaults()
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if c.MaxAnswer == 0 {
		c.MaxAnswer = 16 << 20
	}
	if c.MaxBody == 0 {
		c.MaxBody = 1 << 20
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Operations == 0 {
		c.Operations = 64
	}
	if c.Subscriptions == 0 {
		c.Subscriptions = 256
	}
	if c.Heartbeat == 0 {
		c.Heartbeat = 10 * time.Second
	}
	if c.Poll == 0 {
		c.Poll = 200 * time.Millisecond
	}
	if c.Wait == 0 {
		c.Wait = time.Second
	}
	if c.Waiting == 0 {
		c.Waiting = 256
	}
	return c
}

// Schema executes operations; it is gqlgen's ExecutableSchema written by hand.
type Schema struct{ config Config }

var _ graphql.ExecutableSchema = (*Schema)(nil)

// New makes the executable schema.
func New(config Config) *Schema { return &Schema{config: config.withDefaults()} }

// Schema is the schema that is served.
func (s *Schema) Schema() *ast.Schema { return s.config.Catalog.Served }

// Complexity is not used: compile bounds the cost of an operation as a whole.
func (s *Schema) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

type contextKey int

const (
	viewerKey contextKey = iota
	requestIDKey
	knownKey
	extensionsKey
	renewalKey
	stoppingKey
)

// WithViewer says who asks; without it the viewer is anonymous.
func WithViewer(ctx context.Context, v access.Viewer) context.Context {
	return context.WithValue(ctx, viewerKey, v)
}

// WithRenewal says how to find out again who asks: a stream does so before each event,
// and ends where it is nobody any more.
func WithRenewal(ctx context.Context, renew func(context.Context) (access.Viewer, error)) context.Context {
	return context.WithValue(ctx, renewalKey, renew)
}

// WithStopping gives streams a channel that is closed when they have to end.
func WithStopping(ctx context.Context, stopping <-chan struct{}) context.Context {
	return context.WithValue(ctx, stoppingKey, stopping)
}

// ViewerFrom is who asks.
func ViewerFrom(ctx context.Context) access.Viewer {
	if v, ok := ctx.Value(viewerKey).(access.Viewer); ok {
		return v
	}
	return access.Viewer{Role: access.Reader}
}

// WithRequestID names the request in errors and in the log.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey, id)
}

// RequestID is the id given by WithRequestID, or empty.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}
