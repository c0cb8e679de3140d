package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/bench/client"
	"github.com/open-operations/opsmap/internal/bench/shapes"
)

// rates are answers a second, by shape and subject.
type rates map[string]map[string]float64

// rounds asks every subject every shape, in turn and several times over, and
// takes the medians. Before, every variant is asked once: whoever is to answer
// the same has to.
func (b *bench) rounds(ctx context.Context, all []shapes.Shape, subjects []*subject) (rates, error) {
	for _, s := range subjects {
		if err := b.check(s, all); err != nil {
			return nil, err
		}
	}
	seen := map[string]map[string][]float64{}
	for _, shape := range all {
		seen[shape.Name] = map[string][]float64{}
	}
	// Round 0 warms up: Neo4j plans, JVMs compile.
	for round := range b.options.rounds + 1 {
		say("round %d of %d, load %s", round, b.options.rounds, load())
		for n, shape := range all {
			for i := range subjects {
				s := subjects[(i+round+n)%len(subjects)]
				if strings.Contains(s.lacks, shape.Name) || ctx.Err() != nil {
					continue
				}
				rate, err := client.Rate(s.addr, s.requests(shape), b.during)
				if err != nil {
					return nil, fmt.Errorf("%s, shape %s: %w", s.name, shape.Name, err)
				}
				if round > 0 {
					seen[shape.Name][s.name] = append(seen[shape.Name][s.name], rate)
				}
			}
		}
	}
	out := rates{}
	for name, of := range seen {
		out[name] = map[string]float64{}
		for s, all := range of {
			out[name][s] = median(all)
		}
	}
	return out, ctx.Err()
}

func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	return (all[len(all)/2] + all[(len(all)-1)/2]) / 2
}

// check asks a subject everything once and compares what it answers.
func (b *bench) check(s *subject, all []shapes.Shape) error {
	c, err := client.Dial(s.addr)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	defer c.Close() //nolint:errcheck // everything was read
	if s.questions != nil && s.places == nil {
		if err := s.walk(c); err != nil {
			return err
		}
	}
	for _, shape := range all {
		if strings.Contains(s.lacks, shape.Name) {
			continue
		}
		err := b.checkShape(s, c, shape)
		if err != nil && s.exact {
			return err
		}
		if err != nil {
			s.lacks += shape.Name
			b.report.note(fmt.Sprintf("%s is not measured in shape %s: %.300s", s.name, shape.Name, strings.ReplaceAll(err.Error(), "\n", " ")))
		}
	}
	return nil
}

// checkShape asks all variants of a shape.
func (b *bench) checkShape(s *subject, c *client.Conn, shape shapes.Shape) error {
	for i, r := range s.requests(shape) {
		var body bytes.Buffer
		if err := c.Do(r, &body); err != nil {
			return fmt.Errorf("%s, shape %s: %w: %.500s", s.name, shape.Name, err, &body)
		}
		want := b.answers[shape.Name][i]
		if s.exact && body.String() != want {
			return fmt.Errorf("%s, shape %s, answers\n%.2000s\ninstead of\n%.2000s", s.name, shape.Name, &body, want)
		}
		if !s.exact && (bytes.Contains(body.Bytes(), []byte(`"errors"`)) || body.Len() < len(want)/2) {
			return fmt.Errorf("%s, shape %s, answers too little:\n%.2000s\nopsmap says\n%.2000s", s.name, shape.Name, &body, want)
		}
	}
	return nil
}
