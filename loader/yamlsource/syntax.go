package yamlsource

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

func markOf(err error) int {
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		return e.Mark.Line
	}
	return 0
}

// syntax tells what the yaml package did not understand, in words for people who
// do not know its grammar. An empty file is none of it.
func (d *document) syntax(err error, data []byte) {
	if errors.Is(err, io.EOF) {
		return
	}
	e, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		d.problem(place{file: d.file}, "is no YAML: "+quote(err.Error()), "right is YAML as in catalogue/README.md")
		return
	}
	at := place{d.file, e.Mark.Line, e.Mark.Column}
	opened := strings.Contains(e.Message, "end of stream") || strings.Contains(e.Message, "expected ',' or")
	if opened && e.ContextMark.Line > 0 {
		// Where it begins helps more than where the file ends.
		at.line, at.column = e.ContextMark.Line, e.ContextMark.Column
	}
	for _, s := range syntaxHints {
		if strings.Contains(e.Message, s.of) && (s.when == nil || s.when(lineOf(data, at.line))) {
			d.problem(at, s.message, s.hint)
			return
		}
	}
	d.problem(at, "is no YAML: "+e.Message, "right is YAML as in catalogue/README.md")
}

func lineOf(data []byte, n int) string {
	for ; n > 1; n-- {
		_, rest, found := bytes.Cut(data, []byte("\n"))
		if !found {
			return ""
		}
		data = rest
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return string(line)
}

func tabIndented(line string) bool {
	return strings.Contains(line[:len(line)-len(strings.TrimLeft(line, " \t"))], "\t")
}

// syntaxHints translate the messages of the yaml package, the first that fits.
var syntaxHints = []struct {
	of            string
	when          func(line string) bool
	message, hint string
}{
	{
		"too deep", nil,
		fmt.Sprintf("nests deeper than %d levels", maxDepth),
		"right is a record with values, lists and one mapping in them",
	},
	{
		"tab character", nil,
		"a tab indents the line",
		"right is spaces",
	},
	{
		"cannot start any token", tabIndented,
		"a tab indents the line",
		"right is spaces",
	},
	{
		"cannot start any token", nil,
		"a value begins with a sign that YAML keeps for itself",
		"right is the value in double quotes",
	},
	{
		"mapping values are not allowed", nil,
		"a colon and a space stand inside a value, or the line is indented too far",
		"right is the value in double quotes",
	},
	{
		"end of stream", nil,
		"a quote is opened and never closed",
		"right is a closing quote, and a backslash before each quote inside",
	},
	{
		"unknown anchor", nil,
		"an alias (*name) stands here",
		"right is the value itself; a value that begins with * goes in double quotes",
	},
	{
		"alphabetic or numeric character", nil,
		"an alias (*) or an anchor (&) stands here",
		"right is the value itself; text that begins with * or & goes in double quotes",
	},
	{
		"escape c", nil,
		"an escape that YAML does not know stands in double quotes",
		`right is \\ for a backslash, or single quotes around the value`,
	},
	{
		"expected ':'", nil,
		"the line is neither key: value nor - item",
		"right is one of them, or an indented line after key: >- for long text",
	},
	{
		"expected key", nil,
		"text follows a closed quote, or the indentation does not match the lines above",
		"right is one quote around the whole value, and the indentation of the lines beside it",
	},
	{
		"expected '-' indicator", nil,
		"the line belongs to a list and does not begin with -, or its indentation does not match",
		"right is - before each item, all at one depth",
	},
	{
		"expected <document start>", nil,
		"the indentation does not match the lines above",
		"right is the indentation of the lines beside it",
	},
	{
		"node content", nil,
		"a [ or { is opened and not closed, or holds a comma too many",
		"right is a closing bracket, and one comma between items",
	},
	{
		"expected ',' or", nil,
		"a [ or { is opened and not closed, or lacks a comma",
		"right is a closing bracket, and one comma between items",
	},
}
