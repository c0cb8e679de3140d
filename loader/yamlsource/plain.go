package yamlsource

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// maxItems bounds what a file becomes in memory: an item of YAML takes two bytes
// in the file and 160 as a node. Every node needs one of the signs counted by
// items.
const maxItems = 1 << 20

// plain refuses files that are not plain text, before YAML is looked for: what an
// editor does not show must not change what is read.
func (d *document) plain(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		d.problem(place{d.file, 1, 1}, "is UTF-16", "right is the file saved as UTF-8")
		return false
	}
	line, begun := 1, 0
	for i := 0; i < len(data); {
		c := data[i]
		if c < utf8.RuneSelf {
			if message, hint := badByte(c, i == 0 || data[i-1] == '\n'); message != "" {
				d.problem(place{d.file, line, utf8.RuneCount(data[begun:i]) + 1}, message, hint)
				return false
			}
			if c == '\n' {
				line, begun = line+1, i+1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if message, hint := badRune(r, size); message != "" {
			d.problem(place{d.file, line, utf8.RuneCount(data[begun:i]) + 1}, message, hint)
			return false
		}
		i += size
	}
	if n := items(data); n > maxItems {
		d.problem(place{file: d.file}, fmt.Sprintf("holds more than %d items", maxItems), "right is several files in one folder")
		return false
	}
	return true
}

func badByte(c byte, lineStart bool) (message, hint string) {
	switch {
	case c == 0:
		return "holds a NUL byte", "right is text in UTF-8"
	case c == '\t', c == '\n', c == '\r':
	case c < ' ' || c == 0x7f:
		return fmt.Sprintf("holds the control character U+%04X", c), "right is text without it"
	case c == '%' && lineStart:
		// Directives: an unbounded number of them takes quadratic time to read.
		return "a line begins with %, as directives of YAML do", "right is a line without it, or the value in double quotes"
	}
	return "", ""
}

func badRune(r rune, size int) (message, hint string) {
	switch {
	case r == utf8.RuneError && size == 1:
		return "is not UTF-8", "right is the file saved as UTF-8"
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		// YAML breaks the line there and editors do not: text and line numbers would
		// come out different from what is seen.
		return fmt.Sprintf("holds the invisible line separator U+%04X", r), "right is a line break"
	case r < 0xa0 || r == 0xfffe || r == 0xffff:
		return fmt.Sprintf("holds the control character U+%04X", r), "right is text without it"
	}
	return "", ""
}

// items counts the signs that can begin a value.
func items(data []byte) int {
	n := 0
	for i, c := range data {
		switch c {
		case '\n', ',', '[', '{':
			n++
		case ':', '-', '?':
			if i+1 == len(data) || data[i+1] <= ' ' || i > 0 && (data[i-1] == '"' || data[i-1] == '\'') {
				n++
			}
		}
	}
	return n
}
