//go:build unix

package graph_test

import (
	"crypto/sha256"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// cpu is the time that the process has spent on the processor.
func cpu(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// yardstick is what hashing 16 MiB takes here: some 50 ms of the processor without
// instructions of its own for it, 10 ms with.
func yardstick(t testing.TB) time.Duration {
	t.Helper()
	data := make([]byte, 16<<20)
	start := cpu(t)
	sum := sha256.Sum256(data)
	runtime.KeepAlive(sum)
	return cpu(t) - start
}

// refusalLimit is the most that a refusal may cost on a machine on which the
// yardstick takes what it takes on an ordinary one.
const (
	refusalLimit     = 50 * time.Millisecond
	ordinaryYard     = 10 * time.Millisecond
	refusalMostBytes = 64 << 20
)

// TestRefusalsAreCheap measures what every bad input costs, the best of a few
// tries as others may be at work, against a yardstick in the same run.
func TestRefusalsAreCheap(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("measures; make test and BenchmarkBadInput do")
	}
	handler := handlerOf(t)
	slower := max(1, float64(yardstick(t))/float64(ordinaryYard))
	limit := time.Duration(slower * float64(refusalLimit))
	worst, dearest := time.Duration(0), ""
	for _, c := range badInputs() {
		body := c.request()
		best := time.Duration(1 << 62)
		var bytes uint64
		for range 5 {
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := cpu(t)
			ask(t, handler, body)
			best = min(best, cpu(t)-start)
			runtime.ReadMemStats(&after)
			bytes = after.TotalAlloc - before.TotalAlloc
			if best < limit/4 {
				break
			}
		}
		if best > worst {
			worst, dearest = best, c.name
		}
		if best > limit {
			t.Errorf("%s takes %s of the processor, the limit is %s", c.name, best, limit)
		}
		if bytes > refusalMostBytes {
			t.Errorf("%s takes %d MiB", c.name, bytes>>20)
		}
	}
	t.Logf("the dearest is %q: %s, the limit is %s", dearest, worst, limit)
}
