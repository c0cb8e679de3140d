package gather

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// Result is what a load says.
type Result struct {
	// Changeset without an actor and a time.
	Changeset *record.Changeset
	// Prose are those of its statements in whose words links are to be looked for.
	Prose []record.Statement
	// Dropped is what files said and say no more.
	Dropped []record.Retirement
	// Read are the numbers of files that were taken, by the name of their format.
	Read map[string]int
	// Passed are files that are none of a format after all, with the reason.
	Passed loader.Problems
	// Problems keep their files from being taken, Warnings do not.
	Problems, Warnings loader.Problems
}

// Read reads all files. said is what the store has of the sources with the Prefixes.
func (l *Load) Read(ctx context.Context, said []record.Statement) (*Result, error) {
	r := &reader{Load: l, prior: map[string][]record.Statement{}, keep: map[string]bool{}, replace: map[string]bool{}, taken: map[string]taken{}}
	for _, s := range said {
		r.prior[owner(s.Source)] = append(r.prior[owner(s.Source)], s)
	}
	r.out = &Result{Changeset: &record.Changeset{}, Read: map[string]int{}}
	r.out.Problems = append(slices.Clone(l.set.Problems), l.problems...)
	in := loader.Reader{Catalog: l.config.Catalog, Ladder: l.config.Ladder, AllowHandles: l.config.AllowHandles, Now: l.config.Now, Has: l.config.Has, Done: r.progress()}
	in.Known = r.known(once(l.config.Known))
	var venues []record.ID
	if l.config.Venues != nil {
		var err error
		if venues, err = l.config.Venues(ctx); err != nil {
			return nil, err
		}
	}
	paths := l.paths()
	if l.config.Mapping != nil {
		r.out.Warnings = l.config.Mapping.Idle(paths)
	}
	for i, format := range l.config.Formats {
		in.Venues = loader.Venues(l.config.Catalog, r.out.Changeset, venues)
		if err := r.read(ctx, in, format, l.byFormat[i]); err != nil {
			return nil, err
		}
	}
	if err := r.seriesAreThere(ctx, paths); err != nil {
		return nil, err
	}
	r.retire(said)
	r.dropped(said)
	if err := r.leadNowhere(ctx, said); err != nil {
		return nil, err
	}
	r.out.Changeset.Replace = slices.Sorted(maps.Keys(r.replace))
	r.out.Problems.Sort()
	r.out.Warnings.Sort()
	r.out.Passed.Sort()
	return r.out, nil
}

// seriesAreThere refuses a mapping that gives files a series that neither the store
// nor the load has: the load could not be written.
func (r *reader) seriesAreThere(ctx context.Context, paths []string) error {
	if r.config.Mapping == nil {
		return nil
	}
	missing := r.config.Mapping.Series(paths)
	for i := range r.out.Changeset.Say {
		if id := r.out.Changeset.Say[i].ID; id.Type == "Series" {
			delete(missing, id.Key)
		}
	}
	var ids []record.ID
	for _, key := range slices.Sorted(maps.Keys(missing)) {
		ids = append(ids, record.ID{Type: "Series", Key: key})
	}
	if len(ids) == 0 || r.config.Has == nil {
		return nil
	}
	have, err := r.config.Has(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !have[id] {
			return fault.New(fault.BadInput, "%s", missing[id.Key])
		}
	}
	return nil
}

// known are the records of the store and those that formats before have read.
func (r *reader) known(stored func(context.Context) ([]record.ID, error)) func(context.Context) ([]record.ID, error) {
	return func(ctx context.Context) ([]record.ID, error) {
		ids, err := stored(ctx)
		return append(slices.Clip(ids), loader.Spoken(r.out.Changeset)...), err
	}
}

// once asks f when it is first needed, and gives what it told from then on.
func once(f func(context.Context) ([]record.ID, error)) func(context.Context) ([]record.ID, error) {
	var ids []record.ID
	var err error
	var asked sync.Once
	return func(ctx context.Context) ([]record.ID, error) {
		asked.Do(func() { ids, err = f(ctx) })
		return ids, err
	}
}

// owner is the source of a file, of which others begin with its name and #.
func owner(source string) string {
	name, _, _ := strings.Cut(source, "#")
	return name
}

// reader is a load that is being read.
type reader struct {
	*Load
	prior map[string][]record.Statement
	out   *Result
	// keep are files of which nothing is retired, replace the sources that speak anew.
	keep, replace map[string]bool
	// taken are the files that speak, by their source.
	taken map[string]taken
}

func (r *reader) progress() func() {
	if r.config.Progress == nil {
		return nil
	}
	var mu sync.Mutex
	done := 0
	return func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		r.config.Progress(done, r.total)
	}
}

func (r *reader) read(ctx context.Context, in loader.Reader, format loader.Format, all []*loader.File) error {
	if len(all) == 0 {
		return nil
	}
	for _, f := range all {
		f.Prior = r.prior[f.Source]
	}
	readings, err := format.Read(ctx, in, all)
	if err != nil {
		return err
	}
	for i, reading := range readings {
		r.take(format, all[i], reading)
	}
	return nil
}

// take takes a file, or leaves it as it was.
func (r *reader) take(format loader.Format, f *loader.File, reading *loader.Reading) {
	r.out.Warnings = append(r.out.Warnings, reading.Warnings...)
	if len(reading.Problems) > 0 {
		r.out.Problems = append(r.out.Problems, reading.Problems...)
		r.keep[f.Source] = true
		return
	}
	r.replace[f.Source] = true
	for i := range f.Prior {
		r.replace[f.Prior[i].Source] = true
	}
	if reading.Passed != "" {
		r.out.Passed = append(r.out.Passed, loader.Problem{File: f.Name, Message: reading.Passed})
		return
	}
	r.out.Read[format.Name()]++
	r.taken[f.Source] = taken{f.Name, format.Name()}
	r.out.Changeset.Say = append(r.out.Changeset.Say, reading.Say...)
	if reading.Prose {
		r.out.Prose = append(r.out.Prose, reading.Say...)
	}
}
