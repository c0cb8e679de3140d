package calendars

import (
	"context"
	"path"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
)

// Format is iCalendar.
type Format struct{}

var _ loader.Format = Format{}

// Name implements loader.Format.
func (Format) Name() string { return "calendars" }

// Recognises files by their extension.
func (Format) Recognises(name string, _ []byte) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".ics" || ext == ".ical"
}

// Read implements loader.Format.
func (Format) Read(ctx context.Context, in loader.Reader, all []*loader.File) ([]*loader.Reading, error) {
	known, err := in.Known(ctx)
	if err != nil {
		return nil, err
	}
	return files.Each(ctx, in, all, func(_ int, f *loader.File) *loader.Reading { return one(in, f, known) })
}

// folds are where a line goes on in the next one.
var folds = strings.NewReplacer("\r\n ", "", "\n ", "", "\r\n\t", "", "\n\t", "")

// textOf is the text of a calendar. Programs fold lines within a letter of several
// bytes, which RFC 5545 lets them (3.1): it is text when the lines are joined.
func textOf(f *loader.File) ([]byte, *loader.Problem) {
	data, problem := files.Text(f)
	if problem == nil || problem.Line == 0 {
		return data, problem
	}
	data, err := f.Content()
	if err != nil || files.NotText([]byte(folds.Replace(string(data)))) != nil {
		return nil, problem
	}
	return []byte(strings.TrimPrefix(string(data), "\ufeff")), nil
}

const rightCalendar = "right is a calendar from BEGIN:VCALENDAR to END:VCALENDAR (RFC 5545)"

func one(in loader.Reader, f *loader.File, known []record.ID) *loader.Reading {
	out := &loader.Reading{}
	data, problem := textOf(f)
	if problem != nil {
		return &loader.Reading{Problems: loader.Problems{*problem}}
	}
	c := parse(string(data))
	switch {
	case !c.begun:
		out.Problems = append(out.Problems, loader.Problem{File: f.Name, Line: 1, Message: "is no calendar", Hint: rightCalendar})
	case c.open > 0:
		out.Problems = append(out.Problems, loader.Problem{File: f.Name, Line: c.open, Message: "what begins here does not end: the file is cut off", Hint: rightCalendar})
	}
	if len(out.Problems) > 0 {
		return out
	}
	r := &reader{zones: c.zonesOf(), now: in.Now, left: mostOfAll, days: mostDays, steps: mostSteps}
	r.warn = func(line int, message, hint string) {
		out.Warnings = append(out.Warnings, loader.Problem{File: f.Name, Line: line, Message: message, Hint: hint})
	}
	s := newSayer(in, f, known)
	for _, e := range r.events(c) {
		s.say(e)
	}
	out.Say = s.All()
	return out
}
