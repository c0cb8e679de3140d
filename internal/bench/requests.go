package main

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/open-operations/opsmap/internal/bench/client"
	"github.com/open-operations/opsmap/internal/bench/shapes"
)

// walk names the question that cursors are read with.
const walk = "walk"

// requests for all variants of a shape.
func (s *subject) requests(shape shapes.Shape) []client.Request {
	out := make([]client.Request, len(shape.Variables))
	for i, variables := range shape.Variables {
		out[i] = client.Post(s.addr, s.path(shape.Name, i), s.bodyOf(shape, i, variables))
	}
	return out
}

func (s *subject) bodyOf(shape shapes.Shape, variant int, variables map[string]any) []byte {
	switch {
	case s.body != nil:
		return s.body(shape.Name, variables)
	case s.questions == nil:
		return mustJSON(map[string]any{"query": shape.Query, "variables": variables})
	}
	if _, cursor := variables["after"]; cursor {
		// Cursors are of whoever gave them.
		variables = s.places[variant%len(s.places)]
	}
	return mustJSON(map[string]any{"query": s.questions[shape.Name], "variables": variables})
}

var (
	cursor    = regexp.MustCompile(`"cursor":"([^"]+)"`)
	endCursor = regexp.MustCompile(`"endCursor":"([^"]+)"`)
)

// walk reads cursors from the middle of the topics by votes.
func (s *subject) walk(c *client.Conn) error {
	query := shapes.Walk
	if s.questions != nil {
		query = s.questions[walk]
	}
	var after any
	for page := range 24 {
		var body bytes.Buffer
		request := client.Post(s.addr, s.path("G", 0), mustJSON(map[string]any{"query": query, "variables": map[string]any{"after": after}}))
		if err := c.Do(request, &body); err != nil {
			return fmt.Errorf("%s, walking the topics: %w: %.300s", s.name, err, &body)
		}
		last := endCursor.FindSubmatch(body.Bytes())
		if last == nil {
			return fmt.Errorf("%s, walking the topics: %.300s", s.name, &body)
		}
		after = string(last[1])
		if page < 16 {
			continue
		}
		for i, found := range cursor.FindAllSubmatch(body.Bytes(), -1) {
			if i%13 == 0 {
				s.places = append(s.places, map[string]any{"after": string(found[1])})
			}
		}
	}
	return nil
}
