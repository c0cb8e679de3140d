package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/record"
)

// postgres starts a PostgreSQL of the benchmark's own and fills it; it gives its
// address for clients.
func (b *bench) postgres(ctx context.Context) (string, error) {
	initdb, err := postgresTool("initdb")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(b.dir, "postgres")
	if err := makeOwnDir(dir); err != nil {
		return "", err
	}
	if err := writeCSV(dir); err != nil {
		return "", err
	}
	say("starting PostgreSQL")
	cluster := filepath.Join(dir, "data")
	if out, err := unprivileged(exec.CommandContext(ctx, initdb, "-D", cluster, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")).CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w\n%s", err, out)
	}
	addr, err := freeAddr()
	if err != nil {
		return "", err
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	server, err := postgresTool("postgres")
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, server, "-D", cluster, "-h", host, "-p", port, "-k", "", "-c", "shared_buffers=512MB")
	if _, err := b.start(ctx, "PostgreSQL", addr, unprivileged(cmd)); err != nil {
		return "", err
	}
	url := fmt.Sprintf("postgres://bench@%s/postgres", addr)
	return url, b.fillPostgres(ctx, dir, url)
}

func (b *bench) fillPostgres(ctx context.Context, dir, url string) error {
	psql, err := postgresTool("psql")
	if err != nil {
		return err
	}
	script, err := filepath.Abs(filepath.Join(peersDir, "postgraphile", "schema.sql"))
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, psql, "-q", "-v", "ON_ERROR_STOP=1", "-f", script, url)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("filling PostgreSQL: %w\n%s", err, out)
	}
	return nil
}

// postgresTool finds a program of PostgreSQL, which Debian keeps out of the path.
func postgresTool(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL's " + name + " is not there; on Debian: apt-get install postgresql")
	}
	return slices.Max(found), nil
}

// columns of the tables, after the key.
var columns = map[string]func(s *record.Statement) []any{
	"Layer":    func(s *record.Statement) []any { return []any{s.Fields["name"]} },
	"Provider": func(s *record.Statement) []any { return []any{s.Fields["name"]} },
	"Person":   func(s *record.Statement) []any { return []any{s.Fields["name"]} },
	"Practice": func(s *record.Statement) []any { return []any{s.Fields["title"], s.Fields["summary"]} },
	"Topic": func(s *record.Statement) []any {
		return []any{s.Fields["title"], s.Fields["summary"], s.Fields["votes"], end(s, "parent"), end(s, "raisedBy")}
	},
	"PortabilityNote": func(s *record.Statement) []any {
		return []any{s.Fields["verdict"], s.Fields["observedOn"], end(s, "practice"), end(s, "from"), end(s, "to")}
	},
}

// pairs are the links that have a table of their own.
var pairs = map[string]struct{ typ, link string }{
	"practice_layer": {"Practice", "layers"}, "topic_practice": {"Topic", "practices"},
}

func end(s *record.Statement, link string) any {
	if len(s.Links[link]) == 0 {
		return nil
	}
	return s.Links[link][0].Key
}

// writeCSV writes a file for each table.
func writeCSV(dir string) error {
	rows := map[string][][]string{}
	for s := range data.Of(1).Statements() {
		if of := columns[s.ID.Type]; of != nil {
			row := []string{s.ID.Key}
			for _, v := range of(&s) {
				row = append(row, text(v))
			}
			rows[s.ID.Type] = append(rows[s.ID.Type], row)
		}
		for name, pair := range pairs {
			if pair.typ != s.ID.Type {
				continue
			}
			for _, to := range s.Links[pair.link] {
				rows[name] = append(rows[name], []string{s.ID.Key, to.Key})
			}
		}
	}
	for name, all := range rows {
		if err := writeRows(filepath.Join(dir, name+".csv"), all); err != nil {
			return err
		}
	}
	return nil
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func writeRows(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(csv.NewWriter(f).WriteAll(rows), f.Close())
}
