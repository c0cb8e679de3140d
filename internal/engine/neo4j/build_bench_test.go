package neo4j_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/engine/neo4j"
)

func BenchmarkBuild(b *testing.B) {
	w := &world{t: b, catalog: catalog(b)}
	r, _ := w.shapeC()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := neo4j.Text(r); err != nil {
			b.Fatal(err)
		}
	}
}
