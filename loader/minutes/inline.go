package minutes

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a line's text as a person reads it: links are their labels, autolinks their URLs, images, emphasis, emoji and
// votes are gone, blanks are single. It costs time in proportion to the line, whatever the line holds, which is why it
// is not CommonMark's inline parser: that one is right in more corners and slow in some.
func plain(s string) string {
	s = withoutMarkup(s)
	s = withoutEmoji(s)
	s = withoutVotes(s)
	return strings.Join(strings.Fields(s), " ")
}

// withoutMarkup removes links' targets, images, emphasis, code marks, known tags and escapes.
func withoutMarkup(s string) string {
	if !strings.ContainsAny(s, "*_~`[]<>\\&!") && !strings.Contains(s, "://") {
		return s
	}
	in := &inline{s: s, gone: make([]bool, len(s)), fixed: make([]bool, len(s))}
	in.escapes()
	in.codeSpans()
	in.angles()
	in.links()
	in.emphasis()
	return html.UnescapeString(in.rest())
}

// inline is a line whose markup is being removed, byte by byte.
type inline struct {
	s string
	// gone bytes are markup.
	gone []bool
	// fixed bytes are no markup whatever they look like: escaped, in code, in a URL.
	fixed []bool
}

func mark(set []bool, from, to int) {
	for i := from; i < to; i++ {
		set[i] = true
	}
}

func (in *inline) rest() string {
	var b strings.Builder
	for i := range len(in.s) {
		if !in.gone[i] {
			b.WriteByte(in.s[i])
		}
	}
	return b.String()
}

// free says whether a byte may still be markup.
func (in *inline) free(i int) bool { return !in.gone[i] && !in.fixed[i] }

func (in *inline) escapes() {
	for i := 0; i+1 < len(in.s); i++ {
		if in.s[i] == '\\' && asciiPunct(in.s[i+1]) {
			in.gone[i], in.fixed[i+1] = true, true
			i++
		}
	}
}

// codeSpans pairs runs of backticks of the same length. What is between them is fixed.
func (in *inline) codeSpans() {
	type run struct{ from, to int }
	var runs []run
	byLength := map[int][]int{}
	for i := 0; i < len(in.s); i++ {
		if in.s[i] != '`' || in.fixed[i] {
			continue
		}
		r := run{from: i}
		for i < len(in.s) && in.s[i] == '`' {
			i++
		}
		r.to = i
		byLength[r.to-r.from] = append(byLength[r.to-r.from], len(runs))
		runs = append(runs, r)
	}
	for n := 0; n < len(runs); n++ {
		open := runs[n]
		mark(in.gone, open.from, open.to)
		same := byLength[open.to-open.from]
		for len(same) > 0 && same[0] <= n {
			same = same[1:]
		}
		byLength[open.to-open.from] = same
		if len(same) == 0 {
			continue
		}
		end := runs[same[0]]
		mark(in.fixed, open.to, end.from)
		mark(in.gone, end.from, end.to)
		n = same[0]
	}
}

// angles takes the brackets off autolinks and removes tags that only dress text.
func (in *inline) angles() {
	for i := 0; i < len(in.s); i++ {
		if in.s[i] != '<' || !in.free(i) {
			continue
		}
		length := strings.IndexAny(in.s[i+1:], "<>")
		if length < 0 {
			return
		}
		end := i + 1 + length
		if in.s[end] == '<' {
			continue
		}
		switch within := in.s[i+1 : end]; {
		case isURL(within) || strings.HasPrefix(within, "mailto:"):
			in.gone[i], in.gone[end] = true, true
			mark(in.fixed, i+1, end)
		case dressing(within):
			mark(in.gone, i, end+1)
		}
		i = end
	}
}

// dressingTags only say how text looks.
var dressingTags = map[string]bool{
	"a": true, "b": true, "big": true, "br": true, "center": true, "code": true, "del": true, "details": true,
	"div": true, "em": true, "font": true, "i": true, "img": true, "ins": true, "kbd": true, "mark": true, "p": true,
	"s": true, "small": true, "span": true, "strong": true, "sub": true, "summary": true, "sup": true, "u": true,
}

func dressing(tag string) bool {
	name := strings.TrimPrefix(tag, "/")
	if end := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		name = name[:end]
	}
	return dressingTags[strings.ToLower(name)]
}

// emphasis removes the marks around emphasised and struck text. A pair that is open at the line's end is one that goes
// on in the next line.
func (in *inline) emphasis() {
	open := map[byte][]int{}
	for i := 0; i < len(in.s); {
		c := in.s[i]
		if (c != '*' && c != '_' && c != '~') || !in.free(i) {
			i++
			continue
		}
		end := i
		for end < len(in.s) && in.s[end] == c && in.free(end) {
			end++
		}
		in.delimiter(open, i, end)
		i = end
	}
	for _, at := range open {
		for _, i := range at {
			if strings.TrimSpace(in.s[:i]) == "" {
				in.removeRun(i)
			}
		}
	}
}

func (in *inline) delimiter(open map[byte][]int, from, to int) {
	c := in.s[from]
	if c == '~' && to-from != 2 {
		return
	}
	opens, closes := in.flanks(from, to)
	switch stack := open[c]; {
	case closes && len(stack) > 0:
		mark(in.gone, from, to)
		in.removeRun(stack[len(stack)-1])
		open[c] = stack[:len(stack)-1]
	case closes && strings.TrimSpace(in.s[to:]) == "" || c == '*' && to-from > 1:
		// Closes what the line before opened, or is of a kind that nobody types for itself.
		mark(in.gone, from, to)
	case opens:
		open[c] = append(stack, from)
	}
}

func (in *inline) removeRun(from int) {
	for i := from; i < len(in.s) && in.s[i] == in.s[from] && !in.fixed[i]; i++ {
		in.gone[i] = true
	}
}

// flanks says whether a run of delimiters can open and close emphasis, by CommonMark's rule of what stands beside it.
func (in *inline) flanks(from, to int) (opens, closes bool) {
	before, _ := utf8.DecodeLastRuneInString(in.s[:from])
	after, _ := utf8.DecodeRuneInString(in.s[to:])
	blankBefore := from == 0 || unicode.IsSpace(before)
	blankAfter := to == len(in.s) || unicode.IsSpace(after)
	left := !blankAfter && (!isMark(after) || blankBefore || isMark(before))
	right := !blankBefore && (!isMark(before) || blankAfter || isMark(after))
	if in.s[from] == '_' {
		return left && (!right || isMark(before)), right && (!left || isMark(after))
	}
	return left, right
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func asciiPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}
