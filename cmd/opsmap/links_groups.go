package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/text"
)

// linkGroup is the proposals that the same words suggest for the same record.
type linkGroup struct {
	// Words as they are compared: without case.
	Words string `json:"words"`
	To    string `json:"to"`
	Count int    `json:"count"`
	// Least and Most are how sure they are, in hundredths.
	Least int `json:"least"`
	Most  int `json:"most"`
	// Keys of the proposals, the surest first.
	Keys []string `json:"keys"`

	links []proposedLink
}

// shownExamples is how many lines of a group are shown.
const shownExamples = 3

// wordsOf are the words that suggest a link, as groups have them; a proposal that no
// words suggest, such as one that stories share, has its reason in their place.
func wordsOf(l *proposedLink) string {
	if len(l.Words) == 0 {
		return "(" + l.Reason + ")"
	}
	words := make([]string, len(l.Words))
	for i, w := range l.Words {
		words[i] = compared(w)
	}
	return strings.Join(words, " + ")
}

// compared is a text as words are compared: without case, and with single blanks.
func compared(s string) string { return strings.Join(strings.Fields(text.Fold(s)), " ") }

// groupsOf puts proposals into groups, the largest first.
func groupsOf(list []proposedLink) []*linkGroup {
	groups := map[[2]string]*linkGroup{}
	var out []*linkGroup
	for i := range list {
		l := &list[i]
		at := [2]string{wordsOf(l), l.To}
		g := groups[at]
		if g == nil {
			g = &linkGroup{Words: at[0], To: at[1], Least: l.Confidence, Most: l.Confidence}
			groups[at], out = g, append(out, g)
		}
		g.Count, g.Least, g.Most = g.Count+1, min(g.Least, l.Confidence), max(g.Most, l.Confidence)
		g.Keys, g.links = append(g.Keys, l.Key), append(g.links, *l)
	}
	slices.SortStableFunc(out, func(a, b *linkGroup) int {
		return cmp.Or(b.Count-a.Count, b.Most-a.Most, strings.Compare(a.Words, b.Words), strings.Compare(a.To, b.To))
	})
	return out
}

// listGroups prints the groups, the largest first.
func (p *program) listGroups(ctx context.Context, s session, flags linksFlags) error {
	list, err := p.links(ctx, s, flags)
	if err != nil {
		return err
	}
	groups := groupsOf(list)
	for _, g := range groups {
		if err := p.printGroup(g, flags.asJSON); err != nil {
			return err
		}
	}
	p.say("%d links in %d groups\n", len(list), len(groups))
	return nil
}

func (p *program) printGroup(g *linkGroup, asJSON bool) error {
	if asJSON {
		return p.printJSONLine(g)
	}
	sure := fmt.Sprintf("%d %%", g.Most)
	if g.Least < g.Most {
		sure = fmt.Sprintf("%d to %d %%", g.Least, g.Most)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d × “%s” → %s, %s\n", g.Count, printableText(g.Words), g.To, sure)
	for _, l := range g.links[:min(shownExamples, len(g.links))] {
		at := ""
		if l.At != "" {
			at = printableText(l.At) + ": "
		}
		fmt.Fprintf(&b, "     %s%s\n", at, printableText(l.Title))
	}
	if more := g.Count - shownExamples; more > 0 {
		fmt.Fprintf(&b, "     … and %d more\n", more)
	}
	fmt.Fprintf(&b, "     --accept-group %s\n", quotedForShell(printableText(g.Words)+"="+g.To))
	_, err := p.out.Write([]byte(b.String()))
	return err
}

// quotedForShell is an argument as a POSIX shell takes it.
func quotedForShell(s string) string {
	plain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_=:.,/+@", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// inGroup are the keys of the waiting proposals that WORDS or WORDS=TYPE:KEY names.
func inGroup(groups []*linkGroup, flag, name string) ([]string, error) {
	words, to := name, ""
	if at := strings.LastIndex(name, "="); at >= 0 && strings.Contains(name[at:], ":") {
		words, to = name[:at], name[at+1:]
	}
	words = compared(words)
	var found []*linkGroup
	for _, g := range groups {
		if g.Words == words && (to == "" || g.To == to) {
			found = append(found, g)
		}
	}
	switch len(found) {
	case 1:
		return found[0].Keys, nil
	case 0:
		return nil, fault.New(fault.NotFound, "no link waits that the words %q suggest%s%s; opsmap links --groups shows those there are", words, leadingTo(to), text.DidYouMean(words, groupWords(groups)))
	}
	choices := make([]string, len(found))
	for i, g := range found {
		choices[i] = quotedForShell(g.Words + "=" + g.To)
	}
	return nil, fault.New(fault.BadInput, "%s: the words %q suggest several records; right is one of %s", flag, words, strings.Join(choices, ", "))
}

func leadingTo(to string) string {
	if to == "" {
		return ""
	}
	return " for " + to
}

func groupWords(groups []*linkGroup) []string {
	out := make([]string, len(groups))
	for i, g := range groups {
		out[i] = g.Words
	}
	return out
}
