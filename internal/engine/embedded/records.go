package embedded

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
)

// record is a node as merge wants it.
func (s *snapshot) record(n number) *merge.Record {
	at := s.node(n)
	r := &merge.Record{
		ID: at.id(), Type: at.kind.Type, Values: at.all(),
		Own: access.ClassNumber(at.own), Class: access.ClassNumber(at.class),
	}
	for relation, slot := range at.kind.out {
		for i := 0; ; i++ {
			run, more := at.adj.run(slot, i)
			if !more {
				break
			}
			for _, e := range run {
				r.Links = append(r.Links, merge.End{Relation: relation, To: s.node(e.other).id(), Class: access.ClassNumber(e.class)})
			}
		}
	}
	return r
}
