// Command neo4j runs Neo4j Community on this machine without a container, for trying opsmap on it. `make neo4j` calls it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	neo4jdev "github.com/open-operations/opsmap/dev/neo4j"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "neo4j:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var o neo4jdev.Options
	flags := flag.NewFlagSet("neo4j", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.Addr, "addr", "127.0.0.1:7687", "where Bolt listens; port 0 takes a free one")
	flags.StringVar(&o.DataDir, "data", "", "folder of the database (default: in the user's data folder)")
	flags.StringVar(&o.Password, "password", "", "password of the user neo4j (default: no login)")
	flags.BoolVar(&o.KeepPlans, "keep-plans", false, "plan each statement once and for all, for a server that tests use")
	check := flags.Bool("check", false, "only say which Neo4j the tests would use; fails in CI where there is none")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q: see -help", flags.Arg(0))
	}
	if *check {
		return outlook(ctx, stdout)
	}
	return serve(ctx, o, stdout, stderr)
}

func outlook(ctx context.Context, stdout io.Writer) error {
	how, err := neo4jdev.Outlook(ctx)
	switch {
	case err == nil:
		_, err = fmt.Fprintln(stdout, "Neo4j tests run on:", how)
	case !neo4jdev.Required():
		_, err = fmt.Fprintln(stdout, "Neo4j tests are SKIPPED:", err)
	}
	return err
}

func serve(ctx context.Context, o neo4jdev.Options, stdout, stderr io.Writer) error {
	if o.DataDir == "" {
		dir, err := userDataDir()
		if err != nil {
			return err
		}
		o.DataDir = filepath.Join(dir, "opsmap", "neo4j-"+neo4jdev.Version)
	}
	if _, err := fmt.Fprintf(stderr, "starting Neo4j %s, data in %s (the first time fetches 118 MB)\n",
		neo4jdev.Version, o.DataDir); err != nil {
		return err
	}
	s, err := neo4jdev.Start(ctx, o)
	if err != nil {
		return err
	}
	defer s.Stop()
	if _, err := fmt.Fprintln(stdout, howToUse(s)); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case <-s.Done():
		if ctx.Err() != nil { // Ctrl-C reaches the JVM too
			return nil
		}
		return errors.New("the server ended by itself; its log is in logs/debug.log of the data folder")
	}
}

func howToUse(s *neo4jdev.Server) string {
	login := ""
	if s.Password != "" {
		login = "OPSMAP_NEO4J_USER=" + s.User + " OPSMAP_NEO4J_PASSWORD=… "
	}
	return fmt.Sprintf("Neo4j %s answers. In another terminal:\n\n  %sOPSMAP_STORE=%s bin/opsmap serve\n\nCtrl-C ends it.",
		s.Version, login, s.URI)
}

// userDataDir has no equal in the standard library.
func userDataDir() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	if dir := os.Getenv("LocalAppData"); runtime.GOOS == "windows" && dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the data (%w): name one with -data", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support"), nil
	}
	return filepath.Join(home, ".local", "share"), nil
}
