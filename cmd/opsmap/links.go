package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/linking"
	"github.com/spf13/cobra"
)

func (p *program) linksCommand() *cobra.Command {
	var accept, reject []string
	var asJSON, all bool
	cmd := &cobra.Command{
		Use:   "links",
		Short: "Show the links that wait for a person, and decide them",
		Long: `Show the links that words suggest and nobody has stated, the surest first, and
accept or reject them by their keys. What is accepted becomes a link that no load
takes away; what is rejected is not proposed again.`,
		Example: `  opsmap links
  opsmap links --accept ops-2026-03-02-etcd-backup-practices-etcd-backup`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := p.session(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close() //nolint:errcheck // every changeset has been acknowledged
			if len(accept)+len(reject) > 0 {
				return p.decide(cmd.Context(), s, accept, reject)
			}
			return p.listLinks(cmd.Context(), s, all, asJSON)
		},
	}
	cmd.Flags().StringSliceVar(&accept, "accept", nil, "keys of proposals to make links of")
	cmd.Flags().StringSliceVar(&reject, "reject", nil, "keys of proposals to turn down")
	cmd.Flags().BoolVar(&all, "all", false, "show those that are decided too")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one proposal a line")
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

// listLinks prints the proposals, the surest first.
func (p *program) listLinks(ctx context.Context, s session, all, asJSON bool) error {
	var list []proposedLink
	err := pages(ctx, s, "linkProposals", linkSelection, func(n linkNode) {
		if all || n.State == "PROPOSED" {
			list = append(list, n.shown())
		}
	})
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b proposedLink) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Key, b.Key))
	})
	for _, l := range list {
		if err := p.printLink(l, asJSON); err != nil {
			return err
		}
	}
	p.say("%d links wait for a person\n", len(list))
	return nil
}

func (p *program) printLink(l proposedLink, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(p.out)
		e.SetEscapeHTML(false)
		return e.Encode(l)
	}
	words := make([]string, len(l.Words))
	for i, w := range l.Words {
		words[i] = "“" + printableText(w) + "”"
	}
	at := ""
	if l.At != "" {
		at = printableText(l.At) + ": "
	}
	_, err := fmt.Fprintf(p.out, "%2d %% %s %s → %s\n     %s%s\n     %s: %s\n     --accept %s\n",
		l.Confidence, l.From, l.Field, l.To, at, printableText(l.Title), strings.Join(words, ", "), printableText(l.Reason), l.Key)
	return err
}

// decide writes a person's word on proposals.
func (p *program) decide(ctx context.Context, s session, accept, reject []string) error {
	said, err := p.said(ctx, s, []string{""})
	if err != nil {
		return err
	}
	proposals := map[string]*record.Statement{}
	var earlier []record.Statement
	for i := range said {
		if said[i].Source == decidedBy {
			earlier = append(earlier, said[i])
		} else if said[i].ID.Type == linking.Type {
			proposals[said[i].ID.Key] = &said[i]
		}
	}
	d := newDecisions(earlier)
	for state, keys := range map[string][]string{"ACCEPTED": accept, "REJECTED": reject} {
		for _, key := range keys {
			if proposals[key] == nil {
				return fault.New(fault.NotFound, "there is no proposal %q; opsmap links shows those there are", key)
			}
			d.decide(proposals[key], state)
		}
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	out, err := s.Apply(ctx, &record.Changeset{Actor: "owner", At: now().UTC(), Say: d.changed()})
	if err != nil {
		return err
	}
	p.say("%d accepted, %d rejected; %d links made or dropped\n", len(accept), len(reject), out.Links)
	return nil
}
