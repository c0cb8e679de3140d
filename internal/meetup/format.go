package meetup

// format is how a topic is told: a story where there is one to tell, a talk where
// somebody speaks, else by the kind of the topic.
func (t *Topic) format(prepared bool) string {
	switch {
	case prepared && len(t.Stories) > 0:
		return "STORY"
	case prepared:
		return "TALK"
	case t.Kind == "RECURRING_ISSUE":
		return "WORKSHOP"
	case t.Kind == "QUESTION", len(t.Stories) > 0:
		return "DISCUSSION"
	default:
		return "LEAN_COFFEE"
	}
}

// minutes a session of a format usually has.
var minutes = map[string]int{"STORY": 30, "TALK": 30, "WORKSHOP": 60, "DISCUSSION": 45, "LEAN_COFFEE": 45}
