// Package access decides who may see what. It is the one place that does: a plan
// carries the viewer, an engine asks Table.Open for the guard classes open to
// that viewer now, and the only test on a node or a link is whether its class is
// among them.
package access

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Level is one step of a ladder of confidentiality.
type Level struct {
	// Key of the ConfidentialityLevel record.
	Key string `json:"key"`
	// Rank orders the ladder; 0 is open to everyone.
	Rank int `json:"rank"`
	// NeedsAudience: what has this level has to name its audience.
	NeedsAudience bool `json:"needsAudience"`
	// Unlabelled: what is loaded and states no level has this one.
	Unlabelled bool `json:"unlabelled"`
}

// Condition changes a level by the clock: from Until on it is Then.
type Condition struct {
	Reason string    `json:"reason"`
	Until  time.Time `json:"until"`
	Then   string    `json:"then"`
}

// Top is a level in a class that stands for the highest of whatever ladder there
// is. No source can name it.
const Top = "*"

// inherited is a level in a class that stands for whatever class its record has. No
// source can name it.
const inherited = "="

// Inherited is the class of what is said of a record as it is: it counts for
// everybody who may see the record, and never decides who may.
func Inherited() Class { return Class{Atoms: []Atom{{Level: inherited}}} }

// Inherits reports whether c is Inherited.
func (c Class) Inherits() bool { return len(c.Atoms) == 1 && c.Atoms[0].Level == inherited }

// Atom is one requirement: a level, what changes it, and the groups it is limited
// to (none: the level alone decides).
type Atom struct {
	Level      string      `json:"level"`
	Conditions []Condition `json:"conditions,omitempty"`
	Audience   []string    `json:"audience,omitempty"`
}

// Class is what a record or a link requires of its viewer: every atom must be
// open to them. The zero Class is open to everyone. Atoms are sorted and distinct.
type Class struct {
	Atoms []Atom `json:"atoms,omitempty"`
}

// NewClass is the class of a single atom, its conditions and audience sorted.
func NewClass(a Atom) Class {
	a.Conditions = slices.Clone(a.Conditions)
	slices.SortFunc(a.Conditions, func(x, y Condition) int {
		if c := x.Until.Compare(y.Until); c != 0 {
			return c
		}
		return strings.Compare(x.Then+"\x00"+x.Reason, y.Then+"\x00"+y.Reason)
	})
	for i := range a.Conditions {
		a.Conditions[i].Until = a.Conditions[i].Until.UTC()
	}
	a.Audience = slices.Clone(a.Audience)
	slices.Sort(a.Audience)
	a.Audience = slices.Compact(a.Audience)
	return Class{Atoms: []Atom{a}}
}

// Join is the class that requires both a and b.
func Join(a, b Class) Class {
	byKey := map[string]Atom{}
	for _, atom := range append(slices.Clone(a.Atoms), b.Atoms...) {
		byKey[atom.key()] = atom
	}
	keys := make([]string, 0, len(byKey))
	for k := range byKey {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := Class{Atoms: make([]Atom, 0, len(keys))}
	for _, k := range keys {
		out.Atoms = append(out.Atoms, byKey[k])
	}
	return out
}

func (a Atom) key() string {
	b, err := json.Marshal(a)
	if err != nil {
		panic("BUG: an atom is always JSON: " + err.Error())
	}
	return string(b)
}

// Key is a text equal for equal classes; stores intern classes by it and
// ParseClass reads it back.
func (c Class) Key() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic("BUG: a class is always JSON: " + err.Error())
	}
	return string(b)
}

// ParseClass reads what Class.Key wrote.
func ParseClass(key string) (Class, error) {
	var c Class
	err := json.Unmarshal([]byte(key), &c)
	return c, err
}

// Role says what a viewer may do; it never widens what they may see, except that
// an owner sees everything.
type Role string

// The roles, each including the ones before it.
const (
	Reader      Role = "READER"
	Contributor Role = "CONTRIBUTOR"
	Curator     Role = "CURATOR"
	Owner       Role = "OWNER"
)

// Roles from the least to the most.
func Roles() []Role { return []Role{Reader, Contributor, Curator, Owner} }

// Includes reports whether whoever has role r may do what other may.
func (r Role) Includes(other Role) bool {
	return slices.Index(Roles(), r) >= slices.Index(Roles(), other)
}

// Viewer is who asks. The zero Viewer sees what is open to everyone.
type Viewer struct {
	// Clearance is the key of the highest level the viewer may see; empty is the
	// lowest of the ladder.
	Clearance string
	// Groups the viewer belongs to.
	Groups []string
	Role   Role
	// Person is the key of the viewer's Person record, if any.
	Person string
	// AllSeeing viewers see every class: the owner.
	AllSeeing bool
	// Token is the id of the token the viewer showed, for the audit log; empty for
	// who showed none.
	Token string
}
