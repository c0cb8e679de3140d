package gather

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
)

// renamed gives files that nobody has loaded before what files said that are gone, where
// most of it stands in them word for word. A file that was renamed or moved is the same
// one: its records keep their keys, and with them what people added.
func (r *reader) renamed() {
	gone := r.goneOwners()
	if len(gone) == 0 {
		return
	}
	texts, total := r.textsOf(gone)
	var pairs []likeness
	for _, files := range r.byFormat {
		for _, f := range files {
			if len(r.prior[f.Source]) == 0 {
				pairs = append(pairs, alike(f, texts, total)...)
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b likeness) int {
		return cmp.Or(b.hits-a.hits, b.sameName()-a.sameName(), cmp.Compare(a.owner, b.owner))
	})
	given := map[string]bool{}
	for _, p := range pairs {
		if _, has := r.formerly[p.file.Source]; !has && !given[p.owner] {
			given[p.owner] = true
			r.formerly[p.file.Source], r.became[p.owner] = p.owner, p.file.Source
			r.out.Renamed[shownOwner(p.owner)] = p.file.Name
		}
	}
}

// goneOwners are the files that spoke, and are surely no longer there.
func (r *reader) goneOwners() []string {
	var out []string
	for _, file := range slices.Sorted(maps.Keys(r.prior)) {
		isFile := strings.HasPrefix(file, fileSource) || strings.HasPrefix(file, collectionSource)
		if isFile && !r.current[file] && r.speaksFor(file) && r.gone(file) {
			out = append(out, file)
		}
	}
	return out
}

// textsOf are the files that said each text, and how many each said.
func (r *reader) textsOf(files []string) (by map[string][]string, total map[string]int) {
	by, total = map[string][]string{}, map[string]int{}
	for _, file := range files {
		said := loader.NewPrior(r.config.Catalog, r.prior[file]).Of("Topic", "Session", "ActionItem", "Decision")
		for i := range said {
			words, _ := said[i].Fields["title"].(string)
			if words == "" {
				words, _ = said[i].Fields["text"].(string)
			}
			key := wordsOf(words)
			if have := by[key]; key != "" && !slices.Contains(have[max(0, len(have)-1):], file) {
				by[key] = append(have, file)
				total[file]++
			}
		}
	}
	return by, total
}

// likeness is how many of the texts of a file that is gone stand in a new one.
type likeness struct {
	file  *loader.File
	owner string
	hits  int
}

func (l likeness) sameName() int {
	if path.Base(l.owner) == path.Base(escape.Replace(l.file.Path)) {
		return 1
	}
	return 0
}

// alike are the files that may be a new one under another name: more than half of what
// one said stands in it, or nearly all where their names hold different days.
func alike(f *loader.File, texts map[string][]string, total map[string]int) []likeness {
	content, err := f.Content()
	if err != nil {
		return nil // whoever reads it says so
	}
	hits, seen := map[string]int{}, map[string]bool{}
	for line := range strings.Lines(string(content)) {
		key := wordsOf(line)
		if seen[key] {
			continue
		}
		seen[key] = true
		for _, owner := range texts[key] {
			hits[owner]++
		}
	}
	var out []likeness
	for _, owner := range slices.Sorted(maps.Keys(hits)) {
		enough := total[owner]/2 + 1
		if a, b := dayIn(owner), dayIn(f.Path); a != "" && b != "" && a != b {
			enough = (total[owner]*9 + 9) / 10
		}
		if hits[owner] >= enough {
			out = append(out, likeness{f, owner, hits[owner]})
		}
	}
	return out
}

var (
	aDay = regexp.MustCompile(`\d{4}-?\d{2}-?\d{2}`)
	// aVote ends a line, and is no part of its text.
	aVote = regexp.MustCompile(`(?:\s*(?:[+-]1|👍|:\+1:|:thumbsup:))+\s*$`)
)

func dayIn(name string) string {
	return strings.ReplaceAll(aDay.FindString(path.Base(name)), "-", "")
}

// wordsOf are the words of a line without its marks.
func wordsOf(line string) string {
	apart := func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }
	return strings.Join(strings.FieldsFunc(text.Fold(aVote.ReplaceAllString(line, "")), apart), " ")
}

// shownOwner is a file for people, as its source is called.
func shownOwner(owner string) string {
	return unescape.Replace(strings.TrimPrefix(strings.TrimPrefix(owner, fileSource), collectionSource))
}

// nowSaidBy is what a source is called now whose file had another name.
func (r *reader) nowSaidBy(source string) string {
	from := owner(source)
	to, was := r.became[from]
	if !was {
		return ""
	}
	return to + strings.TrimPrefix(source, from)
}

// before is what a file said before, also under another name.
func (r *reader) before(f *loader.File) []record.Packed {
	from, was := r.formerly[f.Source]
	if !was {
		return r.prior[f.Source]
	}
	said := slices.Clone(r.prior[from])
	for i := range said {
		said[i].Source = r.nowSaidBy(said[i].Source)
	}
	return said
}
