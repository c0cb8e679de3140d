package mutation

import (
	"context"
	"fmt"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/report"
	"github.com/open-operations/opsmap/schema"
)

// Config is what writing needs.
type Config struct {
	Catalog *schema.Catalog
	Engine  engine.Engine
	// Audit notes what is written; nil for no log.
	Audit *audit.Log
}

// Writer writes what people ask for.
type Writer struct {
	config Config
	// documents are the package's own operations, by name.
	documents map[string]*compile.Document
	// reports are the operations of package report, by their texts.
	reports map[string]*compile.Document
}

// Read asks one of the package's own operations as whoever calls the mutation and
// decodes the data of the answer.
type Read func(ctx context.Context, document *compile.Document, variables map[string]any, into any) error

// Call is a mutation with its input.
type Call struct {
	Name string
	// Input is coerced: nil, bool, int64, string, []any, map[string]any, without an
	// entry for what was not given.
	Input  map[string]any
	Viewer access.Viewer
	Now    time.Time
	// Request names the HTTP request in the audit log.
	Request string
	Read    Read
}

// mutations by name. Each works out the changeset and the payload, in which records
// are named; what is wrong is noted, and nothing is written then.
var mutations = map[string]func(*work) error{
	"proposeTopic": proposeTopic, "vote": vote, "withdrawVote": withdrawVote,
	"recordNote": recordNote, "recordOffer": recordOffer, "recordImplementation": recordImplementation, "confirm": confirm, "recordStory": recordStory, "volunteer": volunteer,
	"linkTopic": linkTopic, "setLevel": setLevel,
	"createSeries": createSeries, "createMeeting": createMeeting, "createSession": createSession,
	"planSeason": planSeason, "moveSession": moveSession, "closeMeeting": closeMeeting,
	"addToAgenda": addToAgenda, "placeDots": placeDots, "moveAgendaItem": moveAgendaItem, "carryOver": carryOver,
}

// New makes a Writer; it panics when the package's own operations do not fit the
// catalog, which is our mistake.
func New(config Config) *Writer {
	w := &Writer{config: config, documents: map[string]*compile.Document{}, reports: map[string]*compile.Document{}}
	for name, text := range operations {
		w.documents[name] = compile.MustParse(config.Catalog, text)
	}
	for _, text := range report.SeasonOperations() {
		w.reports[text] = compile.MustParse(config.Catalog, text)
	}
	for _, t := range config.Catalog.Types {
		w.documents[t.Name] = compile.MustParse(config.Catalog, fmt.Sprintf(
			"query Reference($key: String!) { found: %s(key: $key) { id version } }", t.Singular))
	}
	return w
}

// Write does a mutation and returns its payload. Errors are InputErrors for whatever
// the caller can do something about; others have codes of package fault.
func (w *Writer) Write(ctx context.Context, c Call) (question.Result, error) {
	if err := w.allowed(c); err != nil {
		return nil, err
	}
	m, err := w.begin(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := mutations[c.Name](m); err != nil {
		return nil, err
	}
	if !m.replayed {
		if len(m.problems) > 0 {
			return nil, m.problems
		}
		if err := m.apply(); err != nil {
			return nil, err
		}
	}
	m.result[clientID] = m.in[clientID]
	return m.result, nil
}

// allowed holds the viewer's role against that of the mutation, before anything is
// looked at.
func (w *Writer) allowed(c Call) error {
	needs := access.Role(w.config.Catalog.Needs(c.Name))
	if c.Viewer.Role.Includes(needs) {
		return nil
	}
	if c.Viewer.Token == "" && (c.Viewer.Role == access.Reader || c.Viewer.Role == "") {
		return fault.New(fault.Unauthenticated, "%s needs a token with the role %s; right is the header Authorization: Bearer …", c.Name, needs)
	}
	return fault.New(fault.Forbidden, "%s needs the role %s, and you have %s", c.Name, needs, c.Viewer.Role)
}

// apply writes the changeset and notes it in the audit log. What lowers levels is
// noted under the strictest of the levels before: a log that is read at the new
// level must not tell of it.
func (m *work) apply() error {
	event := audit.Event{Kind: audit.Changeset, Request: m.call.Request, Viewer: audit.Of(m.call.Viewer), Fields: []string{m.call.Name}}
	if err := m.writer.config.Audit.Begin(event.Request, event.Viewer, m.call.Name); err != nil {
		return err
	}
	outcome, err := m.writer.config.Engine.Apply(m.ctx, &m.changeset)
	if err != nil {
		return m.refused(err)
	}
	if outcome.Known {
		return nil
	}
	event.Created, event.Changed, event.Removed = outcome.Created, outcome.Changed, outcome.Removed
	event.Lowered, event.Level = outcome.Lowered, outcome.LoweredFrom
	return m.writer.config.Audit.Write(event)
}

// refused says what it means that a changeset was refused which was right when it
// was made: somebody else was faster.
func (m *work) refused(err error) error {
	switch fault.CodeOf(err) {
	case fault.NotFound:
		return InputErrors{m.notFound(m.first)}
	case fault.Conflict:
		return InputErrors{{Code: fault.Conflict, Field: "input", Message: "input: " + fault.Message(err)}}
	case fault.BadInput:
		return InputErrors{{Code: fault.Conflict, Field: "input", Message: "input: what it refers to has changed meanwhile; read it again and repeat the change", Cause: err}}
	default:
		return err
	}
}

// say adds a statement to the changeset.
func (m *work) say(s record.Statement) { m.changeset.Say = append(m.changeset.Say, s) }

// retire takes a statement back.
func (m *work) retire(source string, id record.ID) {
	m.changeset.Retire = append(m.changeset.Retire, record.Retirement{Source: source, ID: id})
}
