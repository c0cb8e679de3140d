package yamlsource

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// The parts of a portability note that depend on each other.
const (
	noteType     = "PortabilityNote"
	verdictField = "verdict"
	reasonsField = "reasons"
	effortField  = "effortDays"
	unchanged    = "UNCHANGED"
	unknown      = "UNKNOWN"
)

// checkNotes checks that a note says one thing.
func checkNotes(w *world) {
	for _, r := range w.records {
		if r.typ.Name != noteType {
			continue
		}
		if from, to := r.to("from"), r.to("to"); from != "" && from == to {
			w.problem(r.at(r.pointer("to").line), fmt.Sprintf("%s leads from %s to itself", r.label, shownKey(from)),
				"right is another platform; on the same one nothing changes")
		}
		w.checkVerdict(r)
		w.checkEffort(r)
	}
}

// checkVerdict compares a note's verdict with the worst that its reasons force.
func (w *world) checkVerdict(r *draft) {
	verdict, reasons := r.value(verdictField), r.value(reasonsField)
	worst, sound := unchanged, true
	if reasons != nil {
		worst, sound = w.worst(r, reasons)
	}
	if verdict == nil || verdict.v == nil {
		return
	}
	at := r.at(verdict.line)
	switch {
	case verdict.v == unknown:
		w.problem(at, r.label+": the verdict is UNKNOWN", "right is no note at all: UNKNOWN is what opsmap answers when there is none")
	case !sound || verdict.v == worst, reasons == nil && r.gives(reasonsField):
	case worst == unchanged:
		w.problem(at, fmt.Sprintf("%s: the verdict is %s, and no reason forces it", r.label, verdict.v), "right is UNCHANGED, or a reason with that verdict")
	default:
		w.problem(at, fmt.Sprintf("%s: the verdict is %s, its worst reason is %s", r.label, verdict.v, worst), "right is "+worst)
	}
}

// worst is the worst verdict of the reasons, in the order in which the model
// declares them.
func (w *world) worst(r *draft, reasons *value) (worst string, sound bool) {
	at := reasons.field.Object.Field(verdictField)
	worst, sound = unchanged, true
	list, _ := reasons.v.([]any)
	for i, item := range list {
		verdict, _ := item.(record.Object)[at.Index].(string)
		if verdict == unchanged || verdict == unknown {
			w.problem(r.at(reasons.items[i]), fmt.Sprintf("%s: a reason forces %s", r.label, verdict), "right is "+oneOf(forcing(at.Enum)))
			sound = false
		}
		if i == 0 || at.Enum.Rank(verdict) > at.Enum.Rank(worst) {
			worst = verdict
		}
	}
	return worst, sound
}

// forcing are the verdicts that take a reason.
func forcing(e *schema.Enum) []string {
	var out []string
	for _, v := range e.Values {
		if v != unchanged && v != unknown {
			out = append(out, v)
		}
	}
	return out
}

// checkEffort checks that an estimate is a range.
func (w *world) checkEffort(r *draft) {
	v := r.value(effortField)
	if v == nil || v.v == nil {
		return
	}
	o, effort := v.field.Object, v.v.(record.Object)
	low, high := effort[o.Field("min").Index].(int64), effort[o.Field("max").Index].(int64)
	switch {
	case low < 0:
		w.problem(r.at(v.line), fmt.Sprintf("%s: %s begins at %d", r.label, effortField, low), "right is 0 or more days")
	case low > high:
		w.problem(r.at(v.line), fmt.Sprintf("%s: %s goes from %d down to %d", r.label, effortField, low, high), fmt.Sprintf("right is {min: %d, max: %d}", high, low))
	}
}
