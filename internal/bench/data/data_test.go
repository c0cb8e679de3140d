package data_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/record"
)

// TestCommunity holds the data set to what is said of it, and to being the same
// for everybody.
func TestCommunity(t *testing.T) {
	size := data.Of(1)
	if size.Nodes() != 46_060 || size.Links() != 132_000 {
		t.Errorf("%d records and %d links", size.Nodes(), size.Links())
	}
	said, links := map[record.ID]bool{}, 0
	sum := sha256.New()
	out := json.NewEncoder(sum)
	for s := range size.Statements() {
		if said[s.ID] {
			t.Fatalf("%s is said twice", s.ID)
		}
		said[s.ID] = true
		for name, targets := range s.Links {
			links += len(targets)
			for _, target := range targets {
				if !said[target] {
					t.Fatalf("%s.%s leads to %s, which is not there before it", s.ID, name, target)
				}
			}
		}
		if err := out.Encode(s); err != nil {
			t.Fatal(err)
		}
	}
	if len(said) != size.Nodes() || links != size.Links() {
		t.Errorf("%d records and %d links are said", len(said), links)
	}
	const want = "95598af51c0859a4"
	if got := fmt.Sprintf("%x", sum.Sum(nil)[:8]); got != want {
		t.Errorf("the data set is another: %s", got)
	}
}
