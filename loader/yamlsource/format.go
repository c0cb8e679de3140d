package yamlsource

import (
	"context"

	"github.com/open-operations/opsmap/loader"
)

// Format is the format as a load meets it among others: each file speaks for
// itself, and files that are right are taken although others are not.
type Format struct{}

var _ loader.Format = Format{}

// Name implements loader.Format.
func (Format) Name() string { return "YAML" }

// Recognises files by their extension.
func (Format) Recognises(name string, _ []byte) bool { return isYAML(name) }

// Read implements loader.Format. A file with a problem is left out, and the others
// are held against each other again: one that leans on it is left out too, unless
// the store knows what it leans on.
func (Format) Read(ctx context.Context, in loader.Reader, files []*loader.File) ([]*loader.Reading, error) {
	known, err := in.Known(ctx)
	if err != nil {
		return nil, err
	}
	inputs := make([]input, len(files))
	for i, f := range files {
		inputs[i] = input{name: f.Name, path: f.Path, content: f.Content, source: f.Source, class: f.Class}
	}
	docs, err := readAll(ctx, in.Catalog, inputs, in.Tick)
	if err != nil {
		return nil, err
	}
	readings := &readings{byFile: map[string]*loader.Reading{}}
	for _, d := range docs {
		readings.add(d)
	}
	for {
		w := newWorld(loader.Input{Catalog: in.Catalog, Known: known, Ladder: in.Ladder, Venues: in.Venues, AllowHandles: in.AllowHandles}, readings.right())
		w.check()
		if !readings.blame(w.problems) {
			readings.tell(w)
			return readings.all, nil
		}
	}
}

// readings are what has been made of the files so far.
type readings struct {
	docs   []*document
	all    []*loader.Reading
	byFile map[string]*loader.Reading
}

// foreignFile says why a file is none of the map's.
const foreignFile = "it holds no section of the map, of which catalogue/README.md tells"

func (r *readings) add(d *document) {
	reading := &loader.Reading{Problems: d.problems, Warnings: d.warnings, Verbatim: true}
	if d.foreign {
		reading = &loader.Reading{Passed: foreignFile}
	}
	r.docs, r.all, r.byFile[d.file] = append(r.docs, d), append(r.all, reading), reading
}

// right are the files without problems.
func (r *readings) right() []*document {
	var out []*document
	for i, d := range r.docs {
		if len(r.all[i].Problems) == 0 && !d.foreign {
			out = append(out, d)
		}
	}
	return out
}

// blame gives problems to their files, and reports whether there were any.
func (r *readings) blame(problems loader.Problems) bool {
	blamed := false
	for _, p := range problems {
		if reading := r.byFile[p.File]; reading != nil {
			reading.Problems, blamed = append(reading.Problems, p), true
		}
	}
	return blamed
}

// tell hands over what a world without problems says.
func (r *readings) tell(w *world) {
	for _, p := range w.warnings {
		if reading := r.byFile[p.File]; reading != nil {
			reading.Warnings = append(reading.Warnings, p)
		}
	}
	state := w.speaker()
	for _, d := range w.records {
		reading := r.byFile[d.file]
		reading.Say = append(reading.Say, state(d))
	}
}
