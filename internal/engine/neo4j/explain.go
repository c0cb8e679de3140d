package neo4j

import "github.com/open-operations/opsmap/internal/plan"

// Explain is the Cypher statement that answers a root of a plan. Values are
// parameters, so it depends on the shape of the read alone.
func Explain(r *plan.Read) (string, error) {
	s, err := build(r)
	if err != nil {
		return "", err
	}
	return s.text, nil
}
