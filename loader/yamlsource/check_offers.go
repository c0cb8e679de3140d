package yamlsource

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

const offerType = "Offer"

// onePerPair are types with one record for what it links to.
func onePerPair(t *schema.Type) bool { return t.Name == offerType }

// checkOffers refuses a second offer for a platform and a capability, whatever its
// key is: there is one answer to whether a platform has something.
func checkOffers(w *world) {
	first := map[string]*draft{}
	for _, r := range w.records {
		if !onePerPair(r.typ) {
			continue
		}
		pair := keyFromLinks(r.typ, r.to)
		if pair == "" {
			continue
		}
		other := first[pair]
		second := fmt.Sprintf("%s is a second offer of %s for %s", r.label, r.to("capability"), r.to("platform"))
		switch {
		case other != nil && other.id != r.id:
			w.problem(r.place, second+", first at "+other.String(), "right is one of them")
		case other == nil && r.id.Key != pair && w.known[record.ID{Type: offerType, Key: pair}]:
			w.problem(r.place, second+", beside the known "+pair, "right is the same offer, without a key: of its own")
		case other == nil:
			first[pair] = r
		}
	}
}
