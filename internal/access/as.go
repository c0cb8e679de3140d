package access

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/fault"
)

// As is a lower viewer that somebody asks to be for a while.
type As struct {
	// Clearance is the key of a level; empty is anonymous, the lowest.
	Clearance string
	// Groups to keep. KeepGroups says that none were named, which keeps all.
	Groups     []string
	KeepGroups bool
}

// anonymous is the word for a viewer without a token.
const anonymous = "anonymous"

// ParseAs reads "anonymous", "LEVEL", or "LEVEL; groups=a,b" ("groups=" for none).
// A level alone keeps all groups. The error has the code BadInput.
func ParseAs(text string) (As, error) {
	level, rest, limited := strings.Cut(text, ";")
	level = strings.TrimSpace(level)
	wrong := fault.New(fault.BadInput, `%q is no viewer to ask as; right is anonymous, a level such as green, or "green; groups=a,b"`, shortened(text))
	if level == "" || strings.ContainsFunc(level, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return As{}, wrong
	}
	if !limited {
		if level == anonymous {
			return As{}, nil
		}
		return As{Clearance: level, KeepGroups: true}, nil
	}
	list, named := strings.CutPrefix(strings.TrimSpace(rest), "groups=")
	if !named || level == anonymous {
		return As{}, wrong
	}
	as := As{Clearance: level}
	for group := range strings.SplitSeq(list, ",") {
		if group = strings.TrimSpace(group); group != "" {
			as.Groups = append(as.Groups, group)
		}
	}
	return as, nil
}

// shortened is a text of a client as errors repeat it.
func shortened(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// As is v as a lower viewer, who only reads. Never as a higher one: a level that
// is above v's clearance and one that is not there are refused alike, with the
// code Forbidden, and so is a group that v is not in. Who sees everything may ask
// as any.
func (v Viewer) As(as As, ladder Ladder) (Viewer, error) {
	out := Viewer{Clearance: as.Clearance, Role: Reader, Token: v.Token}
	if as.Clearance == "" {
		return out, nil
	}
	rank, known := ladder.Rank(as.Clearance)
	if !known || (!v.AllSeeing && rank > v.rank(ladder)) {
		return Viewer{}, fault.New(fault.Forbidden, "you cannot ask as %q; right is anonymous, or a level that is not above your own clearance", shortened(as.Clearance))
	}
	out.Groups = v.Groups
	if as.KeepGroups {
		return out, nil
	}
	for _, g := range as.Groups {
		if !v.AllSeeing && !slices.Contains(v.Groups, g) {
			return Viewer{}, fault.New(fault.Forbidden, "you cannot ask as a member of %q; right is a part of your own groups", shortened(g))
		}
	}
	out.Groups = as.Groups
	return out, nil
}

// rank of the viewer's clearance on a ladder. A clearance that no longer exists,
// like none, is the lowest level.
func (v Viewer) rank(ladder Ladder) int {
	if rank, known := ladder.Rank(v.Clearance); known {
		return rank
	}
	rank, _ := ladder.Rank(ladder.Lowest())
	return rank
}

// CleanGroups sorts names of groups and leaves out repetitions. A name that could
// not be written in a list with commas is refused with the code BadInput.
func CleanGroups(groups []string) ([]string, error) {
	out := slices.Sorted(slices.Values(groups))
	for _, g := range out {
		if g == "" || strings.TrimSpace(g) != g || strings.ContainsAny(g, ",;") || strings.ContainsFunc(g, unicode.IsControl) || !utf8.ValidString(g) {
			return nil, fault.New(fault.BadInput, "%q is no name of a group; right is a word such as csirt", shortened(g))
		}
	}
	return slices.Compact(out), nil
}
