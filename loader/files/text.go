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
	if encoding := wide(data); encoding != "" {
		return &loader.Problem{Line: 1, Column: 1, Message: "is " + encoding, Hint: RightText}
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

// wide is the encoding of a text whose letters have two bytes or four, by its byte
// order mark, or without one by the zeros among the first letters; empty for others.
func wide(data []byte) string {
	switch head := data[:min(len(data), 4)]; {
	case bytes.Equal(head, []byte("\xff\xfe\x00\x00")), bytes.Equal(head, []byte("\x00\x00\xfe\xff")):
		return "UTF-32"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "UTF-16"
	case len(head) == 4 && (head[0] == 0) != (head[1] == 0) && (head[2] == 0) == (head[0] == 0) && (head[3] == 0) == (head[1] == 0):
		return "UTF-16 without a byte order mark"
	}
	return ""
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
	return Lines(bytes.TrimPrefix(data, []byte("\ufeff"))), nil
}

// Lines is a text whose lines end with a line feed where they ended, all of them, with
// a carriage return alone, as on very old machines. It is as long as before.
func Lines(data []byte) []byte {
	if bytes.IndexByte(data, '\n') >= 0 {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

// Place is the line and the column, both from 1, of a byte in a text.
func Place(data []byte, at int) (line, column int) {
	before := data[:min(max(at, 0), len(data))]
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}
