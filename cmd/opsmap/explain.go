package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/spf13/cobra"
)

func (p *program) explainCommand() *cobra.Command {
	var variables, file string
	cmd := &cobra.Command{
		Use:   "explain [OPERATION]",
		Short: "Show the plan of a GraphQL operation and the Cypher it becomes",
		Long: `Show the guarded plan of a GraphQL operation, the values it is run with, and the
Cypher statement that answers each root on Neo4j. Nothing is asked of a store.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := p.operation(args, file)
			if err != nil {
				return err
			}
			return p.explain(text, variables)
		},
	}
	cmd.Flags().StringVar(&variables, "variables", "", "variables of the operation, a JSON object")
	cmd.Flags().StringVarP(&file, "file", "f", "", "file with the document")
	return cmd
}

func (p *program) explain(text, variables string) error {
	doc, err := compile.Parse(p.catalog, text)
	if err != nil {
		return fault.New(fault.BadInput, "%s", err)
	}
	if len(doc.Operations) != 1 {
		return fault.New(fault.BadInput, "the document has %d operations; explain takes one", len(doc.Operations))
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	request := compile.Request{Catalog: p.catalog, Document: doc, Operation: doc.Operations[0], Viewer: owner, Now: now().UTC()}
	if variables != "" {
		dec := json.NewDecoder(strings.NewReader(variables))
		dec.UseNumber()
		if err := dec.Decode(&request.Variables); err != nil {
			return usageError{fmt.Errorf("--variables takes a JSON object: %w", err)}
		}
	}
	op, failed := compile.Compile(request)
	if failed != nil {
		return fault.New(fault.BadInput, "%s", failed.Message)
	}
	out, err := explanation(op)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(p.out, out)
	return err
}

func explanation(op *compile.Operation) (string, error) {
	var b strings.Builder
	b.WriteString(plan.Format(op.Plan))
	for i, value := range op.Plan.Params {
		fmt.Fprintf(&b, "$%d = %v\n", i, value)
	}
	for _, f := range op.Fields {
		if f.Err != nil {
			return "", fault.New(fault.BadInput, "%s: %s", f.Err.Path, f.Err.Message)
		}
		if f.Question != nil {
			fmt.Fprintf(&b, "%s: answered by Go over one read of what the viewer may see\n", f.Question.Name)
		}
	}
	for i, root := range op.Plan.Roots {
		cypher, err := neo4j.Explain(root)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\nroot %d in Cypher\n%s\n", i, cypher)
	}
	return b.String(), nil
}
