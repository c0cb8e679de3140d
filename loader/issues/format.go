package issues

import (
	"context"
	"errors"
	"path"
	"strings"
	"sync"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/mapping"
	"github.com/open-operations/opsmap/loader/naming"
	"github.com/open-operations/opsmap/loader/speech"
)

// Format is issues of GitHub as JSON.
type Format struct {
	// Rules say what labels and reactions mean.
	Rules mapping.Issues
}

var _ loader.Format = Format{}

// Name implements loader.Format.
func (Format) Name() string { return "GitHub issues" }

// Recognises JSON by its extension; whether it is issues is seen when it has been
// read.
func (Format) Recognises(name string, _ []byte) bool {
	return strings.EqualFold(path.Ext(name), ".json")
}

// Read implements loader.Format. A file is read and let go of before the next.
func (f Format) Read(ctx context.Context, in loader.Reader, all []*loader.File) ([]*loader.Reading, error) {
	known, err := in.Known(ctx)
	if err != nil {
		return nil, err
	}
	l := &labels{rules: f.Rules, ladder: in.Ladder, catalog: in.Catalog, known: map[record.ID]bool{}}
	for _, id := range known {
		l.known[id] = true
	}
	if in.Called != nil {
		l.called = sync.OnceValues(func() (*naming.Index, error) {
			all, err := in.Called(ctx)
			return naming.New(all), err
		})
	}
	return files.InTurn(ctx, in, all, func(_ int, file *loader.File) *loader.Reading { return l.file(in, file) })
}

// file reads one file.
func (l *labels) file(in loader.Reader, f *loader.File) *loader.Reading {
	data, problem := files.Text(f)
	if problem != nil {
		return &loader.Reading{Problems: loader.Problems{*problem}}
	}
	found, err := decode(data)
	if errors.Is(err, errNoIssues) {
		return &loader.Reading{Passed: errNoIssues.Error() + " of GitHub"}
	}
	if err != nil {
		p, _ := errors.AsType[loader.Problem](err)
		p.File = f.Name
		return &loader.Reading{Problems: loader.Problems{p}}
	}
	return l.say(in, f, found)
}

// say says what issues say.
func (l *labels) say(in loader.Reader, f *loader.File, found []*issue) *loader.Reading {
	s := &speaker{Speaker: speech.New(in, f, "ISSUE"), labels: l, seen: map[record.ID]bool{}, offers: map[record.ID]*issue{}}
	r := &loader.Reading{Prose: true}
	for _, i := range found {
		if i.pull {
			continue
		}
		i.at(f)
		m, p := l.read(i)
		if p != nil {
			p.File, p.Line = f.Name, i.line
			r.Problems = append(r.Problems, *p)
			continue
		}
		if m.skip {
			continue
		}
		if form := formOf(i); form != nil {
			if p := s.contribution(i, form, &m); p != nil {
				p.File, p.Line = f.Name, i.line
				r.Warnings = append(r.Warnings, *p)
			}
			continue
		}
		if i.isNote() && !i.closed {
			r.Warnings = append(r.Warnings, loader.Problem{
				File: f.Name, Line: i.line, Message: i.name() + " calls itself a portability note, and holds no form that can be read: it is taken for a topic",
				Hint: "right is a heading ### " + formAbout + " and a heading ### " + formVerdict + ", each with its answer below",
			})
		}
		s.topic(i, &m)
	}
	if len(r.Problems) == 0 {
		r.Say = s.All()
	}
	return r
}
