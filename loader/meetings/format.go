package meetings

import (
	"context"
	"path"
	"strings"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/minutes"
)

// Format is Markdown minutes.
type Format struct{}

var _ loader.Format = Format{}

// Name implements loader.Format.
func (Format) Name() string { return "minutes" }

// Recognises Markdown by its extension; whether it is minutes is seen when it has
// been read.
func (Format) Recognises(name string, _ []byte) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// Read implements loader.Format.
func (Format) Read(ctx context.Context, in loader.Reader, all []*loader.File) ([]*loader.Reading, error) {
	keys := meetingKeys(all)
	return files.Each(ctx, in, all, func(i int, f *loader.File) *loader.Reading { return read(ctx, in, f, keys[i]) })
}

// read reads one file; key is that of its first meeting.
func read(ctx context.Context, in loader.Reader, f *loader.File, key string) *loader.Reading {
	refuse := func(p loader.Problem) *loader.Reading {
		p.File = f.Name
		return &loader.Reading{Problems: loader.Problems{p}}
	}
	data, problem := files.Text(f)
	if problem != nil {
		return refuse(*problem)
	}
	doc, err := minutes.Parse(f.Place, data)
	if err != nil {
		return refuse(loader.Problem{Message: err.Error(), Hint: files.RightText})
	}
	if doc.Date == "" && len(doc.Participants) == 0 {
		return &loader.Reading{Passed: "it has neither a date nor participants, so it is no minutes"}
	}
	if p := label(in, f, doc); p != nil {
		return refuse(*p)
	}
	if named := namedMeeting(doc, doc.Meetings[0].Line); named != "" {
		key = named
	}
	speaker := newSpeaker(in, f, doc, key)
	said, err := speaker.say(ctx, in)
	if err != nil {
		return refuse(loader.Problem{Message: "the records it names could not be looked up: " + err.Error(), Hint: "try again"})
	}
	if len(speaker.problems) > 0 {
		return &loader.Reading{Problems: speaker.problems}
	}
	reading := &loader.Reading{Prose: true, Say: said}
	if speaker.named > 0 {
		reading.Warnings = append(reading.Warnings, loader.Problem{
			File: f.Name, Line: speaker.named, Message: "people are named under the Chatham House Rule; their names are left out of what was said",
			Hint: "--allow-handles keeps them",
		})
	}
	return reading
}
