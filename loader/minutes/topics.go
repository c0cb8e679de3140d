package minutes

import (
	"regexp"
	"strconv"
	"strings"
)

// topicReader collects headings and items that were talked about.
type topicReader struct {
	page *page
	out  []Topic
	// topical are the headings that have become topics.
	topical map[*heading]bool
}

// headings adds the headings of line i that are topics.
func (r *topicReader) headings(i int) {
	l := r.page.lines[i]
	for _, h := range l.heads {
		if h.structural || h.title == "" || decides(h.title) {
			continue
		}
		if r.topical == nil {
			r.topical = map[*heading]bool{}
		}
		r.topical[h] = true
		below := r.page.below(i)
		t := Topic{Title: h.title, Line: h.line, Kind: HeadingTopic, Votes: votes(h.raw), ParentLine: r.topicAbove(h.parent)}
		t.Owners = handlesOf(h.title + "\n" + below.sponsors)
		if t.Minutes = headingTimebox(h.title); t.Minutes == 0 {
			t.Minutes = below.minutes
		}
		r.out = append(r.out, t)
	}
}

// topicAbove is the line of h, if it is a topic, else that of the nearest topic above it in the tree.
func (r *topicReader) topicAbove(h *heading) *int {
	for ; h != nil; h = h.parent {
		if r.topical[h] {
			return &h.line
		}
	}
	return nil
}

// item adds a list item that says something.
func (r *topicReader) item(l *line) {
	if !l.item || placeholder(l.text) || l.vacant() || onlyLinks(l.body) {
		return
	}
	t := Topic{Title: l.text, Line: l.number, Depth: l.depth, Kind: ItemTopic, Votes: votes(l.body), Minutes: itemTimebox(l.text)}
	if l.enclosing != nil {
		t.ParentLine = &l.enclosing.number
	} else {
		t.ParentLine = r.topicAbove(l.under)
	}
	r.out = append(r.out, t)
}

// parents are, for a line, that of the item around it, else that of the heading topic above it.
func (r *topicReader) parents() map[int]int {
	out := map[int]int{}
	for _, l := range r.page.lines {
		switch {
		case len(l.heads) > 0:
			if above := r.topicAbove(l.heads[0].parent); above != nil {
				out[l.number] = *above
			}
		case l.enclosing != nil:
			out[l.number] = l.enclosing.number
		case !l.blank():
			if above := r.topicAbove(l.under); above != nil {
				out[l.number] = *above
			}
		}
	}
	return out
}

// placeholder says whether a text stands for one that nobody wrote.
func placeholder(text string) bool {
	return strings.EqualFold(strings.Trim(text, " .…?!:()[]<>*-_"), "tbd") || strings.Trim(text, "?!\\ \t:.,;-–()[…]=>→⇒") == ""
}

// onlyLinks says whether nothing but punctuation is left of a body without its links.
func onlyLinks(body string) bool {
	if !strings.Contains(body, "://") && !strings.Contains(body, "](") {
		return false
	}
	b := []byte(body)
	for _, l := range mdLinks(body, nil) {
		for i := l.from; i < l.to; i++ {
			b[i] = ' '
		}
	}
	for _, u := range bareURLs(string(b)) {
		for i := u.from; i < u.to; i++ {
			b[i] = ' '
		}
	}
	return !wordChar.MatchString(plain(string(b)))
}

var wordChar = regexp.MustCompile(`[\pL\pN]`)

// metadata is what the lines directly below a heading say about its topic.
type metadata struct {
	sponsors string
	minutes  int
}

var (
	sponsorLine = regexp.MustCompile(`(?i)^(?:sponsors?|owners?)(?: *:|:? +@)`)
	timeLine    = regexp.MustCompile(`(?i)^(?:time|time-?box|duration)\b.*:`)
	bareTimebox = regexp.MustCompile(`(?i)^~?(?:\d{1,3} ?[-–] ?)?(\d{1,3}) *(?:min(?:ute)?s?|')(?: needed)?\.?$`)
)

// maxMetadata is how many lines of metadata a heading may have.
const maxMetadata = 4

// below reads the lines directly below the heading in line i.
func (p *page) below(i int) metadata {
	var m metadata
	seen := 0
	for _, l := range p.lines[i+1:] {
		if l.blank() {
			continue
		}
		seen++
		switch {
		case seen > maxMetadata:
			return m
		case sponsorLine.MatchString(l.text):
			m.sponsors += " " + l.text
			m.minutes = max(m.minutes, itemTimebox(l.text))
		case timeLine.MatchString(l.text):
			m.minutes = max(m.minutes, itemTimebox(l.text))
		default:
			if found := bareTimebox.FindStringSubmatch(l.text); found != nil {
				m.minutes = atoi(found[1])
			}
			return m
		}
	}
	return m
}

var (
	labelledTimebox = regexp.MustCompile(`(?i)\btime(?:-?box(?:ed)?)?\b[ :=]*(?:to )?~?(?:\d{1,3} ?[-–] ?)?(\d{1,3}) *(?:min|'|m\b)`)
	bracketTimebox  = regexp.MustCompile(`(?i)[(\[](?:[^()\[\]]*[ ,;:~–-])?~?(?:\d{1,3} ?[-–] ?)?(\d{1,3}) ?(?:min(?:ute)?s?|')\.?(?:[ ,;:–-][^()\[\]]*)?[)\]]`)
	bracketAlone    = regexp.MustCompile(`(?i)[(\[](?:@[\w-]+[ ,;:–-]+)*~?(?:\d{1,3} ?[-–] ?)?(\d{1,3}) ?(?:min(?:ute)?s?|')\.?(?:[ ,;:–-]+@[\w-]+)*[)\]]`)
	endTimebox      = regexp.MustCompile(`(?i)[-–,:] *~?(\d{1,3}) ?min(?:ute)?s?\.?$`)
)

// headingTimebox is the number of minutes in a heading: by a word for it, in brackets, at the end.
func headingTimebox(s string) int {
	return firstNumber(s, labelledTimebox, bracketTimebox, endTimebox)
}

// itemTimebox is the same for an item, which may speak of minutes for other reasons.
func itemTimebox(s string) int {
	return firstNumber(s, labelledTimebox, bracketAlone)
}

func firstNumber(s string, forms ...*regexp.Regexp) int {
	if !strings.ContainsAny(s, "0123456789") || !strings.ContainsAny(s, "mM'") {
		return 0
	}
	for _, re := range forms {
		if m := re.FindStringSubmatch(s); m != nil {
			return atoi(m[1])
		}
	}
	return 0
}

// atoi is the number that a pattern of digits matched.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
