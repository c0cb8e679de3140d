package issues

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
)

const rightIssues = "right is what gh issue list --state all --limit 1000 --json number,title,body,state,stateReason,labels,author,comments,reactionGroups,createdAt,url prints"

// errNoIssues is JSON that is about something else.
var errNoIssues = errors.New("it holds no issues")

// decode reads the issues of a text: a list of them, one alone, several lists after
// each other or in a list, as gh api --paginate prints them. An error is
// errNoIssues, or a loader.Problem without its file.
func decode(data []byte) ([]*issue, error) {
	d := &decoder{data: data, json: json.NewDecoder(bytes.NewReader(data)), at: map[place]int{}}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, d.problem(0, "is empty; no issues are []")
	}
	if at := bytes.TrimLeft(data, " \t\r\n"); len(at) > 0 && at[0] == '<' {
		return nil, d.problem(len(data)-len(at), "is an HTML page, not JSON: perhaps an error or a login was saved")
	}
	for {
		err := d.value(0)
		if errors.Is(err, io.EOF) {
			return d.issues, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// place is what one issue is told from others by.
type place struct {
	address string
	number  int
}

type decoder struct {
	data   []byte
	json   *json.Decoder
	issues []*issue
	// at is the index of an issue by its address and number: the last word on it counts.
	at map[place]int
	// line and counted: how far lines have been counted.
	line, counted int
}

// deepest is how many lists may stand in each other.
const deepest = 2

// value reads one value: a list of them or an issue.
func (d *decoder) value(depth int) error {
	start := d.start()
	if start >= len(d.data) {
		return io.EOF
	}
	switch {
	case d.data[start] == '[' && depth < deepest:
		return d.list(depth)
	case d.data[start] == '{':
		return d.object(start)
	}
	// Read it, so that a mistake in it goes before its being something else.
	var other json.RawMessage
	if err := d.json.Decode(&other); err != nil {
		return d.broken(start, err)
	}
	return errNoIssues
}

func (d *decoder) list(depth int) error {
	if _, err := d.json.Token(); err != nil {
		return d.broken(d.start(), err)
	}
	for d.json.More() {
		if err := d.value(depth + 1); err != nil {
			if errors.Is(err, io.EOF) {
				err = d.broken(len(d.data), io.ErrUnexpectedEOF)
			}
			return err
		}
	}
	if _, err := d.json.Token(); err != nil {
		return d.broken(len(d.data), err)
	}
	return nil
}

// start is where the next value begins.
func (d *decoder) start() int {
	at := int(d.json.InputOffset())
	for at < len(d.data) && strings.IndexByte(" \t\r\n,", d.data[at]) >= 0 {
		at++
	}
	return at
}

func (d *decoder) object(start int) error {
	var raw json.RawMessage
	if err := d.json.Decode(&raw); err != nil {
		return d.broken(start, err)
	}
	var w wire
	if err := json.Unmarshal(raw, &w); err != nil {
		return d.mistyped(start, raw, err)
	}
	w.numbered()
	if w.Number <= 0 || strings.TrimSpace(w.Title) == "" {
		return d.noIssue(start, raw, &w)
	}
	if w.holdsNUL() {
		line, column := files.Place(d.data, start)
		return loader.Problem{Line: line, Column: column, Message: fmt.Sprintf("issue #%d holds a NUL character", w.Number), Hint: "right is text without it"}
	}
	i := w.issue()
	i.line = d.lineOf(start)
	one := place{strings.ToLower(i.url), i.number}
	if at, have := d.at[one]; have {
		d.issues[at] = i
		return nil
	}
	d.at[one] = len(d.issues)
	d.issues = append(d.issues, i)
	return nil
}

// mistyped is an object with a field of another type: a problem where it is an
// issue otherwise.
func (d *decoder) mistyped(start int, raw json.RawMessage, err error) error {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) == nil && (fields["number"] == nil || fields["title"] == nil) && len(d.issues) == 0 {
		return errNoIssues
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return d.problem(start+int(e.Offset), fmt.Sprintf("%s of an issue is a %s", e.Field, e.Value))
	}
	return d.problem(start, "an issue cannot be read: "+err.Error())
}

// noIssue is an object that is none: an error of GitHub, something else, or an
// issue of which too little was asked.
func (d *decoder) noIssue(start int, raw json.RawMessage, w *wire) error {
	var failure struct {
		Message       string `json:"message"`
		Documentation string `json:"documentation_url"`
	}
	if json.Unmarshal(raw, &failure) == nil && failure.Message != "" && failure.Documentation != "" {
		return d.problem(start, "is an answer of GitHub that there are no issues for: "+failure.Message)
	}
	if w.Number <= 0 && w.Title == "" && len(d.issues) == 0 {
		return errNoIssues
	}
	missing := "number"
	if w.Number > 0 {
		missing = "title"
	}
	return d.problem(start, "an issue has no "+missing)
}

// broken says where JSON ends to be JSON.
func (d *decoder) broken(start int, err error) error {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok && !cut(err) {
		return d.problem(int(e.Offset)-1, "is no JSON: "+e.Error())
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || cut(err) {
		return d.problem(len(d.data), "ends in the middle: the JSON is cut off")
	}
	return d.problem(start, "is no JSON: "+err.Error())
}

// cut reports whether an error is the end of the text.
func cut(err error) bool { return err != nil && err.Error() == "unexpected end of JSON input" }

func (d *decoder) problem(at int, message string) error {
	line, column := files.Place(d.data, at)
	return loader.Problem{Line: line, Column: column, Message: message, Hint: rightIssues}
}

// lineOf is the line of a place behind all that were asked for before.
func (d *decoder) lineOf(at int) int {
	d.line += bytes.Count(d.data[d.counted:at], []byte("\n"))
	d.counted = at
	return d.line + 1
}
