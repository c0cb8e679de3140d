package mutation

import (
	"strconv"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// statement is a text of an input, by the field it stands in.
type statement struct{ field, text string }

// nameless refuses texts that name somebody where they are said at a meeting under the
// Chatham House Rule, as far as whoever asks may see that it is: a text cannot be hidden
// from anybody who may read it.
func (m *work) nameless(meeting record.ID, said ...statement) error {
	var answer struct {
		Meeting *struct {
			ChathamHouse bool
			Series       *struct{ ChathamHouse bool }
		}
	}
	if err := m.read("Rule", meeting.Key, &answer); err != nil || answer.Meeting == nil {
		return err
	}
	if series := answer.Meeting.Series; !answer.Meeting.ChathamHouse && (series == nil || !series.ChathamHouse) {
		return nil
	}
	for _, s := range said {
		for _, name := range text.Handles(s.text) {
			m.wrong(s.field, "it names @%s, and the meeting is under the Chatham House Rule; right is the statement without a name", name)
		}
	}
	return nil
}

// told are the texts of what is written down of a meeting.
func (m *work) told() []statement {
	var out []statement
	for _, name := range []string{"decisions", "actionItems"} {
		for i, item := range m.in.list(name) {
			out = append(out, statement{"input." + name + "." + strconv.Itoa(i) + ".text", input(item.(map[string]any)).text("text")})
		}
	}
	return out
}
