package files

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/open-operations/opsmap/loader"
)

// RightText is the hint of a problem with the encoding of a file.
const RightText = "right is text in UTF-8"

// NotText finds the first byte that does not belong into text; nil when there is
// none. The file of the problem is for the caller to fill in.
func NotText(data []byte) *loader.Problem {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			return &loader.Problem{Line: 1, Column: 1, Message: "is UTF-16", Hint: RightText}
		}
	}
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return nil
	}
	line, column := 1, 1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return &loader.Problem{Line: line, Column: column, Message: fmt.Sprintf("the byte 0x%02x is no UTF-8; perhaps the file is Latin-1", data[i]), Hint: RightText}
		case r == 0:
			return &loader.Problem{Line: line, Column: column, Message: "is a NUL byte", Hint: RightText}
		case r == '\n':
			line, column = line+1, 1
		case i > 0 || r != '\ufeff':
			column++
		}
		i += size
	}
	return nil
}

// Text reads a file that has to be text, without a byte order mark. A problem says
// why it cannot be taken.
func Text(f *loader.File) ([]byte, *loader.Problem) {
	data, err := f.Content()
	if err != nil && f.Place == "" {
		return nil, &loader.Problem{File: f.Name, Message: err.Error()}
	}
	if err != nil {
		return nil, &loader.Problem{
			File: f.Name, Message: "cannot be read: " + Reason(err),
			Hint: fmt.Sprintf("right is a file of at most %d MiB that you may read", MaxSize>>20),
		}
	}
	if p := NotText(data); p != nil {
		p.File = f.Name
		return nil, p
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// Place is the line and the column, both from 1, of a byte in a text.
func Place(data []byte, at int) (line, column int) {
	before := data[:min(max(at, 0), len(data))]
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}
