package graph

import "testing"

// TestLargeAnswersKeepTheirPlaces: where those that are sent take all the memory they
// may, one more keeps its place, so that there are no more than places.
func TestLargeAnswersKeepTheirPlaces(t *testing.T) {
	a := newAdmission(Config{Operations: 2})
	enter := func() *place {
		t.Helper()
		p, ok := a.enter(t.Context())
		if !ok {
			t.Fatal("there is no place")
		}
		return p
	}
	sentFirst := enter().sends(largeAtOnce)
	second := enter()
	sentSecond := second.sends(largeAnswer + 1)
	if len(a.running) != 1 {
		t.Errorf("%d places are taken by answers on their way; right is that of the second", len(a.running))
	}
	if enter().sends(largeAnswer)(); len(a.running) != 1 {
		t.Error("a small answer keeps its place")
	}
	sentSecond()
	second.leave()
	sentFirst()
	sentThird := enter().sends(largeAtOnce)
	if len(a.running) != 0 {
		t.Error("there is room again, and a place is kept")
	}
	sentThird()
	if left := a.sending.Load(); left != 0 {
		t.Errorf("%d bytes are left over", left)
	}
}
