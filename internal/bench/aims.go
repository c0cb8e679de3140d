package main

import "github.com/open-operations/opsmap/internal/bench/shapes"

// What is aimed at, as ratios of answers a second.

func limitRatios(all []shapes.Shape) []ratio {
	return []ratio{
		{of: "embedded", by: "net/http", aims: map[string]float64{"A": 0.5, "B": 0.5, "C": 0.25, "D": 0.5}},
		{of: "on Neo4j", by: "by hand", aims: every(all, 0.9)},
		{of: "on Neo4j", by: "by hand, unguarded"},
	}
}

func peerRatios(all []shapes.Shape) []ratio {
	return []ratio{
		{of: "embedded", by: "PostGraphile", aims: every(all, 5)},
		{of: "embedded", by: "@neo4j/graphql", mean: 50},
		{of: "on Neo4j", by: "@neo4j/graphql", mean: 5},
	}
}

func every(all []shapes.Shape, least float64) map[string]float64 {
	out := map[string]float64{}
	for _, s := range all {
		out[s.Name] = least
	}
	return out
}
