package neo4j

import (
	"iter"
	"runtime"
)

// ahead makes something of each of all, side by side, and gives it in their order: it is
// ahead of who takes it by as many as there are processors.
func ahead[From, To any](all iter.Seq[From], of func(From) To) iter.Seq[To] {
	return func(yield func(To) bool) {
		var making []<-chan To
		taken := func() bool {
			made := <-making[0]
			making = making[1:]
			return yield(made)
		}
		for from := range all {
			made := make(chan To, 1)
			go func() { made <- of(from) }()
			if making = append(making, made); len(making) > runtime.GOMAXPROCS(0) && !taken() {
				return
			}
		}
		for len(making) > 0 {
			if !taken() {
				return
			}
		}
	}
}
