// Command bench measures opsmap against what it could be at best and against what
// people use instead, in one run on one machine, and writes the ratios into
// docs/benchmarks.md. Run it by make bench and make bench-peers.
//
// Every subject is a process of its own that answers over HTTP; this one only
// asks, with eight connections. Rounds of all subjects are interleaved and the
// median counts, so that a busy machine is busy for all of them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

// options are the command line.
type options struct {
	// as makes the process a subject: byhand or limit.
	as string
	// answers, uri: what those subjects need.
	answers, uri string
	peers        bool
	million      bool
	only         string
	keep         bool
	stores       string
	rounds       int
	loads        int
	during       time.Duration
	report       string
	neo4j        string
}

func main() {
	var o options
	flag.StringVar(&o.as, "as", "", "be a subject instead: byhand or limit (for the benchmark's own use)")
	flag.StringVar(&o.answers, "answers", "", "of -as limit: the file with what to answer")
	flag.StringVar(&o.uri, "uri", "", "of -as byhand: the address of Neo4j")
	flag.BoolVar(&o.peers, "peers", false, "measure @neo4j/graphql and PostGraphile too")
	flag.BoolVar(&o.million, "million", false, "measure a store of a million records only")
	flag.StringVar(&o.only, "only", "", "shapes to measure, such as AD (default: all)")
	flag.BoolVar(&o.keep, "keep", false, "take the Neo4j of -neo4j as it is: it holds the community already")
	flag.StringVar(&o.stores, "stores", "", "a folder that keeps the files of the embedded engine for the next run; with -loads 0")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds; the median counts")
	flag.IntVar(&o.loads, "loads", 3, "how often loading is measured; 0 only fills the stores")
	flag.DurationVar(&o.during, "for", 700*time.Millisecond, "how long a subject is asked one shape in a round")
	flag.StringVar(&o.report, "report", filepath.Join("docs", "benchmarks.md"), "the file that gets the numbers; empty: standard output only")
	flag.StringVar(&o.neo4j, "neo4j", os.Getenv("OPSMAP_BENCH_NEO4J_URI"), "a Neo4j without login that may be EMPTIED; default: one of its own")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := o.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func (o options) run(ctx context.Context) error {
	switch o.as {
	case "byhand":
		return serveByHand(ctx, o.uri)
	case "limit":
		return serveLimit(ctx, o.answers)
	case "":
	default:
		return fmt.Errorf("-as %s: right is byhand or limit", o.as)
	}
	dir, err := os.MkdirTemp("", "opsmap-bench-")
	if err != nil {
		return err
	}
	if o.stores == "" {
		o.stores = dir
	}
	b := &bench{options: o, dir: dir, report: newReport()}
	err = b.all(ctx)
	b.close()
	return errors.Join(err, os.RemoveAll(dir))
}

// say tells on standard error how far it is.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
