package enginetest

import (
	"testing"
)

// TestOracle holds the oracle to the answers written by hand.
func TestOracle(t *testing.T) {
	for _, c := range corpus(t) {
		t.Run(c.name, func(t *testing.T) {
			o := newOracle(Catalog(t))
			for _, cs := range world(t, c.world) {
				if _, err := o.apply(cs); err != nil {
					t.Fatal(err)
				}
			}
			c.run(t, o)
		})
	}
}

func TestWorldsReadBack(t *testing.T) {
	for _, c := range corpus(t) {
		text := formatWorld(Catalog(t), world(t, c.world))
		if again := formatWorld(Catalog(t), world(t, text)); again != text {
			t.Errorf("%s: written\n%s\nread and written again\n%s", c.name, text, again)
		}
	}
}
