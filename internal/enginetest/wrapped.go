package enginetest

import (
	"context"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
)

// wrapped is an engine whose views are wrapped.
type wrapped struct {
	engine.Engine
	wrap func(engine.View) engine.View
}

// Read opens a view and wraps it.
func (e *wrapped) Read(ctx context.Context) (engine.View, error) {
	view, err := e.Engine.Read(ctx)
	if err != nil {
		return nil, err
	}
	return e.wrap(view), nil
}

// steadily is outer, which lets what was worked out from the map be kept where inner
// does: a server keeps it, and so must be asked here.
func steadily(inner, outer engine.View) engine.View {
	if steady, is := inner.(engine.Steady); is {
		return &steadyView{outer, steady}
	}
	return outer
}

type steadyView struct {
	engine.View
	steady engine.Steady
}

// Sight is the inner view's.
func (v *steadyView) Sight(g *plan.Guard) string { return v.steady.Sight(g) }
