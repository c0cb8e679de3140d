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
	text, problem := files.Text(f)
	if problem != nil {
		return refuse(*problem)
	}
	whole, err := minutes.Parse(f.Place, text)
	if err != nil {
		return refuse(loader.Problem{Message: err.Error(), Hint: files.RightText})
	}
	if p := label(in, f, whole); p != nil {
		return refuse(*p)
	}
	parts, problem := cutOf(in, f, text)
	if problem != nil {
		return refuse(*problem)
	}
	speaker, reading := readPart(ctx, in, parts.open, key, nil)
	if speaker == nil && len(parts.parts) > 0 && len(reading.Problems) == 0 {
		// All that makes it minutes is in its stricter sections.
		all := parts.parts[0].file
		for _, part := range parts.parts[1:] {
			all = strict(f, all, part.file.Class)
		}
		speaker, reading = readPart(ctx, in, document{file: all, text: text}, key, nil)
		parts.parts = nil
	}
	for _, part := range parts.parts {
		if speaker == nil {
			break
		}
		_, more := readPart(ctx, in, part, key, speaker)
		reading.Say = append(reading.Say, more.Say...)
		reading.Problems, reading.Warnings = append(reading.Problems, more.Problems...), append(reading.Warnings, more.Warnings...)
	}
	if len(reading.Problems) > 0 {
		return &loader.Reading{Problems: reading.Problems}
	}
	return reading
}

// readPart reads a part of a file; of is who speaks for the rest of it, nil for the
// rest itself. There is no speaker for what is no minutes.
func readPart(ctx context.Context, in loader.Reader, d document, key string, of *speaker) (*speaker, *loader.Reading) {
	doc, err := minutes.Parse(d.file.Place, d.text)
	if err != nil {
		return nil, &loader.Reading{Problems: loader.Problems{{File: d.file.Name, Message: err.Error(), Hint: files.RightText}}}
	}
	if of == nil && doc.Date == "" && len(doc.Participants) == 0 {
		return nil, &loader.Reading{Passed: "it has neither a date nor participants, so it is no minutes"}
	}
	if named := namedMeeting(doc, doc.Meetings[0].Line); named != "" && of == nil {
		key = named
	}
	s := newSpeaker(in, d, doc, key)
	s.of = of
	said, err := s.say(ctx, in)
	if err != nil {
		return nil, &loader.Reading{Problems: loader.Problems{{File: d.file.Name, Message: "the records it names could not be looked up: " + err.Error(), Hint: "try again"}}}
	}
	reading := &loader.Reading{Prose: true, Say: said, Problems: s.problems}
	if s.named > 0 {
		reading.Warnings = append(reading.Warnings, loader.Problem{
			File: d.file.Name, Line: d.at(s.named), Message: "people are named under the Chatham House Rule; their names are left out of what was said",
			Hint: "--allow-handles keeps them",
		})
	}
	return s, reading
}
