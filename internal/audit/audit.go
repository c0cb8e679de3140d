// Package audit keeps the log of who asked what kind of thing, and up to which
// level they were told: append-only JSON, a line an event, never a word of what
// was asked or told. Strings are JSON strings, so nothing a client sends can end a
// line or pretend to be another.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
)

// Kind is what happened.
type Kind string

// The kinds of events.
const (
	// Query: an operation was answered.
	Query Kind = "query"
	// Refused: a request was refused before it was read, for its token or the viewer
	// it asked as.
	Refused Kind = "refused"
	// Begun: something is about to be written, in the map or among the tokens. The
	// next event of the same viewer says what came of it; there is none when nothing did.
	Begun Kind = "begun"
	// Changeset: something was written.
	Changeset Kind = "changeset"
	// TokenCreated and TokenRevoked are about a token, named by its id.
	TokenCreated Kind = "token-created"
	TokenRevoked Kind = "token-revoked"
)

// Viewer is who asked, as far as a log names them.
type Viewer struct {
	// Token is the id of the token they showed; empty for none.
	Token     string      `json:"token,omitempty"`
	Role      access.Role `json:"role"`
	Clearance string      `json:"clearance,omitempty"`
	Groups    []string    `json:"groups,omitempty"`
	Person    string      `json:"person,omitempty"`
	// AllSeeing marks the owner.
	AllSeeing bool `json:"allSeeing,omitempty"`
}

// Of is v as a log names them.
func Of(v access.Viewer) *Viewer {
	if v.Role == "" {
		v.Role = access.Reader
	}
	return &Viewer{Token: v.Token, Role: v.Role, Clearance: v.Clearance, Groups: v.Groups, Person: v.Person, AllSeeing: v.AllSeeing}
}

// Event is a line of the log.
type Event struct {
	At      time.Time `json:"at"`
	Kind    Kind      `json:"event"`
	Request string    `json:"request,omitempty"`
	Viewer  *Viewer   `json:"viewer,omitempty"`
	// Operation is a hash of the document without its values, equal for equal ones.
	Operation string `json:"operation,omitempty"`
	// Fields are the root fields asked for, by their names in the schema.
	Fields []string `json:"fields,omitempty"`
	// Level is the highest level of the records that were read for the answer;
	// empty when none was.
	Level string `json:"level,omitempty"`
	// Records are how many were read, by type.
	Records map[string]int `json:"records,omitempty"`
	// Counted: numbers were told, of records up to the viewer's clearance.
	Counted bool `json:"counted,omitempty"`
	// Attribution: it was told who said something.
	Attribution bool `json:"attribution,omitempty"`
	// Denied are records that were asked for by key or id and are there, but not for
	// this viewer; Missing is how many are not there at all. The answer does not tell
	// one from the other.
	Denied  []Denial `json:"denied,omitempty"`
	Missing int      `json:"missing,omitempty"`
	// Codes of the errors in the answer.
	Codes []fault.Code `json:"codes,omitempty"`
	// Bytes of the answer.
	Bytes int `json:"bytes,omitempty"`
	// Token is the id of the token an event is about.
	Token string `json:"token,omitempty"`
	// Created, Changed, Removed count records a changeset wrote; Lowered those that
	// more people may see from now on. Level is the strictest they had before then.
	Created int `json:"created,omitempty"`
	Changed int `json:"changed,omitempty"`
	Removed int `json:"removed,omitempty"`
	Lowered int `json:"lowered,omitempty"`
}

// Denial is a record that somebody asked for and may not see.
type Denial struct {
	Type  string `json:"type"`
	Level string `json:"level"`
}

// Log writes events. A nil Log writes none.
type Log struct {
	now func() time.Time
	mu  sync.Mutex
	out io.Writer
}

// New makes a log that writes to out.
func New(out io.Writer, now func() time.Time) *Log { return &Log{out: out, now: now} }

// Open makes a log that appends to a file only its owner reads. Whoever calls it
// closes the file.
func Open(path string, now func() time.Time) (*Log, io.Closer, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, nil, fault.Wrap(fault.Unavailable, err, "the audit log %s cannot be written; name another file in OPSMAP_AUDIT", path)
	}
	return New(f, now), f, nil
}

// Write appends an event. What cannot be logged must not be told: its error makes
// the answer one.
func (l *Log) Write(e Event) error {
	if l == nil {
		return nil
	}
	e.At = l.now().UTC()
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// One write a line: other processes may append to the same file.
	if _, err := l.out.Write(append(line, '\n')); err != nil {
		return fault.Wrap(fault.Unavailable, err, "the audit log cannot be written, so nothing is answered")
	}
	return nil
}

// Begin notes that v is about to write: what cannot be noted must not be written.
// does says what, such as the name of a mutation.
func (l *Log) Begin(request string, v *Viewer, does string) error {
	return l.Write(Event{Kind: Begun, Request: request, Viewer: v, Fields: []string{does}})
}

// Hash of a document, which has no values in it any more.
func Hash(document string) string {
	sum := sha256.Sum256([]byte(document))
	return "sha256:" + hex.EncodeToString(sum[:16])
}

// Failed notes the code of an error of the answer, each once.
func (e *Event) Failed(c fault.Code) {
	if !slices.Contains(e.Codes, c) {
		e.Codes = append(e.Codes, c)
	}
}
