package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
	"github.com/spf13/cobra"
)

func (p *program) loadCommand() *cobra.Command {
	var level, audience string
	cmd := &cobra.Command{
		Use:   "load PATH…",
		Short: "Load YAML files into the map",
		Long: `Load YAML files, or folders of them, into the map. What a file said before and no
longer says is retired; what others said stays. Loading the same again changes
nothing. Nothing is written unless everything is right.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := p.session(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close() //nolint:errcheck // every changeset has been acknowledged
			for _, path := range args {
				if err := p.loadPath(cmd.Context(), s, path, level, words(audience)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&level, "level", "", "level of confidentiality of records that state none (default: the ladder's own for them, amber in the one that ships)")
	cmd.Flags().StringVar(&audience, "audience", "", "groups that records without a level of their own are limited to, with commas between them")
	return cmd
}

func (p *program) loadPath(ctx context.Context, s session, path, level string, audience []string) error {
	name, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	source := "file:" + filepath.ToSlash(name)
	known, err := p.known(ctx, s)
	if err != nil {
		return err
	}
	ladder, err := p.levels(ctx, s)
	if err != nil {
		return err
	}
	if level == "" {
		level = ladder.Unlabelled()
	}
	in := loader.Input{
		Catalog: p.catalog, Name: source, Known: known, Ladder: ladder,
		Class: access.NewClass(access.Atom{Level: level, Audience: audience}),
	}
	result, err := yamlsource.Paths(path).Read(ctx, in)
	if err != nil {
		return err
	}
	if err := p.reportProblems(result); err != nil {
		return err
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	c := result.Changeset
	c.ID, c.Actor, c.At = "load:"+rand.Text(), "owner", now().UTC()
	out, err := s.Apply(ctx, c)
	if err != nil {
		return err
	}
	p.say("%s: %d records read; %d created, %d changed, %d removed, %d links\n",
		path, len(c.Say), out.Created, out.Changed, out.Removed, out.Links)
	if hidden := notOpen(result, ladder); hidden > 0 {
		p.say("%d of them are not visible to anonymous visitors; records without a level of their own have %s, --level %s changes that\n", hidden, level, ladder.Lowest())
	}
	return nil
}

func total(counts map[string]int) int {
	n := 0
	for _, count := range counts {
		n += count
	}
	return n
}

// notOpen counts the records that are not open to everyone.
func notOpen(r *loader.Result, ladder access.Ladder) int {
	hidden := 0
	for i := range r.Changeset.Say {
		for _, atom := range r.Changeset.Say[i].Class.Atoms {
			if atom.Level != ladder.Lowest() || len(atom.Audience) > 0 {
				hidden++
				break
			}
		}
	}
	return hidden
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
