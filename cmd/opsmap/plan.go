package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/report"
	"github.com/spf13/cobra"
)

func (p *program) planCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Documents to plan with: what an exit takes, how platforms compare, what to talk about",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.planExitCommand(), p.planMatrixCommand(), p.planSeasonCommand())
	return cmd
}

// planFlags are those of all plans.
type planFlags struct {
	from, to, practices, assume []string
	actor                       string
	asJSON                      bool
}

func (f *planFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.practices, "practices", nil, "keys of the practices (default: all)")
	cmd.Flags().StringVar(&f.actor, "actor", "", "only what an operator, or a tenant, has to do with")
	cmd.Flags().StringArrayVar(&f.assume, "assume", nil, "take for granted: 'PLATFORM CAPABILITY STATE' or 'PRACTICE FROM TO VERDICT'")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
}

// assumptions reads --assume.
func (f *planFlags) assumptions() ([]report.Assumption, error) {
	var out []report.Assumption
	for _, text := range f.assume {
		words := strings.Fields(text)
		switch len(words) {
		case 3:
			out = append(out, report.Assumption{"platform": words[0], "capability": words[1], "state": strings.ToUpper(words[2])})
		case 4:
			out = append(out, report.Assumption{"practice": words[0], "from": words[1], "to": words[2], "verdict": strings.ToUpper(words[3])})
		default:
			return nil, usageError{fmt.Errorf("--assume is %q; right is 'PLATFORM CAPABILITY STATE' or 'PRACTICE FROM TO VERDICT'", text)}
		}
	}
	return out, nil
}

func (p *program) planExitCommand() *cobra.Command {
	var f planFlags
	var from string
	cmd := &cobra.Command{
		Use:   "exit --from PLATFORM --to PLATFORM[,PLATFORM…]",
		Short: "Print what leaving a platform takes, as a report in Markdown",
		Example: `  opsmap plan exit --from vsphere --to osism,proxmox
  opsmap plan exit --from aws --to osism --assume 'osism gpu YES'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.planExit(cmd.Context(), &f, from) },
	}
	p.asFlag(cmd)
	f.add(cmd)
	cmd.Flags().StringVar(&from, "from", "", "the platform that is left, by key or alias")
	cmd.Flags().StringSliceVar(&f.to, "to", nil, "the platforms that are gone to, by key or alias")
	return cmd
}

func (p *program) planExit(ctx context.Context, f *planFlags, from string) error {
	if from == "" || len(f.to) == 0 {
		return usageError{errors.New("plan exit: --from and --to are needed, for example --from vsphere --to osism,aws")}
	}
	assume, err := f.assumptions()
	if err != nil {
		return err
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	return p.print(ctx, f.asJSON, func(by asking.By) (any, func() string, error) {
		exit, err := report.AskExit(ctx, by, report.ExitQuestion{
			From: from, To: f.to, Practices: f.practices, Actor: strings.ToUpper(f.actor), Assume: assume,
		})
		if err != nil {
			return nil, nil, err
		}
		return exit, func() string { return exit.Markdown(now()) }, nil
	})
}

func (p *program) planMatrixCommand() *cobra.Command {
	var f planFlags
	var rows string
	var csv, markdown bool
	cmd := &cobra.Command{
		Use:   "matrix",
		Short: "Print how practices fare between platforms, as a table",
		Example: `  opsmap plan matrix --from vsphere,aws --to osism,proxmox
  opsmap plan matrix --rows practices --from vsphere --to osism,aws --csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.planMatrix(cmd.Context(), &f, rows, csv, markdown)
		},
	}
	p.asFlag(cmd)
	f.add(cmd)
	cmd.Flags().StringVar(&rows, "rows", "platforms", "what the rows are: platforms or practices")
	cmd.Flags().StringSliceVar(&f.from, "from", nil, "the platforms that are left (default: all)")
	cmd.Flags().StringSliceVar(&f.to, "to", nil, "the platforms that are gone to (default: all)")
	cmd.Flags().BoolVar(&csv, "csv", false, "print CSV for a spreadsheet, a cell a line")
	cmd.Flags().BoolVar(&markdown, "markdown", false, "print a table in Markdown (the default)")
	return cmd
}

func (p *program) planMatrix(ctx context.Context, f *planFlags, rows string, csv, markdown bool) error {
	if (csv && markdown) || (f.asJSON && (csv || markdown)) {
		return usageError{errors.New("one of --csv, --markdown and --json, not several")}
	}
	assume, err := f.assumptions()
	if err != nil {
		return err
	}
	if rows != "platforms" && rows != "practices" {
		return usageError{fmt.Errorf("--rows is %q; right is platforms or practices", rows)}
	}
	return p.print(ctx, f.asJSON, func(by asking.By) (any, func() string, error) {
		m, err := report.AskMatrix(ctx, by, report.MatrixQuestion{
			ByPractice: rows == "practices", From: f.from, To: f.to, Practices: f.practices, Actor: strings.ToUpper(f.actor), Assume: assume,
		})
		if err != nil {
			return nil, nil, err
		}
		if csv {
			return m, m.CSV, nil
		}
		return m, m.Markdown, nil
	})
}

// print asks for a document and prints it, as JSON or as text.
func (p *program) print(ctx context.Context, asJSON bool, document func(asking.By) (any, func() string, error)) error {
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	value, text, err := document(s.Query)
	if err != nil {
		return err
	}
	return p.write(asJSON, value, text)
}

// write prints a document as JSON or as text.
func (p *program) write(asJSON bool, value any, text func() string) error {
	if !asJSON {
		_, err := fmt.Fprint(p.out, text())
		return err
	}
	out := json.NewEncoder(p.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
