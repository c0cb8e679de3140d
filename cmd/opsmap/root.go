package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/schema"
	"github.com/spf13/cobra"
)

// program is what the commands share.
type program struct {
	streams
	env     func(string) (string, bool)
	catalog *schema.Catalog
	config  config
	// mistaken is what is wrong with the environment, said once a command runs.
	mistaken error
	// audit is the log of --audit, once it is open.
	audit *audit.Log
}

// config is what flags and OPSMAP_* variables say; a flag goes before a variable.
type config struct {
	Addr           string
	AllowedHosts   []string
	AllowedOrigins []string
	As             string
	Audit          string
	Catalogue      string
	ContributeURL  string
	Deadline       string
	Limits         limits
	Neo4jDatabase  string
	Neo4jPassword  string
	Neo4jUser      string
	Now            string
	Store          string
}

const defaultContributeURL = "https://github.com/open-operations/opsmap/issues/new?template=portability-note.yml"

func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "opsmap",
		Short: "A queryable map of cloud operations",
		Long: `opsmap answers which operations practices port across providers, which are
harder and why, what may be said where, and what to talk about next.

The flags below and those of opsmap serve can be given as variables too:
--neo4j-user is OPSMAP_NEO4J_USER. The password of Neo4j is a variable only,
OPSMAP_NEO4J_PASSWORD. OPSMAP_CONTRIBUTE_URL is the form that answers lead to
where the map says UNKNOWN.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
		PersistentPreRunE: func(*cobra.Command, []string) error { return p.load() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	p.storeFlags(root)
	p.mistaken = p.config.Limits.read(p.env)
	root.AddCommand(
		p.serveCommand(), p.queryCommand(), p.explainCommand(), p.loadCommand(), p.linksCommand(), p.exportCommand(), p.minutesCommand(), p.templateCommand(),
		p.checkCommand(), p.schemaCommand(), p.tokenCommand(), p.planCommand(), p.documentCommand(), p.feedCommand(), p.versionCommand(),
	)
	usageArgsOf(root)
	return root
}

// storeFlags are those of every command; their defaults come from the environment.
func (p *program) storeFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	text := func(into *string, name, variable, fallback, usage string) {
		if value, given := p.env(variable); given && value != "" {
			fallback = value
		}
		flags.StringVar(into, name, fallback, usage)
	}
	text(&p.config.Store, "store", "OPSMAP_STORE", "",
		"where the map is kept: file:PATH, memory:, or an address of Neo4j such as neo4j://localhost:7687 (default: a file in your data directory)")
	text(&p.config.Audit, "audit", "OPSMAP_AUDIT", "", "file to which a line of JSON is appended for everything that is asked or written (default: none)")
	text(&p.config.Catalogue, "catalogue", "OPSMAP_CATALOGUE", "", "the catalogue to load at start: a folder of YAML files, or none (default: the one that ships)")
	text(&p.config.Neo4jUser, "neo4j-user", "OPSMAP_NEO4J_USER", "neo4j", "user of Neo4j")
	text(&p.config.Neo4jDatabase, "neo4j-database", "OPSMAP_NEO4J_DATABASE", "neo4j", "database of Neo4j")
	text(&p.config.Deadline, "deadline", "OPSMAP_DEADLINE", "10s", "how long one operation may take")
	text(&p.config.Now, "now", "OPSMAP_NOW", "", "a fixed clock for tests, for example 2026-11-24T18:00:00Z")
	// A password on the command line would be seen by every user of the machine.
	p.config.Neo4jPassword, _ = p.env("OPSMAP_NEO4J_PASSWORD")
	p.config.ContributeURL = defaultContributeURL
	if value, given := p.env("OPSMAP_CONTRIBUTE_URL"); given && value != "" {
		p.config.ContributeURL = value
	}
}

// usageArgsOf makes wrong arguments usage errors, in a command and those below it.
func usageArgsOf(cmd *cobra.Command) {
	cmd.Args = usageArgs(cmd.Args)
	for _, c := range cmd.Commands() {
		usageArgsOf(c)
	}
}

// usageArgs turns cobra's complaints about arguments into usage errors.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			if cmd.HasParent() {
				err = fmt.Errorf("%s: %w", strings.TrimPrefix(cmd.CommandPath(), "opsmap "), err)
			}
			return usageError{err}
		}
		return nil
	}
}

// load reads the model and checks what every command relies on.
func (p *program) load() error {
	if p.mistaken != nil {
		return p.mistaken
	}
	if err := p.config.Limits.check(); err != nil {
		return err
	}
	if _, err := p.now(); err != nil {
		return usageError{err}
	}
	catalog, err := schema.Load()
	if err != nil {
		return fmt.Errorf("the model that is built in is wrong:\n%w", err)
	}
	p.catalog = catalog
	return p.openAudit()
}

// now is the clock: the machine's, or the one that --now fixed.
func (p *program) now() (func() time.Time, error) {
	if p.config.Now == "" {
		return time.Now, nil
	}
	t, err := time.Parse(time.RFC3339, p.config.Now)
	if err != nil {
		return nil, errors.New("OPSMAP_NOW is " + p.config.Now + "; right is an instant such as 2026-11-24T18:00:00Z")
	}
	return func() time.Time { return t }, nil
}

func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// openAudit opens the log that --audit names. It stays open until the program
// ends.
func (p *program) openAudit() error {
	if p.config.Audit == "" {
		return nil
	}
	now, err := p.now()
	if err != nil {
		return err
	}
	p.audit, _, err = audit.Open(p.config.Audit, now)
	return err
}
