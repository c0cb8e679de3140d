package question

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

// maxAssumptions is how much one question may assume.
const maxAssumptions = 200

// The two forms of an assumption, by the fields that each needs.
var (
	offerForm = []string{"platform", "capability", "state"}
	noteForm  = []string{"practice", "from", "to", "verdict"}
)

// assumed collects assumptions and finds those that contradict each other.
type assumed struct {
	offers []portability.Offer
	notes  []portability.Note
	// said is what was assumed of a place, and by which assumption.
	said map[string]saying
}

type saying struct {
	value string
	at    int
}

// assuming is the world with what the call assumes.
func (w *world) assuming(c Call) (*world, error) {
	list, _ := c.Args["assume"].([]any)
	if len(list) == 0 {
		return w, nil
	}
	if len(list) > maxAssumptions {
		return nil, fault.New(fault.LimitExceeded, "assume: %d assumptions are more than the %d that one question may make", len(list), maxAssumptions)
	}
	all := assumed{said: map[string]saying{}}
	for i, item := range list {
		given, _ := item.(map[string]any)
		if err := w.assume(&all, given, i); err != nil {
			return nil, err
		}
	}
	out := *w
	out.World, out.matrices = w.Assume(all.offers, all.notes), nil
	return &out, nil
}

// assume adds one assumption.
func (w *world) assume(all *assumed, given map[string]any, i int) error {
	at := fmt.Sprintf("assume: %d", i)
	offer, note := complete(given, offerForm), complete(given, noteForm)
	switch {
	case offer && !note && absent(given, noteForm) && absent(given, []string{"kind"}):
		return w.assumeOffer(all, given, at, i)
	case note && !offer && absent(given, offerForm):
		return w.assumeNote(all, given, at, i)
	default:
		return fault.New(fault.BadInput, "%s: this is no assumption; right is {%s} or {%s}", at, strings.Join(offerForm, ", "), strings.Join(noteForm, ", "))
	}
}

// complete reports whether all of the fields have a value.
func complete(given map[string]any, fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return given[f] == nil })
}

// absent reports whether none of the fields has a value.
func absent(given map[string]any, fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return given[f] != nil })
}

func (w *world) assumeOffer(all *assumed, given map[string]any, at string, i int) error {
	platform, err := w.platform(Call{Args: given}, "platform")
	if err != nil {
		return inside(at, err)
	}
	capability, _ := given["capability"].(string)
	if !w.HasCapability(capability) {
		return fault.New(fault.NotFound, "%s: capability: there is no capability %q that you may see%s", at, capability, didYouMean(w.NearestCapabilities(capability, 3)))
	}
	state := given["state"].(string)
	key := record.JoinKeys(platform, capability)
	again, err := all.say("offer "+key, state, i, fmt.Sprintf("what %s states of %s", platform, capability))
	if err == nil && !again {
		all.offers = append(all.offers, portability.Offer{
			Key: key, Platform: platform, Capability: capability, State: portability.OfferState(state), Note: "assumed",
		})
	}
	return err
}

func (w *world) assumeNote(all *assumed, given map[string]any, at string, i int) error {
	practice, err := w.practice(Call{Args: given}, "practice")
	if err != nil {
		return inside(at, err)
	}
	from, to, err := w.ends(Call{Args: given}, "from", "to")
	if err != nil {
		return inside(at, err)
	}
	verdict := portability.ParseVerdict(given["verdict"].(string))
	kind, _ := given["kind"].(string)
	switch {
	case !verdict.Known():
		return fault.New(fault.BadInput, "%s: verdict: UNKNOWN cannot be assumed; right is NOT_NEEDED to BLOCKED", at)
	case from == to && verdict != portability.Unchanged:
		return fault.New(fault.BadInput, "%s: from %s to itself is UNCHANGED and cannot be %s", at, from, verdict)
	case kind != "" && verdict == portability.Unchanged:
		return fault.New(fault.BadInput, "%s: kind: UNCHANGED has no reason, and so no kind of one", at)
	case kind == "":
		kind = string(portability.ReasonWorkflow)
	}
	n := portability.Note{Key: record.JoinKeys(practice, from, to), Practice: practice, From: from, To: to, Verdict: verdict}
	if verdict != portability.Unchanged {
		n.Reasons = []portability.Reason{{Kind: portability.ReasonKind(kind), Text: "assumed", Verdict: verdict}}
	}
	again, err := all.say("note "+n.Key, verdict.String()+" "+kind, i, fmt.Sprintf("%s from %s to %s", practice, from, to))
	if err == nil && !again {
		all.notes = append(all.notes, n)
	}
	return err
}

// say notes what is assumed of a place; again is true when it was said before, and the
// error is for something else that was said before.
func (all *assumed) say(place, value string, at int, about string) (again bool, err error) {
	before, again := all.said[place]
	if again && before.value != value {
		return true, fault.New(fault.BadInput, "assume: %d and %d contradict each other about %s; leave one of them out", before.at, at, about)
	}
	all.said[place] = saying{value, at}
	return again, nil
}

// inside says in which part of an argument a mistake is.
func inside(at string, err error) error {
	return fault.New(fault.CodeOf(err), "%s: %s", at, fault.Message(err))
}
