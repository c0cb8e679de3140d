package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func (p *program) explainCommand() *cobra.Command {
	var variables, file string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain [OPERATION]",
		Short: "Ask a GraphQL operation and show how its answer comes about",
		Long: `Ask a GraphQL operation and show how its answer comes about: the cost, every guarded
plan with its values, the Cypher that answers it on Neo4j, which index or walk of
the store serves each read, how many rows came back and how much was looked at.
Clients get the same by the request header Opsmap-Extensions: cost, explain.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := p.operation(args, file)
			if err != nil {
				return err
			}
			return p.explain(cmd.Context(), text, variables, asJSON)
		},
	}
	cmd.Flags().StringVar(&variables, "variables", "", "variables of the operation, a JSON object")
	cmd.Flags().StringVarP(&file, "file", "f", "", "file with the document")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the explanation as JSON")
	return cmd
}

// explainedAnswer is an answer with what was asked for beside it.
type explainedAnswer struct {
	Errors     gqlerror.List `json:"errors"`
	Extensions struct {
		Cost    compile.Cost       `json:"cost"`
		Explain *graph.Explanation `json:"explain"`
	} `json:"extensions"`
}

// explain asks an operation and prints how it was answered.
func (p *program) explain(ctx context.Context, text, variables string, asJSON bool) error {
	request := map[string]any{"query": text, "extensions": map[string]bool{"cost": true, "explain": true}}
	answer, err := p.answer(ctx, request, variables)
	if err != nil {
		return err
	}
	var out explainedAnswer
	dec := json.NewDecoder(bytes.NewReader(answer))
	dec.UseNumber()
	if err := dec.Decode(&out); err != nil {
		return fmt.Errorf("the answer cannot be read: %w", err)
	}
	if len(out.Errors) > 0 {
		return fault.New(fault.BadInput, "%s", out.Errors)
	}
	if asJSON {
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		return enc.Encode(out.Extensions)
	}
	_, err = fmt.Fprint(p.out, out.text())
	return err
}

// text is the explanation for people.
func (x *explainedAnswer) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "cost %d of %d\n", x.Extensions.Cost.Used, x.Extensions.Cost.Max)
	if x.Extensions.Explain == nil {
		return b.String()
	}
	for i, p := range x.Extensions.Explain.Plans {
		fmt.Fprintf(&b, "\nplan %d\n%s", i+1, p.Plan)
		for n, v := range p.Params {
			fmt.Fprintf(&b, "$%d = %v\n", n, v)
		}
		for n := range p.Reads {
			readText(&b, n, &p.Reads[n])
		}
	}
	return b.String()
}

func readText(b *strings.Builder, n int, r *graph.ReadExplanation) {
	fmt.Fprintf(b, "\nroot %d: %d rows", n, r.Rows)
	if r.Touched != nil {
		fmt.Fprintf(b, ", %d looked at", *r.Touched)
	}
	b.WriteByte('\n')
	for _, step := range r.Steps {
		fmt.Fprintf(b, "  %s\n", step)
	}
	fmt.Fprintf(b, "root %d in Cypher\n%s\n", n, r.Cypher)
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		fmt.Fprintf(b, "$%s = %v\n", name, r.Parameters[name])
	}
}
