package files

import (
	"context"
	"runtime"
	"sync"

	"github.com/open-operations/opsmap/loader"
)

// Each reads files side by side, each on its own, as many at once as there are
// processors; read is given the place of a file too. The readings come in the order of
// the files.
func Each(ctx context.Context, in loader.Reader, all []*loader.File, read func(i int, f *loader.File) *loader.Reading) ([]*loader.Reading, error) {
	return each(ctx, in, all, runtime.GOMAXPROCS(0), read)
}

// InTurn is Each for files so large that one is read and let go of before the next.
func InTurn(ctx context.Context, in loader.Reader, all []*loader.File, read func(i int, f *loader.File) *loader.Reading) ([]*loader.Reading, error) {
	return each(ctx, in, all, 1, read)
}

func each(ctx context.Context, in loader.Reader, all []*loader.File, atOnce int, read func(i int, f *loader.File) *loader.Reading) ([]*loader.Reading, error) {
	out := make([]*loader.Reading, len(all))
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(atOnce, len(all)) {
		wg.Go(func() {
			for i := range next {
				out[i] = read(i, all[i])
				in.Tick()
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
