package report

import (
	"fmt"
	"strings"
)

// special are the characters that mean something in Markdown, in a table or in HTML.
const special = "\\`*_{}[]<>|#~&!"

// escaped is text that Markdown shows as it is, on one line.
func escaped(text string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		for _, r := range word {
			if strings.ContainsRune(special, r) {
				b.WriteByte('\\')
			}
			if r < ' ' || r == 0x7f {
				continue
			}
			b.WriteRune(r)
		}
	}
	out := b.String()
	// What would begin a list or a heading, were it the first thing of a line.
	if out != "" && strings.ContainsRune("-+=", rune(out[0])) {
		return "\\" + out
	}
	return out
}

// link to an address with a label; an address that is none of the web is shown only.
func link(label, address string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return escaped(label)
	}
	return fmt.Sprintf("[%s](<%s>)", escaped(label), strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "", "\r", "", "\\", "%5C").Replace(address))
}

// document collects lines of Markdown.
type document struct{ strings.Builder }

func (d *document) line(format string, args ...any) {
	// A strings.Builder takes everything.
	_, _ = fmt.Fprintf(d, format+"\n", args...)
}

// section begins one, with a blank line on either side.
func (d *document) section(title string) { d.line("\n## %s\n", title) }

// table prints rows under a head; columns that begin with ">" are aligned right.
func (d *document) table(head []string, rows [][]string) {
	marks := make([]string, len(head))
	names := make([]string, len(head))
	for i, name := range head {
		marks[i], names[i] = "---", strings.TrimPrefix(name, ">")
		if names[i] != name {
			marks[i] = "---:"
		}
	}
	d.line("| %s |", strings.Join(names, " | "))
	d.line("| %s |", strings.Join(marks, " | "))
	for _, row := range rows {
		d.line("| %s |", strings.Join(row, " | "))
	}
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// percent is a part of a whole, rounded.
func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", (200*part+whole)/(2*whole))
}

// together joins words the way people list them.
func together(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
