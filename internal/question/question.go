// Package question answers the root fields that are more than a read: Go
// functions over one guarded read of the map. What they return is a tree of
// results in which records are only named; the caller reads those records in one
// go and puts them in.
package question

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// Result is an answer of the domain: values by the name of the field. A value is
// one of package record, a record.ID for a record, a Result, a *Page, or a []any
// of these.
type Result map[string]any

// Page is a stretch of an ordered list of results.
type Page struct {
	Items []Item
	// Total is how many there are on all pages.
	Total int
	// More is true when the page was cut by its size.
	More bool
}

// Item is a result and its place in the order: scalars that compare like the
// results do.
type Item struct {
	Place  []any
	Result Result
	// make makes the result once it is known to be on the page.
	make func() Result
}

// Call is a question with its arguments.
type Call struct {
	Name string
	Args map[string]any
	// Where has, for each argument that filters records, the keys of those that
	// match.
	Where map[string][]string
	View  engine.View
	Guard *plan.Guard
	// Paging of the list that answers; nil when the answer is no list.
	Paging *compile.Paging
	// Answer is what is asked of the answer.
	Answer *compile.ResultOut
}

// asks reports whether a field of that name is asked for anywhere in the answer.
func (c *Call) asks(name string) bool { return c.Answer != nil && asked(c.Answer, name) }

func asked(out *compile.ResultOut, name string) bool {
	in := func(list []compile.ResultOut) bool {
		return slices.ContainsFunc(list, func(o compile.ResultOut) bool { return asked(&o, name) })
	}
	if out.Name == name || in(out.Result) {
		return true
	}
	if out.Connection == nil {
		return false
	}
	return slices.ContainsFunc(out.Connection.Parts, func(p compile.ResultPart) bool {
		return in(p.Node) || slices.ContainsFunc(p.Edge, func(e compile.ResultEdge) bool { return in(e.Node) })
	})
}

// Config is what the questions need beside the map.
type Config struct {
	Catalog *schema.Catalog
	// ContributeURL is the address of the form on which people add what they know;
	// the fields are appended as parameters.
	ContributeURL string
	// PathLinks is how many links are read for one answer of paths. Defaults to
	// 20,000.
	PathLinks int
	// Paths is how many ways one answer of paths may have on all its pages. Defaults
	// to 10,000.
	Paths int
}

func (c Config) withDefaults() Config {
	if c.PathLinks == 0 {
		c.PathLinks = 20_000
	}
	if c.Paths == 0 {
		c.Paths = 10_000
	}
	return c
}

// Asker answers questions.
type Asker struct {
	config Config
	ladder *compile.Document
	// disclosure reads what is usually told.
	disclosure *compile.Document
	world      *compile.Document
	worlds     *worldCache
	// pool and meetings are what plans of meetings are made of.
	pool, meetings *compile.Document
	// stands is what the ladder from stories to automation is made of.
	stands *compile.Document
}

// New makes an Asker; it panics when the package's own operations do not fit the
// catalog, which is our mistake.
func New(config Config) *Asker {
	config = config.withDefaults()
	return &Asker{
		config:     config,
		ladder:     compile.MustParse(config.Catalog, ladderQuery),
		disclosure: compile.MustParse(config.Catalog, disclosureQuery),
		world:      compile.MustParse(config.Catalog, worldQuery),
		worlds:     newWorldCache(),

		pool:     compile.MustParse(config.Catalog, poolQuery),
		meetings: compile.MustParse(config.Catalog, nextMeetingQuery),
		stands:   compile.MustParse(config.Catalog, standsQuery),
	}
}

// Ask answers a call: a Result, a *Page, or nil for none. Errors have codes of
// package fault.
func (a *Asker) Ask(ctx context.Context, c Call) (any, error) {
	switch c.Name {
	case "viewer":
		return a.viewer(ctx, c)
	case "paths":
		return a.paths(ctx, c)
	case "neighbourhood":
		return a.neighbourhood(ctx, c)
	case "disclosures":
		return a.disclosures(ctx, c)
	case "openable":
		return a.openable(ctx, c)
	case "coverage":
		return a.coverage(ctx, c)
	case "proposals":
		return a.proposals(ctx, c)
	case "meetupPlan":
		return a.meetupPlan(ctx, c)
	case "ladder":
		return a.standing(ctx, c)
	case "nextMeeting":
		return a.nextMeeting(ctx, c)
	}
	w, err := a.read(ctx, c)
	if err != nil {
		return nil, err
	}
	if w, err = w.assuming(c); err != nil {
		return nil, err
	}
	questions := map[string]func(context.Context, *world, Call) (any, error){
		"portability": atOnce(a.portability), "portablePractices": a.portablePractices, "targets": atOnce(a.targets),
		"exitPlan": a.exitPlan, "comparePlatforms": atOnce(a.comparePlatforms), "gaps": atOnce(a.gaps),
		"comparePlatformsByLayer": atOnce(a.comparePlatformsByLayer), "portabilityMatrix": a.portabilityMatrix, "stale": a.stale,
	}
	if answer := questions[c.Name]; answer != nil {
		return answer(ctx, w, c)
	}
	return nil, fault.New(fault.Internal, "BUG: nobody answers %s", c.Name)
}

// ask runs one of the package's own operations for a call.
func (a *Asker) ask(ctx context.Context, c Call, document *compile.Document) (*compile.Operation, *plan.Answer, error) {
	op, err := document.Compile(compile.Request{Viewer: c.Guard.Viewer, Now: c.Guard.Now})
	if err != nil {
		return nil, nil, fmt.Errorf("BUG: %w", err)
	}
	answer, err := c.View.Run(ctx, op.Plan)
	return op, answer, err
}

// atOnce is a question that is answered too quickly to be given up half-way.
func atOnce(answer func(*world, Call) (any, error)) func(context.Context, *world, Call) (any, error) {
	return func(_ context.Context, w *world, c Call) (any, error) { return answer(w, c) }
}
