package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/spf13/cobra"
)

func (p *program) templateCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "template KEY",
		Short:   "Print a template to fill in, for example rca or security-incident",
		Example: "  opsmap template rca > 2026-11-24-storage.md",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.template(cmd.Context(), args[0])
		},
	}
}

func (p *program) template(ctx context.Context, key string) error {
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	data, err := answered[struct {
		Template  *struct{ Body string }
		Templates struct{ Nodes []keyed }
	}](ctx, s, "the templates", `query($key: String!) { template(key: $key) { body } templates(first: 100) { nodes { key } } }`, map[string]any{"key": key})
	if err != nil {
		return err
	}
	if data.Template == nil {
		var keys []string
		for _, t := range data.Templates.Nodes {
			keys = append(keys, t.Key)
		}
		return fault.New(fault.NotFound, "there is no template %q; there are %s", key, strings.Join(keys, ", "))
	}
	_, err = fmt.Fprint(p.out, data.Template.Body)
	return err
}
