package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
	"github.com/spf13/cobra"
)

func (p *program) tokenCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Make, list and revoke bearer tokens",
		Long: `Make, list and revoke bearer tokens. A token gives whoever shows it a clearance,
groups, a role and a person; without one a visitor is anonymous and sees what is
open to everyone. Of a token only a hash is kept.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.tokenCreateCommand(), p.tokenListCommand(), p.tokenRevokeCommand())
	return cmd
}

// defaultExpiry of a token for which nobody says one.
const defaultExpiry = "90d"

func (p *program) tokenCreateCommand() *cobra.Command {
	var g token.Grant
	var groups, role, expires string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "create --clearance LEVEL",
		Short: "Make a token and show it, once",
		Long: `Make a token and show it on standard output, once. Requests carry it as
Authorization: Bearer TOKEN.`,
		Example: `  opsmap token create --clearance amber --groups csirt --role curator --person goern --expires 30d`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if g.Clearance == "" {
				return usageError{errors.New("token create: --clearance is needed: the highest level the token may see")}
			}
			now, err := p.now()
			if err != nil {
				return err
			}
			if g.ExpiresAt, err = expiry(expires, now()); err != nil {
				return usageError{err}
			}
			g.Groups, g.Role = words(groups), access.Role(strings.ToUpper(role))
			return p.createToken(cmd.Context(), g, asJSON)
		},
	}
	cmd.Flags().StringVar(&g.Clearance, "clearance", "", "the highest level the token may see")
	cmd.Flags().StringVar(&groups, "groups", "", "groups it belongs to, with commas between them")
	cmd.Flags().StringVar(&role, "role", "reader", "reader, contributor, curator or owner; an owner sees everything")
	cmd.Flags().StringVar(&g.Person, "person", "", "key of the person it stands for")
	cmd.Flags().StringVar(&expires, "expires", defaultExpiry, "when it ends: 12h, 30d, 2026-12-31 (through that day, UTC), an instant, or never")
	cmd.Flags().StringVar(&g.Label, "label", "", "what it is for")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the token and what is kept of it as JSON")
	return cmd
}

// expiry reads when a token ends; zero for never.
func expiry(text string, now time.Time) (time.Time, error) {
	if text == "never" {
		return time.Time{}, nil
	}
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= 36500 {
			return now.UTC().AddDate(0, 0, n), nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return now.UTC().Add(d), nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.AddDate(0, 0, 1), nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.UTC(), nil
	}
	return time.Time{}, fmt.Errorf("token create: --expires is %q; right is 12h, 30d, 2026-12-31, an instant such as 2026-12-31T18:00:00Z, or never", text)
}

func (p *program) createToken(ctx context.Context, g token.Grant, asJSON bool) error {
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // the token has been acknowledged
	if g.Person != "" {
		if err := checkPerson(ctx, s, g.Person); err != nil {
			return err
		}
	}
	secret, t, err := s.CreateToken(ctx, g)
	if err != nil {
		return err
	}
	if asJSON {
		now, err := p.now()
		if err != nil {
			return err
		}
		return p.printJSON(struct {
			Token string `json:"token"`
			shownToken
		}{secret, shown(&t, now())})
	}
	if _, err := fmt.Fprintln(p.out, secret); err != nil {
		return err
	}
	p.say("This is the only time it is shown. Requests carry it as the header Authorization: Bearer %s…\n", secret[:len("opsmap_")+4])
	p.say("It ends %s; opsmap token revoke %s ends it at once.\n", ending(&t), t.ID)
	return nil
}

func ending(t *token.Token) string {
	if t.ExpiresAt.IsZero() {
		return "never"
	}
	return "at " + t.ExpiresAt.Format(time.RFC3339)
}

// checkPerson makes sure that a token stands for somebody the map knows.
func checkPerson(ctx context.Context, s session, key string) error {
	data, err := answered[struct{ Person *keyed }](ctx, s, "the person", "query($key: String!) { person(key: $key) { key } }", map[string]any{"key": key})
	if err == nil && data.Person == nil {
		err = fault.New(fault.BadInput, "there is no person %q; right is the key of a Person of the map", key)
	}
	return err
}

// shownToken is a token as lists show it, without its hash.
type shownToken struct {
	ID        string      `json:"id"`
	Label     string      `json:"label"`
	State     token.State `json:"state"`
	Clearance string      `json:"clearance"`
	Groups    []string    `json:"groups"`
	Role      access.Role `json:"role"`
	Person    *string     `json:"person"`
	CreatedAt string      `json:"createdAt"`
	ExpiresAt *string     `json:"expiresAt"`
	RevokedAt *string     `json:"revokedAt"`
}

func shown(t *token.Token, now time.Time) shownToken {
	out := shownToken{
		ID: t.ID, Label: t.Label, State: t.State(now), Clearance: t.Clearance, Groups: append([]string{}, t.Groups...),
		Role: t.Role, CreatedAt: t.CreatedAt.Format(time.RFC3339), ExpiresAt: instant(t.ExpiresAt), RevokedAt: instant(t.RevokedAt),
	}
	if t.Person != "" {
		out.Person = &t.Person
	}
	return out
}

func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.UTC().Format(time.RFC3339)
	return &text
}

func (p *program) tokenListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the tokens, in the order they were made",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := p.session(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close() //nolint:errcheck // nothing was written
			all, err := s.ListTokens(cmd.Context())
			if err != nil {
				return err
			}
			return p.printTokens(all, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *program) printTokens(all []token.Token, asJSON bool) error {
	now, err := p.now()
	if err != nil {
		return err
	}
	list := make([]shownToken, len(all))
	for i := range all {
		list[i] = shown(&all[i], now())
	}
	if asJSON {
		return p.printJSON(list)
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "ID\tSTATE\tCLEARANCE\tGROUPS\tROLE\tPERSON\tEXPIRES\tLABEL") // Flush tells
	for i := range list {
		t := &list[i]
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.State, t.Clearance, orDash(strings.Join(t.Groups, ",")), t.Role,
			orDash(all[i].Person), strings.TrimPrefix(ending(&all[i]), "at "), orDash(t.Label))
	}
	return table.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (p *program) tokenRevokeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "revoke ID…",
		Short: "End tokens at once, on a running server too",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := p.session(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close() //nolint:errcheck // every revocation has been acknowledged
			for _, id := range args {
				if err := s.RevokeToken(cmd.Context(), id); err != nil {
					return err
				}
				p.say("%s is revoked\n", id)
			}
			return nil
		},
	}
}

// printJSON prints a value, indented.
func (p *program) printJSON(v any) error {
	encoder := json.NewEncoder(p.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
