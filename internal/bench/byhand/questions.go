package byhand

import (
	"strings"
)

// question is a shape: its statement with and without the guard, and how its rows
// are written.
type question struct {
	guarded, plain string
	write          func(*writer, [][]any)
}

// ask makes both statements of one: {x} stands for the guard on x, and every {x}
// follows a condition.
func ask(cypher string, write func(*writer, [][]any)) *question {
	q := &question{write: write}
	for _, guarded := range []bool{true, false} {
		text := cypher
		for {
			before, rest, found := strings.Cut(text, "{{")
			if !found {
				break
			}
			variables, after, _ := strings.Cut(rest, "}}")
			text = before + guard(variables, guarded) + after
		}
		if guarded {
			q.guarded = text
		} else {
			q.plain = text
		}
	}
	return q
}

// guard is the condition on all of the variables, or one that is always true and
// costs nothing.
func guard(variables string, guarded bool) string {
	if !guarded {
		return "true"
	}
	var parts []string
	for v := range strings.FieldsSeq(variables) {
		parts = append(parts, v+"._class IN $open")
	}
	return strings.Join(parts, " AND ")
}

var questions = map[string]*question{
	"A": ask(`MATCH (t:Topic) WHERE t.votes IS NOT NULL AND {{t}}
WITH t ORDER BY t.votes DESC, t.key LIMIT 50
RETURN t.key, t.title, t.votes,
  [(t)-[r:TOPIC_PARENT]->(p) WHERE {{r p}} | [p.key, p.title]],
  [(t)-[r:TOPIC_RAISED_BY]->(p) WHERE {{r p}} | [p.key, p.name]]`, writeA),

	"B": ask("MATCH (:Provider {`key.order`: $from})<-[r:PORTABILITY_NOTE_FROM]-(n)-[s:PORTABILITY_NOTE_TO]->(:Provider {`key.order`: $to})"+`
WHERE {{r n s}}
WITH n ORDER BY n.key LIMIT 20
MATCH (n)-[r:PORTABILITY_NOTE_PRACTICE]->(p) WHERE {{r p}}
RETURN n.key, n.verdict, p.key, p.title,
  COLLECT { MATCH (p)-[q:PRACTICE_LAYERS]->(l) WHERE {{q l}} WITH l ORDER BY l.key LIMIT 5 RETURN [l.key, l.name] }`, writeB),

	"C": ask(`MATCH (t:Topic) WHERE t.votes IS NOT NULL AND {{t}}
WITH t ORDER BY t.votes DESC, t.key LIMIT 10
RETURN t.key, t.title, t.summary, t.votes, COLLECT {
  MATCH (t)-[r:TOPIC_PRACTICES]->(p) WHERE {{r p}} WITH p ORDER BY p.key LIMIT 5
  RETURN [p.key, p.title, p.summary, COLLECT {
    MATCH (p)<-[r:PORTABILITY_NOTE_PRACTICE]-(n) WHERE {{r n}} WITH n ORDER BY n.key LIMIT 20
    RETURN [n.key, n.verdict,
      [(n)-[r:PORTABILITY_NOTE_FROM]->(f) WHERE {{r f}} | [f.key, f.name]],
      [(n)-[r:PORTABILITY_NOTE_TO]->(f) WHERE {{r f}} | [f.key, f.name]]]
  }]
}`, writeC),

	"D": ask("MATCH (t:Topic {`key.order`: $key}) WHERE {{t}}"+`
RETURN t.key, t.title, t.votes,
  [(t)-[r:TOPIC_PARENT]->(p) WHERE {{r p}} | [p.key, p.title]],
  [(t)-[r:TOPIC_RAISED_BY]->(p) WHERE {{r p}} | [p.key, p.name]]`, writeD),

	"E": ask(`MATCH (n:PortabilityNote) WHERE n.verdict IN $verdicts AND n.observedOn >= $since AND {{n}}
RETURN count(*)`, writeE),

	"H": ask(`MATCH (t:Topic) WHERE t.title CONTAINS $text AND {{t}}
WITH t ORDER BY t.key WITH collect([t.key, t.title]) AS found
RETURN size(found), found[..20]`, writeH),

	"G": ask(`MATCH (t:Topic) WHERE t.votes <= $votes AND (t.votes < $votes OR t.key > $key) AND {{t}}
WITH t ORDER BY t.votes DESC, t.key LIMIT 21
RETURN t.key, t.title, t.votes`, writeG),
}

func writeA(w *writer, rows [][]any) {
	w.raw(`{"data":{"topics":{"nodes":[`)
	w.each(len(rows), func(i int) {
		w.topic(rows[i])
	})
	w.raw(`]}}}`)
}

// topic is a topic of A or D, with its parent and who raised it.
func (w *writer) topic(row []any) {
	w.raw(`{"key":`)
	w.value(row[0])
	w.raw(`,"title":`)
	w.value(row[1])
	w.raw(`,"votes":`)
	w.value(row[2])
	w.raw(`,"parent":`)
	w.one(row[3], "title")
	w.raw(`,"raisedBy":`)
	w.one(row[4], "name")
	w.raw(`}`)
}

func writeB(w *writer, rows [][]any) {
	w.raw(`{"data":{"portabilityNotes":{"nodes":[`)
	w.each(len(rows), func(i int) {
		row := rows[i]
		w.raw(`{"key":`)
		w.value(row[0])
		w.raw(`,"verdict":`)
		w.value(row[1])
		w.raw(`,"practice":{"key":`)
		w.value(row[2])
		w.raw(`,"title":`)
		w.value(row[3])
		w.raw(`,"layers":{"nodes":[`)
		layers := row[4].([]any)
		w.each(len(layers), func(i int) { w.pair(layers[i].([]any), "name") })
		w.raw(`]}}}`)
	})
	w.raw(`]}}}`)
}

func writeC(w *writer, rows [][]any) {
	w.raw(`{"data":{"topics":{"nodes":[`)
	w.each(len(rows), func(i int) {
		row := rows[i]
		w.described(row)
		w.raw(`,"votes":`)
		w.value(row[3])
		w.raw(`,"practices":{"nodes":[`)
		practices := row[4].([]any)
		w.each(len(practices), func(i int) {
			p := practices[i].([]any)
			w.described(p)
			w.raw(`,"portabilityNotes":{"nodes":[`)
			notes := p[3].([]any)
			w.each(len(notes), func(i int) { w.note(notes[i].([]any)) })
			w.raw(`]}}`)
		})
		w.raw(`]}}`)
	})
	w.raw(`]}}}`)
}

// described begins an object with a key, a title and a summary.
func (w *writer) described(row []any) {
	w.raw(`{"key":`)
	w.value(row[0])
	w.raw(`,"title":`)
	w.value(row[1])
	w.raw(`,"summary":`)
	w.value(row[2])
}

func (w *writer) note(row []any) {
	w.raw(`{"key":`)
	w.value(row[0])
	w.raw(`,"verdict":`)
	w.value(row[1])
	w.raw(`,"from":`)
	w.one(row[2], "name")
	w.raw(`,"to":`)
	w.one(row[3], "name")
	w.raw(`}`)
}

func writeD(w *writer, rows [][]any) {
	w.raw(`{"data":{"topic":`)
	if len(rows) == 0 {
		w.raw(`null`)
	} else {
		w.topic(rows[0])
	}
	w.raw(`}}`)
}

func writeE(w *writer, rows [][]any) {
	w.raw(`{"data":{"portabilityNotes":{"totalCount":`)
	w.value(rows[0][0])
	w.raw(`}}}`)
}

func writeH(w *writer, rows [][]any) {
	w.raw(`{"data":{"topics":{"totalCount":`)
	w.value(rows[0][0])
	w.raw(`,"nodes":[`)
	found := rows[0][1].([]any)
	w.each(len(found), func(i int) { w.pair(found[i].([]any), "title") })
	w.raw(`]}}}`)
}

func writeG(w *writer, rows [][]any) {
	w.raw(`{"data":{"topics":{"edges":[`)
	more := len(rows) > 20
	rows = rows[:min(len(rows), 20)]
	w.each(len(rows), func(i int) {
		row := rows[i]
		w.raw(`{"cursor":`)
		w.cursor(row)
		w.raw(`,"node":{"key":`)
		w.value(row[0])
		w.raw(`,"title":`)
		w.value(row[1])
		w.raw(`,"votes":`)
		w.value(row[2])
		w.raw(`}}`)
	})
	w.raw(`],"pageInfo":{"hasNextPage":`)
	w.value(more)
	w.raw(`,"endCursor":`)
	if len(rows) == 0 {
		w.raw(`null`)
	} else {
		w.cursor(rows[len(rows)-1])
	}
	w.raw(`}}}}`)
}
