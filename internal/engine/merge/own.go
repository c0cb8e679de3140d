package merge

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// Own is the class that the statements about one record give it, before those of what
// it is about count: what has to be said of it again for it to be as it is. ok is false
// where that cannot be told: nobody speaks of it by itself, or several persons have
// decided its class, of whom the last one counts.
func Own(said []record.Packed, ladder access.Ladder) (own access.Class, ok bool) {
	var top, decided *record.Packed
	decisions := 0
	for i := range said {
		s := &said[i]
		switch {
		case s.Class.Inherits():
		case s.Decides():
			decided = s
			decisions++
		case top == nil || rankOf(canonical(s.Class), ladder).compare(rankOf(canonical(top.Class), ladder)) < 0:
			top = s
		}
	}
	switch {
	case top == nil || decisions > 1:
		return access.Class{}, false
	case decided != nil:
		return canonical(decided.Class), true
	}
	return canonical(top.Class), true
}
