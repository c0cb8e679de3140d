package mutation

import (
	"strconv"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// The verdicts that stand apart.
const (
	unchanged = "UNCHANGED"
	unknown   = "UNKNOWN"
)

// recordNote records what moving a practice takes.
func recordNote(m *work) error {
	fields, links := map[string]any{}, map[string][]record.ID{}
	m.verdict(fields)
	m.lines(fields, "conditions")
	m.effort(fields)
	m.observed(fields)
	if err := m.noteSource(fields); err != nil {
		return err
	}
	class := m.class()
	for _, end := range [][2]string{{"practice", "Practice"}, {"from", "Platform"}, {"to", "Platform"}} {
		if m.first == "input" {
			m.first = "input." + end[0]
		}
		if err := m.link(links, end[0], end[1]); err != nil {
			return err
		}
	}
	practice, from, to := links["practice"][0], links["from"][0], links["to"][0]
	if from == to && from.Key != nobody {
		m.wrong("input.to", "it is the platform that is left; right is another one, as nothing changes on the same")
	}
	note := record.ID{Type: "PortabilityNote", Key: m.newKey(practice.Key + " " + from.Key + " " + to.Key)}
	m.say(record.Statement{Source: m.actor(), ID: note, Fields: fields, Links: links, Class: class})
	m.result["note"] = note
	return nil
}

// verdict is the worst that the reasons force.
func (m *work) verdict(fields map[string]any) {
	verdicts := m.writer.config.Catalog.Enum("Verdict")
	stated := m.in.text("verdict")
	if stated == unknown {
		m.wrong("input.verdict", "UNKNOWN is what is answered while there is no note; right is another verdict")
		return
	}
	worst := ""
	var reasons []any
	list := m.in.list("reasons")
	m.atMost("input.reasons", len(list))
	for i, item := range list {
		field := "input.reasons." + strconv.Itoa(i)
		reason := input(item.(map[string]any))
		forces := reason.text("verdict")
		switch {
		case forces == "" && stated != "":
			forces = stated
		case forces == "" || forces == unknown:
			m.wrong(field+".verdict", "the reason says not what it forces; right is its verdict, or that of the note")
			return
		}
		if worst == "" || verdicts.Rank(forces) > verdicts.Rank(worst) {
			worst = forces
		}
		reasons = append(reasons, m.value("Reason", map[string]any{
			"kind": reason.text("kind"), "text": m.line(field+".text", reason.text("text"), longestProse, true), "verdict": forces,
		}))
	}
	if worst == "" {
		worst = unchanged
	}
	if stated != "" && stated != worst {
		m.wrong("input.verdict", "it is %s, and the reasons force %s; right is %s, or a reason that forces %s", stated, worst, worst, stated)
	}
	fields["verdict"], fields["reasons"] = worst, reasons
	if reasons == nil {
		fields["reasons"] = []any{}
	}
}

func (m *work) effort(fields map[string]any) {
	if !m.in.given("effortDays") {
		return
	}
	effort := m.in.object("effortDays")
	low, _ := effort["min"].(int64)
	high, _ := effort["max"].(int64)
	if low < 0 || high < low {
		m.wrong("input.effortDays", "it is from %d to %d; right is from the lowest estimate to the highest, neither below 0", low, high)
	}
	fields["effortDays"] = m.value("EffortRange", map[string]any{"min": low, "max": high})
}

func (m *work) observed(fields map[string]any) {
	fields["observedOn"] = m.pastDay("observedOn")
	m.plain(fields, "expiresOn")
	if expires := m.in.text("expiresOn"); expires != "" && expires < fields["observedOn"].(string) {
		m.wrong("input.expiresOn", "%s is before it was observed, on %s", expires, fields["observedOn"])
	}
}

// noteSource is where it is written, or whose experience it is: the newest note of a
// person silences their older ones about the same.
func (m *work) noteSource(fields map[string]any) error {
	basis := "JUDGED"
	if m.in.given("source") {
		basis = "CITED"
		fields["sources"] = m.cited("source")
	} else {
		fields["sources"] = []any{m.value("Source", map[string]any{"uri": m.actor(), "kind": "EXPERIENCE"})}
	}
	if stated := m.in.text("basis"); stated != "" {
		basis = stated
	}
	if basis == "CITED" && !m.in.given("source") {
		m.wrong("input.source", "what is cited has a source; right is its address, or the basis JUDGED")
	}
	fields["basis"] = basis
	return nil
}

// cited is the list with the source that the input names.
func (m *work) cited(name string) []any {
	in := m.in.object(name)
	field := "input." + name + ".uri"
	uri := m.line(field, in.text("uri"), longestAddress, true)
	if uri != "" && !text.IsAddress(uri) {
		m.wrong(field, "it is no address; right begins with https:// or http:// and a host, or with mailto:")
	}
	members := map[string]any{"uri": uri, "kind": "EXPERIENCE"}
	for _, member := range []string{"path", "revision"} {
		if s := in.text(member); s != "" {
			members[member] = m.line("input."+name+"."+member, s, longestAddress, false)
		}
	}
	if line, given := in["line"].(int64); given {
		if line < 1 {
			m.wrong("input."+name+".line", "it is %d; lines count from 1", line)
		}
		members["line"] = line
	}
	if in.given("kind") {
		members["kind"] = in["kind"]
	}
	return []any{m.value("Source", members)}
}

// confirm says that a person found a note to be so.
func confirm(m *work) error {
	fields := map[string]any{"sources": m.here(), "on": m.pastDay("on")}
	m.prose(fields, "text")
	m.lineOf(fields, "testedVersion")
	class := m.classOfEnds()
	note, err := m.subject("note", "PortabilityNote")
	if err != nil {
		return err
	}
	person, err := m.person("person")
	if err != nil {
		return err
	}
	confirmation := record.Joining("Confirmation", note, person)
	m.say(record.Statement{
		Source: personSource(person.Key), ID: confirmation, Fields: fields, Class: class,
		Links: map[string][]record.ID{"note": {note}, "person": {person}},
	})
	m.result["note"], m.result["confirmation"] = note, confirmation
	return nil
}
