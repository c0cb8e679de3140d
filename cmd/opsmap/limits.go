package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/spf13/cobra"
)

// limits are what one request and all of them together may ask; docs/limits.md
// says what each is for. 0 is the default.
type limits struct {
	graph.DocumentLimits
	compile.Limits
	Answer, Body, Operations, Waiting, Subscriptions int
}

// limit is one of them with its name; the variable is OPSMAP_ and the name in
// capitals.
type limit struct {
	name  string
	into  *int
	usage string
}

func (l *limits) all() []limit {
	return []limit{
		{"max-body", &l.Body, "bytes of a request (default 1048576)"},
		{"max-tokens", &l.Tokens, "tokens of a document (default 10000)"},
		{"max-aliases", &l.Aliases, "renamed fields of a document (default 100)"},
		{"max-directives", &l.Directives, "directives of a document (default 100)"},
		{"max-fragments", &l.Fragments, "fragments of a document (default 64)"},
		{"max-root-fields", &l.RootFields, "root fields of an operation (default 50)"},
		{"max-fields", &l.Fields, "fields of an operation with its fragments spread (default 1000)"},
		{"max-depth", &l.Depth, "levels of nested fields (default 15)"},
		{"max-page", &l.Page, "records that first or last may ask (default 100)"},
		{"max-cost", &l.Cost, "cost of an operation (default 250000)"},
		{"max-answer", &l.Answer, "bytes of an answer (default 16777216)"},
		{"max-operations", &l.Operations, "operations that run at once (default 64)"},
		{"max-waiting", &l.Waiting, "operations that wait for others to end (default 256)"},
		{"max-subscriptions", &l.Subscriptions, "subscriptions that are followed at once (default 256)"},
		{"document-cache", &l.Cache, "bytes that valid documents take in memory, and again persisted queries (default 16777216)"},
	}
}

func (l limit) variable() string {
	return "OPSMAP_" + strings.ToUpper(strings.ReplaceAll(l.name, "-", "_"))
}

// flags makes a flag of each, whose default comes from the environment.
func (l *limits) flags(cmd *cobra.Command) {
	for _, one := range l.all() {
		cmd.Flags().IntVar(one.into, one.name, *one.into, one.usage)
	}
}

// read takes what the environment says, for commands that have no flags for it too.
func (l *limits) read(env func(string) (string, bool)) error {
	for _, one := range l.all() {
		value, given := env(one.variable())
		if !given || value == "" {
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			return usageError{fmt.Errorf("%s is %q; right is a whole number from 1 up", one.variable(), value)}
		}
		*one.into = n
	}
	return nil
}

// check refuses what is no limit; a flag that was not given is 0.
func (l *limits) check() error {
	for _, one := range l.all() {
		if *one.into < 0 {
			return usageError{fmt.Errorf("--%s and %s are whole numbers from 1 up, not %d", one.name, one.variable(), *one.into)}
		}
	}
	return nil
}

// face is the configuration of the GraphQL face under these limits.
func (l *limits) face(deadline time.Duration) graph.Config {
	l.Selections = l.Fields
	return graph.Config{
		Deadline: deadline, Document: l.DocumentLimits, Limits: l.Limits,
		MaxAnswer: l.Answer, MaxBody: int64(l.Body), Operations: l.Operations, Waiting: l.Waiting, Subscriptions: l.Subscriptions,
	}
}
