package enginetest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// What docs/search.md says, word for word, over lists of words. Only how a text
// comes to words and which of them are light is taken from the packages that the
// engines use.

// sought is what a text asks for: words, pairs and phrases, each once.
type sought struct {
	text string
	all  []*soughtWords
	need int
}

// soughtWords are words that have to stand side by side.
type soughtWords struct {
	words            []string
	prefix, required bool
	gain, points     int
	// shown in highlights.
	shown bool
}

// phrasePattern finds a phrase; what stands before its first quote is looked at apart.
var phrasePattern = regexp.MustCompile(`(?s)["“”„](.*?)["“”„](?:[\s\v\x{85}\p{Z}]|$)`)

// soughtOf reads a text.
func soughtOf(s string) *sought {
	out := &sought{text: s}
	loose, phrases := apart(s)
	total := 0
	for _, words := range append(slices.Clone(phrases), loose...) {
		total += len(text.Words(words))
	}
	if total > 8 {
		loose, phrases = []string{s}, nil
	}
	for _, phrase := range phrases {
		if words := wordsOf(phrase); len(words) > 0 {
			out.add(soughtWords{words: words, required: true, shown: true, gain: 8*len(words) - 4})
		}
	}
	out.words(loose, len(out.all) > 0, strings.HasSuffix(s, loose[len(loose)-1]))
	return out
}

// apart is a text without its phrases, and those.
func apart(s string) (loose, phrases []string) {
	from := 0
	for at := 0; ; {
		open := strings.IndexAny(s[at:], `"“”„`)
		if open < 0 {
			break
		}
		open += at
		before := []rune(s[from:open])
		if len(before) > 0 && !unicode.IsSpace(before[len(before)-1]) {
			at = open + 1
			continue
		}
		found := phrasePattern.FindStringSubmatchIndex(s[open:])
		if found == nil || found[0] != 0 {
			break
		}
		loose = append(loose, s[from:open])
		phrases = append(phrases, s[open+found[2]:open+found[3]])
		from = open + found[3]
		for _, quote := range []string{`"`, "“", "”", "„"} {
			if strings.HasPrefix(s[from:], quote) {
				from += len(quote)
				break
			}
		}
		at = from
	}
	return append(loose, s[from:]), phrases
}

func wordsOf(s string) []string {
	out := []string{}
	for _, w := range text.Words(s) {
		out = append(out, w.Text)
	}
	return out
}

// words adds the words outside phrases and those of them that stand side by side.
func (o *sought) words(loose []string, phrases, open bool) {
	type pair struct{ first, second string }
	var order []string
	var pairs []pair
	prefixes := map[string]bool{}
	for i, stretch := range loose {
		before := ""
		for _, w := range text.Words(stretch) {
			star := strings.HasPrefix(stretch[w.End:], "*")
			last := open && i == len(loose)-1 && w.End == len(stretch)
			if (star || last) && len([]rune(w.Text)) >= 2 {
				prefixes[w.Text] = true
			}
			if !slices.Contains(order, w.Text) {
				order = append(order, w.Text)
			}
			if before != "" {
				pairs = append(pairs, pair{before, w.Text})
			}
			if before = w.Text; star {
				before = ""
			}
		}
	}
	light := search.Light
	if !slices.ContainsFunc(order, func(w string) bool { return !light(w) }) && !phrases {
		light = func(string) bool { return false }
	}
	for _, w := range order {
		if light(w) {
			o.add(soughtWords{words: []string{w}, gain: 1})
			continue
		}
		o.need = min(o.need+1, 3)
		o.add(soughtWords{words: []string{w}, gain: 4, points: 1, shown: true, prefix: prefixes[w]})
	}
	for _, p := range pairs {
		pair := soughtWords{words: []string{p.first, p.second}, gain: 4, shown: true, prefix: prefixes[p.second] && !light(p.second)}
		if o.need == 3 && !light(p.first) && !light(p.second) {
			pair.points = 1
		}
		if !light(p.first) || !light(p.second) {
			o.add(pair)
		}
	}
}

func (o *sought) add(s soughtWords) {
	for _, have := range o.all {
		if slices.Equal(have.words, s.words) {
			have.gain, have.points = max(have.gain, s.gain), max(have.points, s.points)
			have.prefix, have.required, have.shown = have.prefix || s.prefix, have.required || s.required, have.shown || s.shown
			have.prefix = have.prefix && !have.required
			return
		}
	}
	o.all = append(o.all, &s)
}

// standAt is how well the words fit a text from its i-th word on: 2 for the words
// themselves, 1 for one that begins like the last of them, 0 for anything else.
func (s *soughtWords) standAt(in []string, i int) int {
	last := len(s.words) - 1
	if i+last >= len(in) || !slices.Equal(in[i:i+last], s.words[:last]) {
		return 0
	}
	switch {
	case in[i+last] == s.words[last]:
		return 2
	case s.prefix && strings.HasPrefix(in[i+last], s.words[last]):
		return 1
	}
	return 0
}

// searchedText is one text of an entry.
type searchedText struct {
	name   string
	item   any
	weight int
	text   string
}

// textsOf an entry, in the order of its fields.
func (s *sight) textsOf(e *entry) []searchedText {
	weights := map[schema.Tier]int{schema.Title: 8, schema.Signal: 6, schema.Summary: 3, schema.Detail: 1}
	var out []searchedText
	for _, of := range e.typ.Texts {
		add := func(item, v any) {
			if o, isObject := v.(record.Object); isObject {
				v = o[of.Part.Index]
			}
			if words, ok := v.(string); ok {
				out = append(out, searchedText{of.Name(), item, weights[of.Tier], words})
			}
		}
		if items, isList := e.values[of.Field.Name].([]any); isList {
			for i, v := range items {
				add(int64(i), v)
			}
			continue
		}
		add(nil, e.values[of.Field.Name])
	}
	return out
}

// score of an entry, -1 when it is not found.
func (s *sight) score(e *entry, o *sought) int64 {
	score, points := 0, 0
	texts := s.textsOf(e)
	for _, asked := range o.all {
		best := 0
		for _, t := range texts {
			in := wordsOf(t.text)
			for i := range in {
				best = max(best, t.weight*[]int{0, asked.gain / 2, asked.gain}[asked.standAt(in, i)])
			}
		}
		if best == 0 && asked.required {
			return -1
		}
		if best > 0 {
			score, points = score+best, points+asked.points
		}
	}
	if points < o.need {
		return -1
	}
	return int64(score)
}

// search answers the root field.
func (r *reading) search(g *asked) {
	args := r.arguments(g.field())
	o := soughtOf(args["text"].(string))
	p := page{typ: &schema.Type{Name: "SearchHit"}, sought: o, order: []place{scorePlace(o), {name: "type"}, {name: "key"}}}
	names, narrowed := args["types"].([]any)
	for _, e := range r.entries {
		wanted := !narrowed || slices.ContainsFunc(names, func(name any) bool { return isA(e.typ, r.catalog.Type(name.(string))) })
		if wanted && len(e.typ.Texts) > 0 && r.score(e, o) >= 0 {
			p.rows = append(p.rows, e)
		}
	}
	r.sorted(p.rows, p.order)
	p.whole = slices.Clone(p.rows)
	r.cut(&p, args)
	r.writePage(g, &p)
}

func scorePlace(o *sought) place { return place{name: "score of " + o.text, sought: o, down: true} }

// hit writes what a search found.
func (r *reading) hit(sets []ast.SelectionSet, o *sought, e *entry) {
	r.buf.WriteByte('{')
	for i, part := range r.collect(sets, "SearchHit") {
		r.key(part.key, i)
		switch part.field().Name {
		case "__typename":
			r.scalar("SearchHit")
		case "score":
			r.scalar(r.score(e, o))
		case "node":
			r.record(part.below(), e)
		case "highlights":
			r.highlights(part, o, e)
		}
	}
	r.buf.WriteByte('}')
}

func (r *reading) highlights(g *asked, o *sought, e *entry) {
	r.buf.WriteByte('[')
	n := 0
	for _, t := range r.textsOf(e) {
		shown, start, ranges := o.shown(t.text)
		if len(ranges) == 0 || n == 10 {
			continue
		}
		r.comma(n)
		n++
		r.buf.WriteByte('{')
		for i, part := range r.collect(g.below(), "SearchHighlight") {
			r.key(part.key, i)
			if name := part.field().Name; name == "ranges" {
				r.ranges(part, ranges)
			} else {
				r.scalar(map[string]any{"__typename": "SearchHighlight", "field": t.name, "item": t.item, "text": shown, "start": start}[name])
			}
		}
		r.buf.WriteByte('}')
	}
	r.buf.WriteByte(']')
}

func (r *reading) ranges(g *asked, ranges [][2]int) {
	r.buf.WriteByte('[')
	for i, at := range ranges {
		r.comma(i)
		r.buf.WriteByte('{')
		for i, part := range r.collect(g.below(), "SearchRange") {
			r.key(part.key, i)
			r.scalar(map[string]any{"__typename": "SearchRange", "start": at[0], "end": at[1]}[part.field().Name])
		}
		r.buf.WriteByte('}')
	}
	r.buf.WriteByte(']')
}

// shown is the stretch of a text that a highlight shows, where it begins, and where
// in it the words stand.
func (o *sought) shown(s string) (stretch string, start int, ranges [][2]int) {
	words := text.Words(s)
	in := wordsOf(s)
	points := []rune(s)
	lit := make([]bool, len(points)+1)
	for _, asked := range o.all {
		for i := range in {
			if !asked.shown || asked.standAt(in, i) == 0 {
				continue
			}
			for n := range asked.words {
				for at := len([]rune(s[:words[i+n].Start])); at < len([]rune(s[:words[i+n].End])); at++ {
					lit[at] = true
				}
			}
		}
	}
	first := slices.Index(lit, true)
	if first < 0 {
		return "", 0, nil
	}
	end := len(points)
	if len(points) > 240 {
		start, end = stretchAround(points, first)
	}
	for at := start; at < end; at++ {
		if lit[at] && (at == start || !lit[at-1]) {
			ranges = append(ranges, [2]int{at - start, at - start})
		}
		if lit[at] {
			ranges[len(ranges)-1][1] = at - start + 1
		}
	}
	return string(points[start:end]), start, ranges
}

// stretchAround is 240 code points of which at most 60 stand before first, cut at
// blanks where there are some.
func stretchAround(points []rune, first int) (start, end int) {
	start = max(0, first-60)
	if start > 0 {
		if blank := slices.IndexFunc(points[start:first], unicode.IsSpace); blank >= 0 {
			start += blank + 1
		}
	}
	end = min(len(points), start+240)
	if end == len(points) {
		return start, end
	}
	for at := end - 1; at > first; at-- {
		if unicode.IsSpace(points[at]) {
			return start, at
		}
	}
	return start, end
}
