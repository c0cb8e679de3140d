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

// Read reads all files. said is what the store has of the sources with the Prefixes.
func (l *Load) Read(ctx context.Context, said []record.Packed) (*Result, error) {
	r := &reader{Load: l, current: l.sources(), prior: byOwner(said), keep: map[string]bool{}, replace: map[string]bool{}, taken: map[string]taken{}, formerly: map[string]string{}, became: map[string]string{}}
	r.out = NewResult(l.config.Catalog, &record.Changeset{})
	r.out.Problems = append(slices.Clone(l.set.Problems), l.problems...)
	in := r.input()
	var venues []record.ID
	if l.config.Venues != nil {
		var err error
		if venues, err = l.config.Venues(ctx); err != nil {
			return nil, err
		}
	}
	r.renamed()
	paths := l.paths()
	if l.config.Mapping != nil {
		r.out.Warnings = l.config.Mapping.Idle(paths)
	}
	for i, format := range l.config.Formats {
		in.Venues = loader.Venues(l.config.Catalog, r.out.Statements(r.mayBeVenue), venues)
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

// input is what the formats read with.
func (r *reader) input() loader.Reader {
	in := loader.Reader{Catalog: r.config.Catalog, Ladder: r.config.Ladder, AllowHandles: r.config.AllowHandles, Now: r.config.Now, Has: r.config.Has, Done: r.progress()}
	in.Known = r.known(once(r.config.Known))
	if r.config.Called != nil {
		in.Called = r.called(once(r.config.Called))
	}
	if r.config.SaidOf != nil {
		in.Elsewhere = r.elsewhere
	}
	return in
}

// seriesAreThere refuses a mapping that gives files a series that neither the store
// nor the load has: the load could not be written.
func (r *reader) seriesAreThere(ctx context.Context, paths []string) error {
	if r.config.Mapping == nil {
		return nil
	}
	missing := r.config.Mapping.Series(paths)
	for id := range r.out.Changeset.Subjects() {
		if id.Type == "Series" {
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

// called are the records of the store with their names, and those that formats before
// have read.
func (r *reader) called(stored func(context.Context) ([]loader.Named, error)) func(context.Context) ([]loader.Named, error) {
	return func(ctx context.Context) ([]loader.Named, error) {
		all, err := stored(ctx)
		all = slices.Clip(all)
		for s := range r.out.Statements(func(p *record.Packed) bool { return loader.IsCalled(p.ID.Type) }) {
			all = append(all, loader.NamedBy(s))
		}
		return all, err
	}
}

// once asks f when it is first needed, and gives what it told from then on.
func once[T any](f func(context.Context) ([]T, error)) func(context.Context) ([]T, error) {
	var all []T
	var err error
	var asked sync.Once
	return func(ctx context.Context) ([]T, error) {
		asked.Do(func() { all, err = f(ctx) })
		return all, err
	}
}

// owner is the source of a file, of which others begin with its name and #.
func owner(source string) string {
	name, _, _ := strings.Cut(source, "#")
	return name
}

// byOwner are statements by the file that said them; it puts them in that order.
func byOwner(said []record.Packed) map[string][]record.Packed {
	slices.SortStableFunc(said, func(a, b record.Packed) int { return strings.Compare(owner(a.Source), owner(b.Source)) })
	out := map[string][]record.Packed{}
	for len(said) > 0 {
		name := owner(said[0].Source)
		n := slices.IndexFunc(said, func(s record.Packed) bool { return owner(s.Source) != name })
		if n < 0 {
			n = len(said)
		}
		out[name], said = said[:n:n], said[n:]
	}
	return out
}

// reader is a load that is being read.
type reader struct {
	*Load
	prior map[string][]record.Packed
	out   *Result
	// keep are files of which nothing is retired, replace the sources that speak anew.
	keep, replace map[string]bool
	// taken are the files that speak, by their source.
	taken map[string]taken
	// current are the sources of the files of the load.
	current map[string]bool
	// formerly are the sources under which new files spoke that had another name, became
	// are theirs now.
	formerly, became map[string]string
}

func (r *reader) mayBeVenue(p *record.Packed) bool {
	return loader.MayBeVenue(r.config.Catalog, p.ID.Type)
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
		f.Prior = loader.NewPrior(r.config.Catalog, r.before(f))
		r.callAsBefore(f)
	}
	readings, err := format.Read(ctx, in, all)
	if err != nil {
		return err
	}
	more := 0
	for i, reading := range readings {
		reading.Pack(r.config.Catalog, all[i].Prior)
		more += len(reading.Packed)
	}
	r.out.Changeset.Packed = slices.Grow(r.out.Changeset.Packed, more)
	for i, reading := range readings {
		r.take(format, all[i], reading)
	}
	return nil
}

// lookedAt is how many statements of a file are looked at for what it is called: nearly
// every one says.
const lookedAt = 8

// callAsBefore keeps what the sources of a file are called: whoever loads a folder in
// another, or a file alone, means the same file.
func (r *reader) callAsBefore(f *loader.File) {
	prior := r.prior[f.Source]
	if r.config.Collection != "" {
		return
	}
	for i := range prior[:min(len(prior), lookedAt)] {
		for _, s := range loader.NewPrior(r.config.Catalog, prior[i:i+1]).Of() {
			from := loader.CitedBy(&s)
			if from.Path == "" {
				continue
			}
			if strings.HasSuffix(f.Place, "/"+from.Address+"/"+from.Path) {
				f.Collection, f.Path = from.Address, from.Path
			}
			return
		}
	}
}

// take takes a file, or leaves it as it was.
func (r *reader) take(format loader.Format, f *loader.File, reading *loader.Reading) {
	for _, w := range reading.Warnings {
		if w.File == "" {
			w.File = f.Name
		}
		r.out.Warnings = append(r.out.Warnings, w)
	}
	if len(reading.Problems) > 0 {
		r.out.Problems = append(r.out.Problems, reading.Problems...)
		r.keep[f.Source], r.keep[r.formerly[f.Source]] = true, true
		return
	}
	r.replace[f.Source] = true
	for _, source := range append(r.names.repeated(f.Source), f.Source) {
		for _, said := range r.prior[source] {
			r.replace[said.Source] = true
		}
	}
	if reading.Passed != "" {
		r.out.Passed = append(r.out.Passed, loader.Problem{File: f.Name, Message: reading.Passed})
		return
	}
	r.out.Read[format.Name()]++
	r.taken[f.Source] = taken{f.Name, format.Name()}
	c := r.out.Changeset
	c.Packed, c.Say = append(c.Packed, reading.Packed...), append(c.Say, reading.Say...)
	r.out.prose[f.Source] = reading.Prose
}
