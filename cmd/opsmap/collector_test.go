package main

import "testing"

func TestGarbagePercent(t *testing.T) {
	for live, want := range map[uint64]int{
		0: 400, 10 << 20: 400, 64 << 20: 400, 100 << 20: 250, 128 << 20: 200, 256 << 20: 100, 2 << 30: 100,
	} {
		if got := serving.percent(live); got != want {
			t.Errorf("%d MiB live: %d percent, not %d", live>>20, got, want)
		}
	}
}
