package main

import (
	"context"
	"encoding/json"
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

// templates is the answer to the question for one template and for all keys.
type templates struct {
	Template *struct {
		Body string `json:"body"`
	} `json:"template"`
	Templates struct {
		Nodes []struct {
			Key string `json:"key"`
		} `json:"nodes"`
	} `json:"templates"`
}

func (p *program) template(ctx context.Context, key string) error {
	request, err := json.Marshal(map[string]any{
		"query":     `query($key: String!) { template(key: $key) { body } templates(first: 100) { nodes { key } } }`,
		"variables": map[string]any{"key": key},
	})
	if err != nil {
		return err
	}
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	answer, err := s.Query(ctx, request)
	if err != nil {
		return err
	}
	var response struct {
		Data templates `json:"data"`
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		return fault.Wrap(fault.Internal, err, "the answer is no JSON")
	}
	if response.Data.Template == nil {
		var keys []string
		for _, t := range response.Data.Templates.Nodes {
			keys = append(keys, t.Key)
		}
		return fault.New(fault.NotFound, "there is no template %q; there are %s", key, strings.Join(keys, ", "))
	}
	_, err = fmt.Fprint(p.out, response.Data.Template.Body)
	return err
}
