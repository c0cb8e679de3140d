package files

import (
	"context"
	"runtime"
	"sync"

	"github.com/open-operations/opsmap/loader"
)

// Each reads files side by side, each on its own, as many at once as there are
// processors; read is given the place of a file too. The readings come in the order of
// the files, with what they say packed.
func Each(ctx context.Context, in loader.Reader, all []*loader.File, read func(i int, f *loader.File) *loader.Reading) ([]*loader.Reading, error) {
	return SideBySide(ctx, all, runtime.GOMAXPROCS(0), ticking(in, read))
}

// InTurn is Each for files so large that one is read and let go of before the next.
func InTurn(ctx context.Context, in loader.Reader, all []*loader.File, read func(i int, f *loader.File) *loader.Reading) ([]*loader.Reading, error) {
	return SideBySide(ctx, all, 1, ticking(in, read))
}

func ticking(in loader.Reader, read func(i int, f *loader.File) *loader.Reading) func(int, *loader.File) *loader.Reading {
	return func(i int, f *loader.File) *loader.Reading {
		defer in.Tick()
		reading := read(i, f)
		reading.Pack(in.Catalog, f.Prior)
		return reading
	}
}

// SideBySide makes something of each of all, so many at once, until ctx ends.
func SideBySide[F, R any](ctx context.Context, all []F, atOnce int, of func(i int, f F) R) ([]R, error) {
	out := make([]R, len(all))
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(atOnce, len(all)) {
		wg.Go(func() {
			for i := range next {
				out[i] = of(i, all[i])
			}
		})
	}
	for i := range all {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return out, ctx.Err()
}
