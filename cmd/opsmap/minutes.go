package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/spf13/cobra"
)

func (p *program) minutesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "minutes PATH…",
		Short: "Show what is read from Markdown minutes; nothing is stored",
		Long: `Show what is read from Markdown minutes, beside their text, and the lines that
could not be used. With --json one document a line. Of a folder all Markdown files
are read. A file that cannot be read is reported, the others are shown, and the
command fails at the end. Nothing is stored.`,
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

// readMinutes shows one file, or those below a folder one after the other.
func (p *program) readMinutes(path string, asJSON bool) error {
	set := files.Paths([]string{path}, isMarkdown)
	defer set.Close()
	failed := make([]error, 0, len(set.Problems))
	for _, problem := range set.Problems {
		failed = append(failed, problem)
	}
	for _, f := range set.Files {
		if err := p.showMinutes(f, asJSON); err != nil {
			failed = append(failed, err)
		}
	}
	if len(set.Files)+len(failed) == 0 {
		failed = append(failed, fmt.Errorf("%s: there are no minutes in it; right is a file of Markdown, or a folder of them", path))
	}
	return errors.Join(failed...)
}

func isMarkdown(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".markdown")
}

func (p *program) showMinutes(f files.File, asJSON bool) error {
	text, err := f.Content()
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %s", f.Name, files.Reason(err))
	}
	text = files.Lines(text)
	doc, err := minutes.Parse(f.Name, text)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if asJSON {
		return minutes.Write(p.out, doc)
	}
	return minutes.Report(p.out, doc, text)
}
