package gather

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// taken is a file that speaks: its name, and that of its format.
type taken struct{ name, format string }

// leadNowhere leaves out files with links to records of which nobody speaks any more
// after the load, as another file of it was deleted, or says less: they keep what they
// said before, and do not keep the others from being loaded. What is left out may be
// what others lead to.
func (r *reader) leadNowhere(ctx context.Context, said []record.Packed) error {
	if r.config.SaidOf == nil {
		return nil
	}
	left := map[record.ID]bool{}
	for len(r.out.Dropped)+len(left) > 0 {
		nowhere, err := r.nowhere(ctx, left)
		if err != nil || len(nowhere) == 0 {
			return err
		}
		r.leaveOut(nowhere, left)
		r.dropped(said)
	}
	return nil
}

// nowhere are the files with a link that leads nowhere, each with the first.
func (r *reader) nowhere(ctx context.Context, left map[record.ID]bool) (map[string]string, error) {
	dropped := maps.Clone(left)
	for _, d := range r.out.Dropped {
		dropped[d.ID] = true
	}
	for id := range r.out.Changeset.Subjects() {
		delete(dropped, id)
	}
	gone := map[record.ID]bool{}
	r.eachLink(func(_ *record.Packed, _ string, to record.ID) {
		if dropped[to] {
			gone[to] = true
		}
	})
	if len(gone) == 0 {
		return nil, nil
	}
	if err := r.spokenOfByOthers(ctx, gone); err != nil {
		return nil, err
	}
	out := map[string]string{}
	r.eachLink(func(s *record.Packed, name string, to record.ID) {
		if file := owner(s.Source); gone[to] && out[file] == "" {
			out[file] = fmt.Sprintf("%s %s: %s leads to %s %s, of which nobody speaks any more", s.ID.Type, s.ID.Key, name, to.Type, to.Key)
		}
	})
	return out, nil
}

// eachLink walks over what is said.
func (r *reader) eachLink(each func(s *record.Packed, name string, to record.ID)) {
	var decoder merge.Decoder
	for i := range r.out.Changeset.Packed {
		s := &r.out.Changeset.Packed[i]
		_ = decoder.EachLink(s.Links, func(name string, targets []record.ID) error { // it was packed here
			for _, to := range targets {
				each(s, name, to)
			}
			return nil
		})
	}
}

// spokenOfByOthers takes out of gone what somebody else still speaks of.
func (r *reader) spokenOfByOthers(ctx context.Context, gone map[record.ID]bool) error {
	ids := slices.SortedFunc(maps.Keys(gone), func(a, b record.ID) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Key, b.Key)) })
	stored, err := r.config.SaidOf(ctx, ids)
	if err != nil {
		return err
	}
	dropped := map[record.Retirement]bool{}
	for _, d := range r.out.Dropped {
		dropped[d] = true
	}
	for i := range stored {
		if s := &stored[i]; !dropped[record.Retirement{Source: s.Source, ID: s.ID}] {
			delete(gone, s.ID)
		}
	}
	return nil
}

// leaveOut makes problems of files, and notes the records they would have spoken of.
func (r *reader) leaveOut(files map[string]string, left map[record.ID]bool) {
	for _, source := range slices.Sorted(maps.Keys(files)) {
		of := r.taken[source]
		r.out.Read[of.format]--
		r.out.Problems = append(r.out.Problems, loader.Problem{
			File: of.name, Message: files[source], Hint: "right is the key of another record, or to leave it out; the file that spoke of it is gone, or says less",
		})
		r.keep[source] = true
		maps.DeleteFunc(r.replace, func(replaced string, _ bool) bool { return owner(replaced) == source })
	}
	out := func(s record.Packed) bool {
		_, is := files[owner(s.Source)]
		if is {
			left[s.ID] = true
		}
		return is
	}
	r.out.Changeset.Packed = slices.DeleteFunc(r.out.Changeset.Packed, out)
}
