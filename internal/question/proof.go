package question

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

// premiseTypes are the types of the records behind premises, and the fields of
// Premise that lead to them.
var premiseTypes = map[portability.PremiseKind]struct{ field, recordType string }{
	portability.NotePremise:           {"note", "PortabilityNote"},
	portability.OfferPremise:          {"offer", "Offer"},
	portability.ImplementationPremise: {"implementation", "Implementation"},
}

func (w *world) proof(list []portability.Premise) []any {
	out := make([]any, 0, len(list))
	for _, p := range list {
		r := Result{
			"kind": string(p.Kind), "hop": int64(p.Hop), "from": w.platformID(p.From), "to": w.platformID(p.To),
			"unverified": p.Unverified, "assumed": p.Assumed, "sources": sourceObjects(p.Sources),
			"confirmations": []any{}, "confirmed": int64(0), "stale": false,
		}
		if t := premiseTypes[p.Kind]; !p.Assumed {
			r[t.field] = record.ID{Type: t.recordType, Key: p.Key}
		}
		if p.Verdict.Known() {
			r["verdict"] = p.Verdict.String()
		}
		r.set("basis", string(p.Basis))
		r.set("observedOn", p.ObservedOn)
		if p.Sight != nil && !p.Assumed {
			r.setSight(p.Sight)
		}
		out = append(out, r)
	}
	return out
}

// setSight says how old a note is and who has confirmed it.
func (r Result) setSight(s *portability.Sight) {
	confirmations := make([]any, 0, len(s.Confirmations))
	for _, c := range s.Confirmations {
		confirmations = append(confirmations, record.ID{Type: "Confirmation", Key: c.Key})
	}
	r["confirmations"], r["confirmed"], r["stale"] = confirmations, int64(len(confirmations)), s.Stale
	if s.AgeDays >= 0 {
		r["ageDays"] = int64(s.AgeDays)
	}
	r.set("lastSeenOn", s.LastOn)
	r.set("remark", remark(s))
}

// remark is what a reader should know about the age of a note.
func remark(s *portability.Sight) string {
	newest := ""
	if len(s.Confirmations) > 0 && s.Confirmations[0].Version != "" {
		newest = ", last with version " + s.Confirmations[0].Version
	}
	switch {
	case s.LastOn == "":
		return "nobody says when this was so, and nobody has confirmed it"
	case s.Stale:
		return fmt.Sprintf("nobody has confirmed this since %s, %d days ago%s", s.LastOn, s.UnseenDays, newest)
	case len(s.Confirmations) == 1:
		return "confirmed once" + newest
	case len(s.Confirmations) > 0:
		return fmt.Sprintf("confirmed %d times%s", len(s.Confirmations), newest)
	default:
		return ""
	}
}
