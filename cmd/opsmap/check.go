package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
	"github.com/spf13/cobra"
)

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check PATH…",
		Short: "Say everything that is wrong with YAML files",
		Long: `Say everything that is wrong with YAML files, each with file, line and what would
be right. The files may refer to records of the catalogue (--catalogue).`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var failed error
			for _, path := range args {
				if err := p.check(cmd.Context(), path); err != nil {
					failed = err
				}
			}
			return failed
		},
	}
}

func (p *program) check(ctx context.Context, path string) error {
	base, err := p.shipped(ctx)
	if err != nil {
		return err
	}
	in := loader.Input{Catalog: p.catalog, Name: path}
	for _, c := range base {
		in.Known = append(in.Known, loader.Spoken(c)...)
		in.Ladder = append(in.Ladder, loader.Levels(c)...)
	}
	result, err := yamlsource.Paths(path).Read(ctx, in)
	if err == nil && 2*total(result.Counts) > len(in.Known) {
		// A catalogue that takes the place of the base does not lean on it: what a copy
		// no longer has would still be found there.
		in.Known, in.Ladder = nil, nil
		result, err = yamlsource.Paths(path).Read(ctx, in)
	}
	if err != nil {
		return err
	}
	if err := p.reportProblems(result); err != nil {
		return err
	}
	p.say("%s: nothing to mend;", path)
	for _, name := range slices.Sorted(maps.Keys(result.Counts)) {
		p.say(" %d %s", result.Counts[name], name)
	}
	p.say("\n")
	return nil
}

func total(counts map[string]int) int {
	n := 0
	for _, count := range counts {
		n += count
	}
	return n
}

// reportProblems prints problems and warnings; with problems the command fails.
func (p *program) reportProblems(r *loader.Result) error {
	for _, w := range r.Warnings {
		p.say("warning: %s\n", w)
	}
	for _, problem := range r.Problems {
		if _, err := fmt.Fprintln(p.out, problem); err != nil {
			return err
		}
	}
	if n := len(r.Problems); n > 0 {
		p.say("%d to mend; nothing was written\n", n)
		return reported{}
	}
	return nil
}
