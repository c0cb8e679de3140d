package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/spf13/cobra"
)

func (p *program) queryCommand() *cobra.Command {
	var variables, operation, file string
	cmd := &cobra.Command{
		Use:   "query [OPERATION]",
		Short: "Ask the map a GraphQL operation, as its owner",
		Long: `Ask the map a GraphQL operation, as its owner or, with --as, as a lower viewer.
The operation is the argument, a file (--file), or what comes on standard input.
The answer is JSON.`,
		Example: `  opsmap query '{ layers(orderBy: {ordinal: ASC}) { nodes { name } } }'`,
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := p.operation(args, file)
			if err != nil {
				return err
			}
			return p.query(cmd.Context(), text, operation, variables)
		},
	}
	cmd.Flags().StringVar(&variables, "variables", "", "variables of the operation, a JSON object")
	cmd.Flags().StringVar(&operation, "operation", "", "which operation of the document")
	cmd.Flags().StringVarP(&file, "file", "f", "", "file with the document")
	p.asFlag(cmd)
	return cmd
}

// query asks one operation and prints the answer.
func (p *program) query(ctx context.Context, text, operation, variables string) error {
	request := map[string]any{"query": text}
	if operation != "" {
		request["operationName"] = operation
	}
	answer, err := p.answer(ctx, request, variables)
	if err != nil {
		return err
	}
	return p.printAnswer(answer)
}

// answer asks the store with a request and variables as they were typed.
func (p *program) answer(ctx context.Context, request map[string]any, variables string) ([]byte, error) {
	if variables != "" {
		var values map[string]any
		if err := json.Unmarshal([]byte(variables), &values); err != nil {
			return nil, usageError{fmt.Errorf("--variables takes a JSON object: %w", err)}
		}
		request["variables"] = json.RawMessage(variables)
	}
	body, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	s, err := p.session(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	return s.Query(ctx, body)
}

func (p *program) operation(args []string, file string) (string, error) {
	switch {
	case len(args) > 0 && file != "":
		return "", usageError{errors.New("either an operation or --file, not both")}
	case len(args) > 0 && args[0] != "-":
		return args[0], nil
	case file != "":
		b, err := os.ReadFile(file) //nolint:gosec // the owner names a file of their own
		if err != nil {
			return "", fault.Wrap(fault.BadInput, err, "the file %s cannot be read", file)
		}
		return string(b), nil
	default:
		b, err := io.ReadAll(p.in)
		return string(b), err
	}
}

// printAnswer prints a response, indented; an answer with errors makes the command
// fail.
func (p *program) printAnswer(answer []byte) error {
	var out bytes.Buffer
	if err := json.Indent(&out, answer, "", "  "); err != nil {
		return fault.Wrap(fault.Internal, err, "the answer is no JSON")
	}
	if _, err := fmt.Fprintln(p.out, out.String()); err != nil {
		return err
	}
	var response struct {
		Errors []json.RawMessage `json:"errors"`
	}
	if err := json.Unmarshal(answer, &response); err != nil || len(response.Errors) > 0 {
		return reported{}
	}
	return nil
}
