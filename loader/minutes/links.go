package minutes

import (
	"regexp"
	"strings"
)

// span is a stretch of a line.
type span struct{ from, to int }

var (
	urlStart = regexp.MustCompile(`(?i)https?://`)
	urlWhole = regexp.MustCompile(`(?i)^https?://[^\s<>]+$`)
)

func isURL(s string) bool { return urlWhole.MatchString(s) }

// bareURLs are the stretches of a line that are URLs, wherever they stand: in angle brackets, in a link, in the text.
func bareURLs(s string) []span {
	if !strings.Contains(s, "://") {
		return nil
	}
	var found []span
	for at := 0; at < len(s); {
		m := urlStart.FindStringIndex(s[at:])
		if m == nil {
			break
		}
		u := span{at + m[0], urlEnd(s, at+m[1])}
		if wordChar.MatchString(s[at+m[1] : u.to]) {
			found = append(found, u)
		}
		at = max(u.to, at+m[1])
	}
	return found
}

// urlEnd is where the URL whose host begins at i ends: at a blank, a quote, a bracket that the URL did not open, and
// before punctuation that belongs to the sentence.
func urlEnd(s string, i int) int {
	round, square := 0, 0
	end := i
	for ; end < len(s); end++ {
		c := s[end]
		if c <= ' ' || strings.IndexByte("<>\"`|", c) >= 0 || c == 0xe2 && quotes.MatchString(s[end:end+min(3, len(s)-end)]) {
			break
		}
		if (c == ',' || c == ';') && strings.HasPrefix(s[end+1:], "http") {
			break
		}
		switch c {
		case '(':
			round++
		case ')':
			round--
		case '[':
			square++
		case ']':
			square--
		}
		if round < 0 || square < 0 {
			break
		}
	}
	return i + len(trimURL(s[i:end]))
}

// quotes are the signs of punctuation beyond ASCII that end a URL.
var quotes = regexp.MustCompile(`^[“”„]`)

// escaped is a sign of punctuation with a backslash before it, as exports of word processors write them in URLs too.
var escaped = regexp.MustCompile("\\\\([!-/:-@[-`{-~])")

// trimURL takes the sentence's punctuation and emphasis off the end of a URL.
func trimURL(u string) string {
	for {
		t := strings.TrimSuffix(strings.TrimRight(u, `.,;:>*_"'\…`), "~~")
		if t == u {
			return t
		}
		u = t
	}
}

// linkReader collects the distinct URLs of a file.
type linkReader struct {
	seen map[string]bool
	out  []Link
}

func (r *linkReader) line(l *line) {
	if !strings.Contains(l.source, "://") {
		return
	}
	shown := withoutImages(l.source)
	for _, u := range bareURLs(shown) {
		url := shown[u.from:u.to]
		if strings.Contains(url, `\`) {
			url = escaped.ReplaceAllString(url, "$1")
		}
		if !r.seen[url] {
			r.seen[url] = true
			r.out = append(r.out, Link{URL: url, Line: l.number})
		}
	}
}

// withoutImages blanks out images, so that positions stay.
func withoutImages(s string) string {
	if !strings.Contains(s, "![") {
		return s
	}
	b := []byte(s)
	for _, l := range mdLinks(s, nil) {
		if l.image {
			for i := l.from; i < l.to; i++ {
				b[i] = ' '
			}
		}
	}
	return string(b)
}

// reference finds #12, repo#12 and owner/repo#12; of repo/#12 it is #12.
var reference = regexp.MustCompile(`(?:^|[^\w#&@-])((?:(?:[\w.-]+/)?[\w.-]*\w)?#\d+)\b`)

// refs are the references of a line that stand in its text: not in a link's label, target or any other URL.
func (l *line) refs() []Ref {
	if !strings.Contains(l.source, "#") {
		return nil
	}
	b := []byte(tags.ReplaceAllStringFunc(l.source, blanks))
	for _, link := range mdLinks(string(b), nil) {
		for i := link.from; i < link.to; i++ {
			b[i] = ' '
		}
	}
	for _, u := range bareURLs(string(b)) {
		for i := u.from; i < u.to; i++ {
			b[i] = ' '
		}
	}
	var found []Ref
	seen := map[string]bool{}
	for _, m := range reference.FindAllStringSubmatch(string(b), -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			found = append(found, Ref{Ref: m[1], Line: l.number})
		}
	}
	return found
}

// tags are HTML tags, whose attributes hold colours that look like references.
var tags = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

func blanks(s string) string { return strings.Repeat(" ", len(s)) }
