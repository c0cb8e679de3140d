package yamlsource

import "fmt"

// checkSessions warns of sessions that took place, or are announced, on no date.
func checkSessions(w *world) {
	for _, r := range w.records {
		if r.typ.Name != "Session" {
			continue
		}
		state := r.text("state")
		if (state == "ANNOUNCED" || state == "HELD") && r.to("meeting") == "" {
			w.warning(r.at(r.value("state").line), fmt.Sprintf("%s is %s and names no meeting", r.label, state), "add meeting: with the key of a Meeting")
		}
	}
}
