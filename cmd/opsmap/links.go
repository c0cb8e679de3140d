package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// linksFlags are the flags of links.
type linksFlags struct {
	accept, reject           []string
	acceptGroup, rejectGroup []string
	groups, all              bool
	asJSON, dryRun           bool
	atLeast                  int
}

// decides reports whether something is to be decided.
func (f *linksFlags) decides() bool {
	return len(f.accept)+len(f.reject)+len(f.acceptGroup)+len(f.rejectGroup) > 0
}

func (p *program) linksCommand() *cobra.Command {
	var flags linksFlags
	cmd := &cobra.Command{
		Use:   "links",
		Short: "Show the links that wait for a person, and decide them",
		Long: `Show the links that words suggest and nobody has stated, the surest first, and
accept or reject them by their keys; or, with --groups, by the words that suggest
them and what they lead to, the most frequent first, and decide all of a group at once.
What is accepted becomes a link that no load takes away; what is rejected is not
proposed again, and a link that was made by hand is taken back.`,
		Example: `  opsmap links
  opsmap links --accept ops-2026-03-02-etcd-backup-practices-etcd-backup
  opsmap links --groups --at-least 80
  opsmap links --accept-group kubernetes=Solution:k8s --reject-group container --dry-run`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := p.session(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close() //nolint:errcheck // every changeset has been acknowledged
			switch {
			case flags.decides():
				return p.decide(cmd.Context(), s, flags)
			case flags.groups:
				return p.listGroups(cmd.Context(), s, flags)
			}
			return p.listLinks(cmd.Context(), s, flags)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&flags.accept, "accept", nil, "keys of proposals to make links of")
	f.StringSliceVar(&flags.reject, "reject", nil, "keys of proposals to turn down")
	f.BoolVar(&flags.groups, "groups", false, "show them by the words that suggest them and what they lead to")
	f.StringArrayVar(&flags.acceptGroup, "accept-group", nil, "WORDS, or WORDS=TYPE:KEY where the words lead to several records: make links of all that wait")
	f.StringArrayVar(&flags.rejectGroup, "reject-group", nil, "WORDS or WORDS=TYPE:KEY: turn down all that wait")
	f.IntVar(&flags.atLeast, "at-least", 0, "only proposals, in lists and groups, that are at least so sure, in hundredths")
	f.BoolVar(&flags.dryRun, "dry-run", false, "show what would be decided and write nothing")
	f.BoolVar(&flags.all, "all", false, "show those that are decided too")
	f.BoolVar(&flags.asJSON, "json", false, "print JSON, one proposal or group a line")
	return cmd
}

// proposedLink is a proposal as it is shown.
type proposedLink struct {
	Key        string   `json:"key"`
	From       string   `json:"from"`
	Title      string   `json:"title"`
	At         string   `json:"at"`
	Field      string   `json:"field"`
	To         string   `json:"to"`
	Words      []string `json:"words"`
	Reason     string   `json:"reason"`
	Confidence int      `json:"confidence"`
	State      string   `json:"state"`
}

// standing is how a proposal is accepted, or what has become of it.
func (l *proposedLink) standing() string {
	if l.State == "PROPOSED" {
		return "--accept " + l.Key
	}
	return strings.ToLower(l.State) + ": " + l.Key
}

// place is where the words stand.
type place struct {
	URI, Path string
	Line      int
}

// String is the file and the line, or the address where there is no file.
func (p place) String() string {
	switch {
	case p.Path == "":
		return p.URI
	case p.Line == 0:
		return p.Path
	}
	return fmt.Sprintf("%s:%d", p.Path, p.Line)
}

// linkNode is a proposal as the map has it.
type linkNode struct {
	Key, Field, Reason, State                         string
	Words                                             []string
	Confidence                                        int
	Topic, Story, Layer, Practice, Platform, Template *struct{ ID, Title string }
	Sources                                           []place
}

const linkSelection = `key field words reason confidence state topic { id title } story { id title } layer { id } practice { id } platform { id } template { id } sources { uri path line }`

// shown is a proposal as it is shown.
func (n *linkNode) shown() proposedLink {
	l := proposedLink{Key: n.Key, Field: n.Field, Words: n.Words, Reason: n.Reason, Confidence: n.Confidence, State: n.State}
	if len(n.Sources) > 0 {
		l.At = n.Sources[0].String()
	}
	if from := cmp.Or(n.Topic, n.Story); from != nil {
		l.From, l.Title = from.ID, from.Title
	}
	if to := cmp.Or(n.Layer, n.Practice, n.Platform, n.Template); to != nil {
		l.To = to.ID
	}
	return l
}

// links are the proposals of the map that flags ask for, the surest first.
func (p *program) links(ctx context.Context, s session, flags linksFlags) ([]proposedLink, error) {
	var list []proposedLink
	err := pages(ctx, s, "linkProposals", linkSelection, func(n linkNode) {
		if (flags.all || n.State == "PROPOSED") && n.Confidence >= flags.atLeast {
			list = append(list, n.shown())
		}
	})
	slices.SortFunc(list, func(a, b proposedLink) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Key, b.Key))
	})
	return list, err
}

// listLinks prints the proposals, the surest first.
func (p *program) listLinks(ctx context.Context, s session, flags linksFlags) error {
	list, err := p.links(ctx, s, flags)
	if err != nil {
		return err
	}
	waiting := 0
	for _, l := range list {
		if l.State == "PROPOSED" {
			waiting++
		}
		if err := p.printLink(l, flags.asJSON); err != nil {
			return err
		}
	}
	p.say("%d links wait for a person\n", waiting)
	return nil
}

// printJSONLine prints something as JSON on one line.
func (p *program) printJSONLine(v any) error {
	e := json.NewEncoder(p.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (p *program) printLink(l proposedLink, asJSON bool) error {
	if asJSON {
		return p.printJSONLine(l)
	}
	words := make([]string, len(l.Words))
	for i, w := range l.Words {
		words[i] = "“" + printableText(w) + "”"
	}
	at := ""
	if l.At != "" {
		at = printableText(l.At) + ": "
	}
	_, err := fmt.Fprintf(p.out, "%2d %% %s %s → %s\n     %s%s\n     %s: %s\n     %s\n",
		l.Confidence, l.From, l.Field, l.To, at, printableText(l.Title), strings.Join(words, ", "), printableText(l.Reason), l.standing())
	return err
}
