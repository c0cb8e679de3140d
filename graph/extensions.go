package graph

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// ExtensionsHeader is the request header that names what is wanted beside the
// answer, in its extensions: "cost" (for everybody) and "explain" (for curators
// and owners), separated by commas. Other words are ignored. A body can say the
// same: {"extensions": {"cost": true, "explain": true}}.
const ExtensionsHeader = "Opsmap-Extensions"

// wanted is what a request wants beside its answer.
type wanted struct{ cost, explain bool }

func wantedExtensions(headers []string) wanted {
	var w wanted
	for word := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		switch strings.ToLower(strings.TrimSpace(word)) {
		case "cost":
			w.cost = true
		case "explain":
			w.explain = true
		}
	}
	return w
}

func (w wanted) and(other wanted) wanted {
	return wanted{cost: w.cost || other.cost, explain: w.explain || other.explain}
}

func wantedOf(ctx context.Context) wanted {
	w, _ := ctx.Value(extensionsKey).(wanted)
	return w
}

// aborts reports whether a panic ends a request on purpose.
func aborts(fault any) bool {
	err, ok := fault.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}
