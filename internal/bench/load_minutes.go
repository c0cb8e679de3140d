package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/bench/data"
)

// A community's minutes, and more than any has.
const (
	fewMinutes  = 900
	manyMinutes = 5000
)

// loadMinutes loads folders of minutes by the command that people use, from its start
// to its end: read, compared, written.
func (b *bench) loadMinutes(ctx context.Context) error {
	if b.loads == 0 || b.only != "" {
		return nil
	}
	for _, load := range []struct{ files, times int }{{fewMinutes, b.loads}, {manyMinutes, 1}} {
		folder := filepath.Join(b.dir, fmt.Sprint("minutes-", load.files))
		if err := writeMinutes(folder, load.files); err != nil {
			return err
		}
		var took []float64
		most, records := 0, ""
		for range load.times {
			store := filepath.Join(b.dir, "minutes.db")
			if err := removeStore(store); err != nil {
				return err
			}
			say("loading %d files of minutes", load.files)
			begun := time.Now()
			cmd := exec.CommandContext(ctx, b.binary, "load", "--level", "clear", "--store", "file:"+store, folder)
			var told strings.Builder
			cmd.Stderr = &told
			if err := cmd.Run(); err != nil {
				return fmt.Errorf("opsmap load: %w\n%s", err, &told)
			}
			took = append(took, time.Since(begun).Seconds())
			most = max(most, peakOf(cmd.ProcessState))
			records = madeIn(told.String())
		}
		b.report.minutes(load.files, records, median(took), most)
	}
	return nil
}

func writeMinutes(folder string, files int) error {
	for name, text := range data.Minutes(files) {
		path := filepath.Join(folder, filepath.FromSlash(name))
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600))
		if err != nil {
			return err
		}
	}
	return nil
}

// madeIn is how many records a load says that it created.
func madeIn(told string) string {
	before, _, _ := strings.Cut(told, " created, ")
	return before[strings.LastIndexAny(before, " \n")+1:]
}

// minutes is a row of the table of minutes.
func (r *report) minutes(files int, records string, seconds float64, peak int) {
	say("%d files of minutes: %.2f s, %d MiB", files, seconds, peak)
	aim := ""
	if files == fewMinutes {
		aim = " (under 5)"
	}
	r.read = append(r.read, fmt.Sprintf("| %d | %s | %.2f%s | %d |", files, records, seconds, aim, peak))
}
