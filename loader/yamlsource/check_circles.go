package yamlsource

import (
	"fmt"
	"slices"
	"strings"
)

// acyclic are the links of a type to itself that must lead somewhere.
var acyclic = []struct{ of, link, hint string }{
	{"Practice", "dependsOn", "right is a practice that can be done first"},
	{"Topic", "parent", "right is a topic at the top, without a parent"},
}

// checkCircles finds records that wait for each other.
func checkCircles(w *world) {
	for _, a := range acyclic {
		s := search{world: w, link: a.link, hint: a.hint, state: map[*draft]int{}}
		for _, r := range w.records {
			if r.typ.Name == a.of {
				s.visit(r)
			}
		}
	}
}

// search is a walk in depth over one link.
type search struct {
	world      *world
	link, hint string
	state      map[*draft]int
	path       []*draft
}

const (
	onPath = 1
	done   = 2
)

func (s *search) visit(r *draft) {
	if s.state[r] != 0 || s.world.full() {
		return
	}
	s.state[r] = onPath
	s.path = append(s.path, r)
	if p := r.pointer(s.link); p != nil {
		for _, t := range p.targets {
			next := s.world.byID[t.id]
			switch {
			case next == nil:
			case s.state[next] == onPath:
				s.report(r, next, t.line)
			default:
				s.visit(next)
			}
		}
	}
	s.path = s.path[:len(s.path)-1]
	s.state[r] = done
}

// shownSteps of a circle; nobody reads more.
const shownSteps = 8

func (s *search) report(from, to *draft, line int) {
	start := len(s.path) - 1
	for s.path[start] != to {
		start--
	}
	circle := s.path[start:]
	var keys []string
	for _, r := range circle[:min(len(circle), shownSteps)] {
		keys = append(keys, r.id.Key)
	}
	if len(circle) > shownSteps {
		keys = append(keys, "…")
	}
	keys = slices.Concat(keys, []string{to.id.Key})
	s.world.problem(from.at(line), fmt.Sprintf("%s: %s goes round in a circle: %s", from.label, s.link, strings.Join(keys, " -> ")), s.hint)
}
