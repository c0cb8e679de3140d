package zone_test

import (
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/zone"
)

func TestFind(t *testing.T) {
	for name, want := range map[string]bool{"Europe/Berlin": true, "UTC": true, "": false, "Local": false, "Mars/Phobos": false, "../Europe/Berlin": false} {
		found, ok := zone.Find(name)
		if ok != want || ok && found.String() != name {
			t.Errorf("%q is found: %v, as %v", name, ok, found)
		}
		or := zone.OrUTC(name)
		if (or == time.UTC) != (!want || name == "UTC") {
			t.Errorf("%q counts as %v", name, or)
		}
	}
}
