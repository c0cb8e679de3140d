package incidents

import (
	"context"
	"regexp"
	"runtime"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/naming"
	"github.com/open-operations/opsmap/loader/speech"
)

// Format is root cause analyses on our template.
type Format struct{}

var _ loader.Format = Format{}

// Name implements loader.Format.
func (Format) Name() string { return "root cause analyses" }

var (
	aMarkdown = regexp.MustCompile(`(?i)\.(?:md|markdown)$`)
	begins    = regexp.MustCompile(`(?im)^# (?:root cause analysis\b|rca\s*[:–—-])`)
)

// Recognises Markdown whose heading is the template's.
func (Format) Recognises(name string, head []byte) bool {
	return aMarkdown.MatchString(name) && begins.Match(head)
}

// Read implements loader.Format.
func (Format) Read(ctx context.Context, in loader.Reader, all []*loader.File) ([]*loader.Reading, error) {
	ids, err := in.Known(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[record.ID]bool, len(ids))
	for _, id := range ids {
		known[id] = true
	}
	var called []loader.Named
	if in.Called != nil {
		if called, err = in.Called(ctx); err != nil {
			return nil, err
		}
	}
	names := naming.New(called)
	tellers, err := files.SideBySide(ctx, all, runtime.GOMAXPROCS(0), func(_ int, f *loader.File) *teller {
		defer in.Tick()
		return one(in, f, known, names)
	})
	if err != nil {
		return nil, err
	}
	if err := newKeys(in, known).give(ctx, tellers); err != nil {
		return nil, err
	}
	out := make([]*loader.Reading, len(tellers))
	for i, t := range tellers {
		t.out.Pack(in.Catalog, all[i].Prior)
		out[i] = t.out
	}
	return out, nil
}

// one reads a file; the key of its story is provisional.
func one(in loader.Reader, f *loader.File, known map[record.ID]bool, names *naming.Index) *teller {
	data, problem := files.Text(f)
	if problem != nil {
		return &teller{out: &loader.Reading{Problems: loader.Problems{*problem}}}
	}
	t := &teller{Speaker: speech.New(in, f, "REPORT"), in: in, known: known, names: names, a: read(data), out: &loader.Reading{Prose: true}}
	t.tell()
	return t
}
