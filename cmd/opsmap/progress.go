package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// progress tells how far something is that takes longer than a second: a bar on a
// terminal, a line now and then elsewhere.
type progress struct {
	program *program
	what    string
	started time.Time
	// bar: it goes to a terminal.
	bar bool

	mu    sync.Mutex
	told  time.Time
	shown bool
}

const (
	// patience is how long nothing is said.
	patience = time.Second
	// barEvery and lineEvery are how often it is told.
	barEvery, lineEvery = 100 * time.Millisecond, 5 * time.Second
	barWidth            = 30
)

func (p *program) progress(what string) *progress {
	return &progress{program: p, what: what, started: time.Now(), bar: isTerminal(p.err)}
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// at is told that done of total are done; a total of 0 is not known. It may be called
// from several goroutines.
func (p *progress) at(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	every := lineEvery
	if p.bar {
		every = barEvery
	}
	if now.Sub(p.started) < patience || now.Sub(p.told) < every && (done < total || total == 0) {
		return
	}
	p.told, p.shown = now, true
	switch {
	case total == 0 && p.bar:
		p.program.say("\r%d %s", done, p.what)
		return
	case total == 0:
		p.program.say("%d %s\n", done, p.what)
		return
	case !p.bar:
		p.program.say("%d of %d %s\n", done, total, p.what)
		return
	}
	full := barWidth * done / max(total, 1)
	p.program.say("\r[%s%s] %d/%d %s", strings.Repeat("#", full), strings.Repeat(" ", barWidth-full), done, total, p.what)
}

// end takes the bar away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar && p.shown {
		p.program.say("\r%s\r", fmt.Sprintf("%*s", barWidth+2+len(p.what)+24, ""))
	}
	p.shown = false
}

// during does something of which nobody knows how far it is, and says that it goes
// on.
func (p *program) during(what string, work func() error) error {
	bar := p.progress("seconds " + what)
	var ticking sync.WaitGroup
	done := make(chan struct{})
	defer func() {
		close(done)
		ticking.Wait() // the bar is nobody else's now
		bar.end()
	}()
	ticking.Go(func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case now := <-ticker.C:
				bar.at(int(now.Sub(bar.started).Seconds()), 0)
			}
		}
	})
	return work()
}
