package main

import "testing"

func TestGarbagePercent(t *testing.T) {
	for _, c := range []struct {
		thrift
		want map[uint64]int
	}{
		{serving, map[uint64]int{0: 400, 10 << 20: 400, 64 << 20: 400, 100 << 20: 250, 128 << 20: 200, 256 << 20: 100, 2 << 30: 100}},
		{loading, map[uint64]int{0: 400, 16 << 20: 400, 64 << 20: 100, 100 << 20: 50, 256 << 20: 50, 257 << 20: 25, 2 << 30: 25}},
	} {
		for live, want := range c.want {
			if got := c.percent(live); got != want {
				t.Errorf("%d MiB live: %d percent, not %d", live>>20, got, want)
			}
		}
	}
}
