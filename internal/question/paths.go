package question

import (
	"cmp"
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// maxPathLength is the most links a way may have. The other bounds, on links read
// and ways found, count what the viewer may see, so that whoever sees less is not
// told of more.
const maxPathLength = 4

// paths answers the field of that name. The middle of a way is reached from both
// its ends, so that a way of four links costs two rounds of reading and the links
// of the records next to the ends.
func (a *Asker) paths(ctx context.Context, c Call) (any, error) {
	length := int(c.Args["maxLength"].(int64))
	if length < 1 || length > maxPathLength {
		return nil, fault.New(fault.BadInput, "maxLength: %d is no length; right is 1 to %d", length, maxPathLength)
	}
	v, err := readVia(a.config.Catalog, c)
	if err != nil {
		return nil, err
	}
	from, _ := record.ParseID(c.Args["from"].(string))
	to, _ := record.ParseID(c.Args["to"].(string))
	s := &pathSearch{
		walker: &walker{catalog: a.config.Catalog, call: c, via: v}, bounds: a.config,
		from: from, to: to, next: map[record.ID][]tie{}, known: map[tie]bool{},
	}
	if err := s.read(ctx, length); err != nil {
		return nil, err
	}
	items, err := s.items(length)
	if err != nil {
		return nil, err
	}
	return cut(items, c.Paging)
}

// pathSearch is the part of the map in which the ways lie.
type pathSearch struct {
	*walker
	bounds   Config
	from, to record.ID
	// there: both ends may be seen.
	there bool
	// next are the links of each record, known those in it.
	next  map[record.ID][]tie
	known map[tie]bool
	links int
}

// read gathers the links of all ways of up to length links.
func (s *pathSearch) read(ctx context.Context, length int) error {
	ends := []record.ID{s.from, s.to}
	if s.from == s.to {
		ends = ends[:1]
	}
	found, err := s.expand(ctx, ends)
	if err != nil {
		return err
	}
	s.there = found[s.from] && found[s.to]
	if !s.there || s.from == s.to {
		return nil
	}
	before, behind := s.beside(s.from), s.beside(s.to)
	var inner []record.ID
	switch {
	case length <= 2:
	case length == 3 && len(before) <= len(behind):
		inner = before
	case length == 3:
		inner = behind
	default:
		inner = slices.Concat(before, behind)
	}
	_, err = s.expand(ctx, sortedIDs(inner))
	return err
}

// beside are the records next to an end that may be passed.
func (s *pathSearch) beside(end record.ID) []record.ID {
	var out []record.ID
	for _, t := range s.next[end] {
		if other := t.other(end); other != s.from && other != s.to && s.via.meets(other.Type) {
			out = append(out, other)
		}
	}
	return out
}

func sortedIDs(ids []record.ID) []record.ID {
	slices.SortFunc(ids, compareIDs)
	return slices.Compact(ids)
}

func (s *pathSearch) expand(ctx context.Context, ids []record.ID) (map[record.ID]bool, error) {
	left := s.bounds.PathLinks - s.links
	found, err := s.around(ctx, ids, left+1, left, s.neighbours)
	if err != nil {
		return nil, err
	}
	if s.links += len(found.ties); s.links > s.bounds.PathLinks {
		return nil, fault.New(fault.LimitExceeded,
			"more than %d links lie around these records; name the links or types to go by in via, or ask a smaller maxLength", s.bounds.PathLinks)
	}
	for _, t := range found.ties {
		if s.known[t] || t.from == t.to {
			continue
		}
		s.known[t] = true
		s.next[t.from] = append(s.next[t.from], t)
		s.next[t.to] = append(s.next[t.to], t)
	}
	return found.there, nil
}

// items are the ways in their order.
func (s *pathSearch) items(length int) ([]Item, error) {
	if !s.there {
		return nil, nil
	}
	e := &enumeration{pathSearch: s, nodes: []record.ID{s.from}}
	e.prepare(length)
	for n := 0; n <= length; n++ {
		if e.walk(s.from, n); len(e.items) > s.bounds.Paths {
			return nil, fault.New(fault.LimitExceeded,
				"there are more than %d ways of up to %d links; name the links or types to go by in via%s", s.bounds.Paths, length, shorter(n))
		}
	}
	return e.items, nil
}

func shorter(n int) string {
	if n <= 1 {
		return ""
	}
	return ", or ask maxLength: " + string(rune('0'+n-1))
}

// mark tells links between the same two records apart: by name, and by direction
// where it is the same.
func mark(t tie, before record.ID) string {
	if t.from == before {
		return t.name + "+"
	}
	return t.name + "-"
}

// distances to the far end, as far as they matter.
func (s *pathSearch) distances(length int) map[record.ID]int {
	out := map[record.ID]int{s.to: 0}
	edge := []record.ID{s.to}
	for d := 1; d <= length; d++ {
		var further []record.ID
		for _, id := range edge {
			if id != s.to && !s.via.meets(id.Type) {
				continue
			}
			for _, t := range s.next[id] {
				other := t.other(id)
				if _, known := out[other]; !known {
					out[other] = d
					further = append(further, other)
				}
			}
		}
		edge = further
	}
	return out
}

// enumeration finds the ways one after the other, in order.
type enumeration struct {
	*pathSearch
	// within are the links of each record by which the far end can be reached with
	// so many links after them, in order. They keep the search from going where
	// there is no way.
	within [maxPathLength]map[record.ID][]tie
	nodes  []record.ID
	ties   []tie
	items  []Item
}

func (e *enumeration) prepare(length int) {
	left := e.distances(length)
	for n := range e.within {
		e.within[n] = map[record.ID][]tie{}
	}
	for id, ties := range e.next {
		slices.SortFunc(ties, func(a, b tie) int {
			return cmp.Or(compareIDs(a.other(id), b.other(id)), cmp.Compare(mark(a, id), mark(b, id)))
		})
		for _, t := range ties {
			distance, reaches := left[t.other(id)]
			for n := distance; reaches && n < maxPathLength; n++ {
				e.within[n][id] = append(e.within[n][id], t)
			}
		}
	}
}

// walk goes on from at, with exactly n links to go.
func (e *enumeration) walk(at record.ID, n int) {
	if n == 0 {
		if at == e.to {
			e.items = append(e.items, e.item())
		}
		return
	}
	if at == e.to || (at != e.from && !e.via.meets(at.Type)) {
		return
	}
	for _, t := range e.within[n-1][at] {
		other := t.other(at)
		if slices.Contains(e.nodes, other) {
			continue
		}
		e.nodes, e.ties = append(e.nodes, other), append(e.ties, t)
		e.walk(other, n-1)
		e.nodes, e.ties = e.nodes[:len(e.nodes)-1], e.ties[:len(e.ties)-1]
		if len(e.items) > e.bounds.Paths {
			return
		}
	}
}

// item is the way that was walked.
func (e *enumeration) item() Item {
	place := []any{int64(len(e.ties))}
	nodes, links := []any{e.from}, []any{}
	for i := range maxPathLength {
		if i >= len(e.ties) {
			place = append(place, "", "")
			continue
		}
		place = append(place, e.nodes[i+1].String(), mark(e.ties[i], e.nodes[i]))
		nodes = append(nodes, e.nodes[i+1])
		links = append(links, linkResult(e.ties[i]))
	}
	return Item{Place: place, Result: Result{"length": int64(len(e.ties)), "nodes": nodes, "links": links}}
}

func linkResult(t tie) Result {
	return Result{"from": t.from.String(), "to": t.to.String(), "name": t.name}
}
