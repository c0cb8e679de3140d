package access

import (
	"slices"
	"time"
)

// needsAudience reports whether records of that level stay with people who are named.
func (l Ladder) needsAudience(key string) bool {
	level, _ := l.Level(key)
	return level.NeedsAudience
}

// at is what an atom asks for once its conditions have come: a level and an
// audience. A condition to a level that needs no audience and is not higher than
// the one before lifts the audience, or what was RED would never open; one to
// a level that needs one brings it back.
func (l Ladder) at(a Atom, now time.Time) (level string, audience []string) {
	level, lifted := a.Level, false
	if level == Top {
		level = l.Highest()
	}
	for _, c := range a.Conditions {
		if c.Until.After(now) {
			break
		}
		switch {
		case l.needsAudience(c.Then):
			lifted = false
		case l.notAbove(c.Then, level):
			lifted = true
		}
		level = c.Then
	}
	if lifted {
		return level, nil
	}
	return level, a.Audience
}

func (l Ladder) notAbove(key, other string) bool {
	rank, _ := l.Rank(key)
	above, _ := l.Rank(other)
	return rank <= above
}

// Opens reports whether somebody may at some time see what has class to and could
// not if it had class from.
func (l Ladder) Opens(from, to Class) bool {
	instants := []time.Time{{}}
	for _, class := range []Class{from, to} {
		for _, atom := range class.Atoms {
			for _, c := range atom.Conditions {
				instants = append(instants, c.Until)
			}
		}
	}
	return slices.ContainsFunc(instants, func(now time.Time) bool {
		was, asked := l.demand(from, now)
		is, asks := l.demand(to, now)
		if is > max(l.top(), 1) {
			return false
		}
		// Whoever meets the audiences of to has to meet each of from: one of to lies
		// within it, or its members are not all in it.
		return is < was || slices.ContainsFunc(asked, func(audience []string) bool {
			return !slices.ContainsFunc(asks, func(other []string) bool { return within(other, audience) })
		})
	})
}

// demand is the rank and the audiences that a class asks for.
func (l Ladder) demand(c Class, now time.Time) (rank int, audiences [][]string) {
	rank, _ = l.Rank(l.Lowest())
	for i, atom := range c.Atoms {
		level, audience := l.at(atom, now)
		if r, _ := l.Rank(level); i == 0 || r > rank {
			rank = r
		}
		if len(audience) > 0 {
			audiences = append(audiences, audience)
		}
	}
	return rank, audiences
}

func (l Ladder) top() int {
	if len(l) == 0 {
		return 0
	}
	return l[len(l)-1].Rank
}

func within(part, whole []string) bool {
	return !slices.ContainsFunc(part, func(g string) bool { return !slices.Contains(whole, g) })
}
