package neo4j

import (
	"slices"
	"testing"
	"time"
)

// TestAheadKeepsTheOrder: whichever is made first, and also when somebody stops taking.
func TestAheadKeepsTheOrder(t *testing.T) {
	all := []int{5, 0, 3, 0, 0, 1, 4}
	slowly := func(i int) int {
		time.Sleep(time.Duration(i) * time.Millisecond)
		return 10 * i
	}
	want := []int{50, 0, 30, 0, 0, 10, 40}
	if got := slices.Collect(ahead(slices.Values(all), slowly)); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for taken := range all {
		var got []int
		for made := range ahead(slices.Values(all), slowly) {
			if got = append(got, made); len(got) > taken {
				break
			}
		}
		if !slices.Equal(got, want[:taken+1]) {
			t.Errorf("%v, want %v", got, want[:taken+1])
		}
	}
}
