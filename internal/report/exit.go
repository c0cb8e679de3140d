package report

import (
	"context"
	"errors"

	"github.com/open-operations/opsmap/internal/asking"
)

// Assumption is one of the served type of that name, by its fields.
type Assumption = map[string]string

// ExitQuestion is what an exit report is about.
type ExitQuestion struct {
	// From and To are keys or aliases of platforms.
	From string
	To   []string
	// Practices are keys; nil for all.
	Practices []string
	// Actor is OPERATOR or TENANT; empty for both.
	Actor  string
	Assume []Assumption
}

// Named is a record with its key and what people call it.
type Named struct {
	Key   string `json:"key"`
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
}

// shown is the name, as Markdown.
func (n Named) shown() string {
	switch {
	case n.Name != "":
		return escaped(n.Name)
	case n.Title != "":
		return escaped(n.Title)
	}
	return escaped(n.Key)
}

// Days is an estimate in working days.
type Days struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Effort is what some moves take.
type Effort struct {
	EffortDays    *Days `json:"effortDays"`
	WithoutEffort int   `json:"withoutEffort"`
	VerdictSteps  int   `json:"verdictSteps"`
}

// Reason is why a practice does not simply move.
type Reason struct {
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Verdict string `json:"verdict"`
}

// Move is one answer of a plan.
type Move struct {
	Practice  Named    `json:"practice"`
	To        Named    `json:"to"`
	Verdict   string   `json:"verdict"`
	Basis     string   `json:"basis"`
	Contested bool     `json:"contested"`
	Reasons   []Reason `json:"reasons"`
	Obstacles []Reason `json:"obstacles"`
	Without   string   `json:"verdictWithoutObstacles"`
	Proof     []struct {
		Assumed    bool `json:"assumed"`
		Unverified bool `json:"unverified"`
		Stale      bool `json:"stale"`
	} `json:"proof"`
	EffortDays    *Days  `json:"effortDays"`
	ContributeURL string `json:"contributeUrl"`
}

// Step is one move with how far one is after it.
type Step struct {
	Move    Move     `json:"answer"`
	After   []string `json:"after"`
	Missing []string `json:"missing"`
	Reached int      `json:"reached"`
	Total   int      `json:"total"`
	Effort
}

// LockIn is one with the practices it holds.
type LockIn struct {
	LockIn struct {
		Key      string   `json:"key"`
		Why      string   `json:"why"`
		Cost     string   `json:"cost"`
		Pros     []string `json:"pros"`
		Cons     []string `json:"cons"`
		ExitPlan string   `json:"exitPlan"`
	} `json:"lockIn"`
	Practices []string `json:"practices"`
}

// Exit is an exit plan as it was answered.
type Exit struct {
	From   Named   `json:"from"`
	To     []Named `json:"to"`
	Totals struct {
		Practices  int    `json:"practices"`
		Moves      int    `json:"moves"`
		Unchanged  int    `json:"unchanged"`
		Adapt      int    `json:"adapt"`
		Rework     int    `json:"rework"`
		Operated   int    `json:"operated"`
		NotNeeded  int    `json:"notNeeded"`
		Blocked    int    `json:"blocked"`
		Unknown    int    `json:"unknown"`
		Contested  int    `json:"contested"`
		Inferred   int    `json:"inferred"`
		MeasuredBy string `json:"measuredBy"`
		Effort
	} `json:"totals"`
	Steps     []Step `json:"steps"`
	Covered   []Move `json:"covered"`
	Blocked   []Move `json:"blocked"`
	Unknown   []Move `json:"unknown"`
	LastFifth struct {
		Practices     []string `json:"practices"`
		MeasuredBy    string   `json:"measuredBy"`
		Part          int      `json:"part"`
		Whole         int      `json:"whole"`
		Percent       *int     `json:"percent"`
		WithoutEffort int      `json:"withoutEffort"`
	} `json:"lastFifth"`
	LockIns      []LockIn `json:"lockIns"`
	LockInsAhead []LockIn `json:"lockInsAhead"`
	Mixes        []struct {
		To         []Named `json:"to"`
		Moves      int     `json:"moves"`
		Covered    int     `json:"covered"`
		Blocked    int     `json:"blocked"`
		Unknown    int     `json:"unknown"`
		Exhaustive bool    `json:"exhaustive"`
		Effort
	} `json:"mixes"`
	Shares []struct {
		Platform Named `json:"platform"`
		Moves    int   `json:"moves"`
		Covered  int   `json:"covered"`
		Effort
	} `json:"shares"`
	// Assumed is what the question took for granted.
	Assumed []Assumption `json:"assumed,omitempty"`
}

const exitOperation = `query Exit($from: String!, $to: [String!]!, $practices: [String!], $actor: Actor, $assume: [Assumption!]) {
  exitPlan(from: $from, to: $to, practices: $practices, actor: $actor, assume: $assume) {
    from { key name }
    to { key name }
    totals {
      practices moves unchanged adapt rework operated notNeeded blocked unknown contested inferred measuredBy
      effortDays { min max } withoutEffort verdictSteps
    }
    steps { answer { ...Move } after missing reached total effortDays { min max } withoutEffort verdictSteps }
    covered { ...Move }
    blocked { ...Move obstacles { kind text verdict } verdictWithoutObstacles }
    unknown { practice { key title } to { key name } verdict basis contributeUrl }
    lastFifth { practices measuredBy part whole percent withoutEffort }
    lockIns { ...Held }
    lockInsAhead { ...Held }
    mixes { to { key name } moves covered blocked unknown exhaustive effortDays { min max } withoutEffort verdictSteps }
    shares { platform { key name } moves covered effortDays { min max } withoutEffort verdictSteps }
  }
}
fragment Move on PortabilityAnswer {
  practice { key title } to { key name } verdict basis contested reasons { kind text verdict }
  proof { assumed unverified stale } effortDays { min max }
}
fragment Held on ExitLockIn { lockIn { key why cost pros cons exitPlan } practices }`

// AskExit asks for an exit plan.
func AskExit(ctx context.Context, by asking.By, q ExitQuestion) (*Exit, error) {
	answer, err := asking.Data[struct{ ExitPlan *Exit }](ctx, by, exitOperation, given(map[string]any{
		"from": q.From, "to": q.To, "practices": q.Practices, "actor": q.Actor, "assume": q.Assume,
	}))
	if err != nil {
		return nil, err
	}
	if answer.ExitPlan == nil {
		return nil, errors.New("BUG: an exit plan that is neither an answer nor an error")
	}
	answer.ExitPlan.Assumed = q.Assume
	return answer.ExitPlan, nil
}
