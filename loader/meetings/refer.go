package meetings

import (
	"context"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// refer finds out which of the records that the file names by their keys others have
// described. Of these it says what came of them at the meeting, and not what they are:
// minutes that were written into a skeleton leave its records as they are.
func (s *speaker) refer(ctx context.Context, in loader.Reader) error {
	described := map[record.ID]bool{}
	prior := s.File.Prior.Of()
	for i := range prior {
		p := &prior[i]
		_, titled := p.Fields["title"]
		_, texted := p.Fields["text"]
		described[p.ID] = described[p.ID] || titled || texted
	}
	var ids []record.ID
	add := func(id record.ID) {
		if !described[id] {
			ids = append(ids, id)
		}
	}
	// Those of a stricter section are the meetings of the file, of which it says nothing.
	for i := range s.doc.Meetings {
		if s.of == nil && namedMeeting(s.doc, s.doc.Meetings[i].Line) != "" {
			add(s.meetings[i])
		}
	}
	for _, e := range s.entries {
		if e.named != "" {
			add(e.id())
		}
	}
	if len(ids) == 0 || in.Has == nil {
		return nil
	}
	var err error
	s.refers, err = in.Has(ctx, ids)
	return err
}
