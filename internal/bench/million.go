package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/bench/client"
	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/bench/shapes"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/record"
)

// pieceOf is how many statements are loaded at once into a large store.
const pieceOf = 50_000

// fill loads a community into a new file, piece by piece.
func (b *bench) fill(ctx context.Context, path string, size data.Size) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	e, err := embedded.Open(ctx, embedded.Config{Path: path, Catalog: b.catalog})
	if err != nil {
		return err
	}
	n := 0
	var piece []record.Statement
	flush := func() error {
		n++
		err := apply(ctx, e, fmt.Sprint("piece ", n), piece)
		piece = piece[:0]
		return err
	}
	for s := range size.Statements() {
		if piece = append(piece, s); len(piece) == pieceOf {
			if err := flush(); err != nil {
				return errors.Join(err, e.Close())
			}
		}
	}
	return errors.Join(flush(), e.Close())
}

// flat compares a look-up by key in a store with one ten times as large.
func (b *bench) flat(ctx context.Context, small *subject) error {
	path := filepath.Join(b.stores, "10.db")
	say("loading ten times as much")
	if err := b.fill(ctx, path, data.Of(10)); err != nil {
		return err
	}
	large, err := b.opsmap(ctx, "embedded, 460 k", "file:"+path)
	if err != nil {
		return err
	}
	var at [2][]float64
	for range b.options.rounds {
		for i, s := range []*subject{small, large} {
			rate, err := client.Rate(s.addr, s.requests(shapeD(data.Of([]int{1, 10}[i]))), b.during)
			if err != nil {
				return err
			}
			at[i] = append(at[i], rate)
		}
	}
	one, ten := median(at[0]), median(at[1])
	b.report.line("D on the embedded engine: %.0f answers a second from 46,060 records, %.0f from %d: %.2f.\n", one, ten, data.Of(10).Nodes(), ten/one)
	large.stop()
	return nil
}

func shapeD(size data.Size) shapes.Shape {
	all := shapes.All(size)
	return all[slices.IndexFunc(all, func(s shapes.Shape) bool { return s.Name == "D" })]
}

// measureMillion is make bench-million: a store of a million records.
func (b *bench) measureMillion(ctx context.Context) error {
	b.report.name = "make bench-million"
	size := data.Of(23)
	path := filepath.Join(b.stores, "23.db")
	say("loading %d records and %d links, which takes minutes", size.Nodes(), size.Links())
	begun := time.Now()
	if err := b.fill(ctx, path, size); err != nil {
		return err
	}
	b.report.line("A store of %d records and %d links, written in %.0f s:\n", size.Nodes(), size.Links(), time.Since(begun).Seconds())
	if err := b.changeOne(ctx, path); err != nil {
		return err
	}
	s, err := b.opsmap(ctx, "a million", "file:"+path)
	if err != nil {
		return err
	}
	b.report.line("- open and answering after %.1f s (aim: under 20), with %d MiB at most (aim: under 2048);", s.ready.Seconds(), s.memory())
	rate, err := client.Rate(s.addr, s.requests(shapeD(size)), 3*b.during)
	if err != nil {
		return err
	}
	b.report.line("- %.0f answers a second to shape D.", rate)
	return nil
}

// changeOne measures changesets of one record, each with its commit to the disk.
func (b *bench) changeOne(ctx context.Context, path string) error {
	e, err := embedded.Open(ctx, embedded.Config{Path: path, Catalog: b.catalog})
	if err != nil {
		return err
	}
	var took []float64
	for i := range 300 {
		s := record.Statement{
			Source: "person:bench", Edit: true, ID: record.ID{Type: "Topic", Key: data.Key("Topic", i*17)},
			Fields: map[string]any{"title": fmt.Sprint("Another title ", i)},
		}
		begun := time.Now()
		if err := apply(ctx, e, fmt.Sprint("one ", i), []record.Statement{s}); err != nil {
			return errors.Join(err, e.Close())
		}
		took = append(took, time.Since(begun).Seconds()*1000)
	}
	b.report.line("- a changeset of one record, with its commit: %.2f ms in the median (aim: under 2);", median(took))
	return e.Close()
}
