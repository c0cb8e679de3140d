package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/socket"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/calendars"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/incidents"
	"github.com/open-operations/opsmap/loader/issues"
	"github.com/open-operations/opsmap/loader/mapping"
	"github.com/open-operations/opsmap/loader/meetings"
	"github.com/open-operations/opsmap/loader/yamlsource"
	"github.com/spf13/cobra"
)

// formats are what load reads, the first that recognises a file.
func formats(m *mapping.Mapping) []loader.Format {
	return []loader.Format{yamlsource.Format{}, incidents.Format{}, meetings.Format{}, calendars.Format{}, issues.Format{Rules: m.Issues}}
}

// loadFlags are the flags of load.
type loadFlags struct {
	level, audience, attribution, mapping, collection string
	dryRun, asJSON, allowHandles, propose             bool
	// github are repositories, or files with issues of one.
	github []string
	// accept is how sure a proposal has to be to become a link; 0 accepts none.
	accept int
}

func (p *program) loadCommand() *cobra.Command {
	var flags loadFlags
	cmd := &cobra.Command{
		Use:   "load PATH|github:OWNER/NAME…",
		Short: "Load minutes, issues and YAML files into the map",
		Long: `Load Markdown minutes, issues of GitHub and YAML files, or folders of them, into the
map: shows what would be created, changed, linked and retired, then does it, all of it
or nothing. docs/loading.md says what becomes of each kind of file.

What a file said before and no longer says is retired, also when the file is gone;
what others said stays. Loading the same again changes nothing. A file that cannot
be read is reported and keeps what it said; the others load, and the command fails
at the end.`,
		Example: `  opsmap load --dry-run minutes/
  opsmap load --level clear minutes/
  opsmap load --mapping mapping.yaml --collection https://github.com/example/minutes minutes/
  GITHUB_TOKEN=… opsmap load github:open-operations/topics`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(flags.github) > 0 {
				return nil
			}
			return cobra.MinimumNArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.collectingLess(cmd.Context(), func() error { return interrupted(p.loadPaths(cmd.Context(), args, flags)) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&flags.level, "level", "", "level of confidentiality of records that state none (default: the ladder's own for them, amber in the one that ships)")
	f.StringVar(&flags.audience, "audience", "", "groups that records without a level of their own are limited to, with commas between them")
	f.StringVar(&flags.attribution, "attribution", "", "level of who said or did something, where it travels less far (Chatham House Rule)")
	f.StringVar(&flags.mapping, "mapping", "", "YAML file that gives files their level, audience, series and repository")
	f.StringVar(&flags.collection, "collection", "", "name of what is loaded, in place of where it lies: loads from several checkouts speak for one source")
	f.StringArrayVar(&flags.github, "github", nil, "load the issues of OWNER/NAME, asked with the token in GITHUB_TOKEN, or of a file that gh issue list --json wrote")
	f.BoolVar(&flags.allowHandles, "allow-handles", false, "take statements that name people although they were made under the Chatham House Rule")
	f.BoolVar(&flags.dryRun, "dry-run", false, "show what would change and write nothing")
	f.BoolVar(&flags.propose, "propose", true, "propose links for what the words of minutes mention")
	f.IntVar(&flags.accept, "accept-links", 0, "make links of the proposals that are at least so sure, in hundredths")
	f.Lookup("accept-links").NoOptDefVal = "90"
	f.BoolVar(&flags.asJSON, "json", false, "print what changes as JSON")
	return cmd
}

func (p *program) loadPaths(ctx context.Context, paths []string, flags loadFlags) error {
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // every changeset has been acknowledged
	ladder, err := p.levels(ctx, s)
	if err != nil {
		return err
	}
	unlabelled := flags.level == ""
	if unlabelled {
		flags.level = ladder.Unlabelled()
	}
	config, err := p.gatherConfig(ctx, s, paths, flags, ladder)
	if err != nil {
		return err
	}
	config.Unlabelled = unlabelled && flags.audience == "" && flags.attribution == ""
	result, err := p.gather(ctx, s, config)
	if err != nil {
		return err
	}
	if err := p.issuesOnce(ctx, s, result); err != nil {
		return err
	}
	if flags.propose {
		if err := p.propose(ctx, s, result, flags.accept, ladder); err != nil {
			return err
		}
	}
	return p.bring(ctx, s, result, flags, ladder)
}

// gatherConfig is what the flags ask for.
func (p *program) gatherConfig(ctx context.Context, s session, args []string, flags loadFlags, ladder access.Ladder) (gather.Config, error) {
	paths, repositories, err := githubSources(args, flags.github)
	if err != nil {
		return gather.Config{}, err
	}
	if text.Unsafe(flags.collection) {
		return gather.Config{}, fault.New(fault.BadInput, "--collection is %q, and sources must not become such links; right is an address that begins with https://, or a plain name", flags.collection)
	}
	now, err := p.now()
	if err != nil {
		return gather.Config{}, err
	}
	own := access.Atom{Level: flags.level, Audience: words(flags.audience)}
	who := own
	if flags.attribution != "" {
		who.Level = flags.attribution
	}
	config := gather.Config{
		Catalog: p.catalog, Paths: paths, Documents: p.documents(ctx, repositories), Formats: formats(&mapping.Mapping{}), Collection: flags.collection, Ladder: ladder, Now: now().UTC(),
		Class: access.NewClass(own), Attribution: access.NewClass(who),
		Known:  func(ctx context.Context) ([]record.ID, error) { return p.known(ctx, s) },
		Called: func(ctx context.Context) ([]loader.Named, error) { return p.called(ctx, s) },
		Has:    func(ctx context.Context, ids []record.ID) (map[record.ID]bool, error) { return p.has(ctx, s, ids) },
		SaidOf: func(ctx context.Context, ids []record.ID) ([]record.Packed, error) {
			return s.Said(ctx, []string{""}, ids...)
		},
		AllowHandles: flags.allowHandles, Venues: func(ctx context.Context) ([]record.ID, error) { return p.venues(ctx, s) },
	}
	for _, atom := range []access.Atom{own, who} {
		if err := checkAtom(atom, ladder); err != nil {
			return config, err
		}
	}
	if flags.mapping == "" {
		return config, nil
	}
	if config.Mapping, err = p.readMapping(flags.mapping, ladder); err != nil {
		return config, err
	}
	config.Formats = formats(config.Mapping)
	return config, nil
}

// readMapping reads what a file says of the files that are loaded.
func (p *program) readMapping(path string, ladder access.Ladder) (*mapping.Mapping, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the owner names files of their own
	if err != nil {
		return nil, fault.Wrap(fault.BadInput, err, "the mapping %s cannot be read: %s", path, files.Reason(err))
	}
	m, err := mapping.Parse(path, text)
	if err != nil {
		return nil, fault.New(fault.BadInput, "%s", err)
	}
	if err := m.Check(path, p.catalog); err != nil {
		return nil, fault.New(fault.BadInput, "%s", err)
	}
	for _, atom := range m.Atoms() {
		if err := checkAtom(atom, ladder); err != nil {
			return nil, fault.New(fault.BadInput, "%s: %s", path, fault.Message(err))
		}
	}
	return m, nil
}

// gather reads the files, beside what they said before.
func (p *program) gather(ctx context.Context, s session, config gather.Config) (*gather.Result, error) {
	var err error
	if config.Collection == "" && len(config.Paths) > 0 {
		if config.Speaking, err = s.Sources(ctx, gather.FileSources); err != nil {
			return nil, err
		}
	}
	bar := p.progress("files read")
	defer bar.end()
	config.Progress = bar.at
	l := gather.Open(config)
	defer l.Close()
	said, err := s.Said(ctx, l.Prefixes())
	if err != nil {
		return nil, err
	}
	return l.Read(ctx, said)
}

// bring changes what a load changes, unless it is a dry run, and shows it.
func (p *program) bring(ctx context.Context, s session, result *gather.Result, flags loadFlags, ladder access.Ladder) error {
	now, err := p.now()
	if err != nil {
		return err
	}
	c := result.Changeset
	c.Actor, c.At, c.DryRun, c.Detailed, c.Once = "owner", now().UTC(), flags.dryRun, true, true
	if !flags.dryRun && !flags.asJSON {
		c.Listed = shownRecords
	}
	what := "writing"
	if flags.dryRun {
		what = "comparing with the map"
	}
	var outcome record.Outcome
	err = p.during(what, func() (err error) {
		outcome, err = s.Apply(ctx, c)
		return err
	})
	if err != nil {
		return inTheMiddle(err, s, c)
	}
	var unlooked error
	if !flags.dryRun {
		var guesses loader.Problems
		guesses, unlooked = p.guesses(ctx, s, c)
		result.Warnings = append(result.Warnings, unsaid(guesses, result.Warnings)...)
	}
	report := newLoadReport(outcome, result)
	report.DryRun, report.open = flags.dryRun, ladder.Lowest()
	if err := p.show(report, flags.asJSON); err != nil {
		return afterWriting(flags, "what changed could not be shown", err)
	}
	p.loadSummary(report, result, flags, ladder)
	switch {
	case unlooked != nil:
		return afterWriting(flags, "whether somebody can be guessed at a meeting under the Chatham House Rule could not be looked up", unlooked)
	case len(result.Problems) > 0:
		return reported{}
	}
	return nil
}

// interrupted is the error of a load that somebody ended before it wrote.
func interrupted(err error) error {
	if errors.Is(err, context.Canceled) {
		return fault.New(fault.Unavailable, "Interrupted: nothing was written.")
	}
	return err
}

// inTheMiddle is the error of a write of which the answer is missing: whoever asks a
// server cannot know how far that came.
func inTheMiddle(err error, s session, c *record.Changeset) error {
	_, asked := s.(*socket.Remote)
	canceled := errors.Is(err, context.Canceled)
	if c.DryRun || !canceled && (!asked || fault.CodeOf(err) != fault.Unavailable) {
		return err
	}
	what := explained(err)
	if canceled {
		what = "Interrupted"
	}
	return fault.New(fault.Unavailable, "%s. All of the load was written, or nothing; loading the same again does what is left.", strings.TrimSuffix(what, "."))
}

// afterWriting is the error of something that failed after a load was written, so that
// nobody takes the map for what it was before.
func afterWriting(flags loadFlags, what string, err error) error {
	if flags.dryRun {
		return err
	}
	return fault.New(fault.CodeOf(err), "Everything is written, but %s: %s. Loading the same again changes nothing and looks again.", what, explained(err))
}

// checkAtom refuses a level that the store does not have, and one that needs an
// audience without one.
func checkAtom(a access.Atom, ladder access.Ladder) error {
	if _, known := ladder.Level(a.Level); !known {
		return fault.New(fault.BadInput, "there is no level %q; right is one of %s", a.Level, strings.Join(ladder.Keys(), ", "))
	}
	if level := ladder.WithoutAudience(a); level != "" {
		return fault.New(fault.BadInput, "what is %s stays with people who are named: it names no audience; right is the groups that may see it, by --audience or by audience: in the mapping", level)
	}
	return nil
}
