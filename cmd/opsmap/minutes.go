package main

import (
	"fmt"
	"os"

	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/spf13/cobra"
)

func (p *program) minutesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "minutes FILE…",
		Short: "Show what is read from Markdown minutes; nothing is stored",
		Long: `Show what is read from Markdown minutes, beside their text, and the lines that
could not be used. With --json one document a line. Nothing is stored.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			failed := false
			for _, path := range args {
				if err := p.readMinutes(path, asJSON); err != nil {
					p.say("%s\n", err)
					failed = true
				}
			}
			if failed {
				return reported{}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one document a line")
	return cmd
}

func (p *program) readMinutes(path string, asJSON bool) error {
	text, err := os.ReadFile(path) //nolint:gosec // the owner names files of their own
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", path, err)
	}
	doc, err := minutes.Parse(path, text)
	if err != nil {
		return err
	}
	if asJSON {
		return minutes.Write(p.out, doc)
	}
	return minutes.Report(p.out, doc, text)
}
