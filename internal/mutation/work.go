package mutation

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// work is one mutation while it is worked out.
type work struct {
	ctx       context.Context
	writer    *Writer
	call      Call
	in        input
	ladder    access.Ladder
	changeset record.Changeset
	result    question.Result
	problems  InputErrors
	// replayed: the changeset was applied before; the payload alone is wanted.
	replayed bool
	// first is the field that names the record the mutation is about.
	first string
	// keys is how many were made.
	keys int
}

// The members of inputs that every mutation has.
const (
	clientID     = "clientMutationId"
	versionField = "expectedVersion"
)

// longestID is how long a clientMutationId may be, in bytes.
const longestID = 200

// begin names the changeset and finds out whether it was applied before.
func (w *Writer) begin(ctx context.Context, c Call) (*work, error) {
	ladder, err := w.config.Engine.Ladder(ctx)
	if err != nil {
		return nil, err
	}
	m := &work{ctx: ctx, writer: w, call: c, in: c.Input, ladder: ladder, result: question.Result{}, first: "input"}
	m.changeset = record.Changeset{ID: "api:" + rand.Text(), Actor: m.actor(), At: c.Now}
	id, given := c.Input[clientID].(string)
	if !given {
		return m, nil
	}
	if id == "" || len(id) > longestID {
		m.wrong("input."+clientID, "it has %d bytes; right is 1 to %d", len(id), longestID)
		return nil, m.problems
	}
	m.changeset.ID = "api:" + digest(m.actor(), c.Viewer.Token, id) + "#" + digest(c.Name, asked(c.Input))
	outcome, err := w.config.Engine.Apply(ctx, &record.Changeset{ID: m.changeset.ID, Actor: m.changeset.Actor, At: c.Now, DryRun: true})
	if fault.CodeOf(err) == fault.Conflict {
		m.problem(fault.Conflict, "input."+clientID, "%s", fault.Message(err))
		return nil, m.problems
	}
	if err != nil {
		return nil, err
	}
	m.replayed = outcome.Known
	return m, nil
}

// asked is an input without the id under which it was sent.
func asked(in map[string]any) string {
	rest := make(map[string]any, len(in))
	for name, v := range in {
		if name != clientID {
			rest[name] = v
		}
	}
	b, err := json.Marshal(rest)
	if err != nil {
		panic("BUG: an input is always JSON: " + err.Error())
	}
	return string(b)
}

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// actor is who writes, as the change log has it.
func (m *work) actor() string {
	switch v := m.call.Viewer; {
	case v.Person != "":
		return personSource(v.Person)
	case v.Token != "":
		return "token:" + v.Token
	default:
		return "owner"
	}
}

func personSource(key string) string { return "person:" + key }

// newKey makes the key of a new record from its words. The end comes from the
// request, so that repeating it finds the same record, and nothing of the key from
// the map.
func (m *work) newKey(words string) string {
	m.keys++
	request, _ := record.Request(m.changeset.ID)
	return strings.TrimPrefix(text.Slug(words)+"-"+digest(request, strconv.Itoa(m.keys))[:8], "-")
}

// expect makes the changeset depend on a record that whoever asks may see.
func (m *work) expect(id record.ID, version int64) {
	m.changeset.Expect = append(m.changeset.Expect, record.Precondition{ID: id, Version: version, Viewer: &m.call.Viewer})
}
