package yamlsource

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
)

// maxProblems is how many problems a file or the whole load lists: a file that is
// something else altogether has one on every line.
const maxProblems = 1000

// place is where something stands; a column of 0 means the line.
type place struct {
	file         string
	line, column int
}

func (p place) String() string { return p.file + ":" + strconv.Itoa(p.line) }

// report collects what is wrong.
type report struct {
	problems, warnings loader.Problems
	dropped            int
}

func (r *report) problem(at place, message, hint string) {
	if r.full() {
		r.dropped++
		return
	}
	r.problems = append(r.problems, loader.Problem{File: at.file, Line: at.line, Column: at.column, Message: message, Hint: hint})
}

func (r *report) warning(at place, message, hint string) {
	if len(r.warnings) < maxProblems {
		r.warnings = append(r.warnings, loader.Problem{File: at.file, Line: at.line, Column: at.column, Message: message, Hint: hint})
	}
}

// close says how many problems are not listed.
func (r *report) close(file string) {
	if r.dropped > 0 {
		message := fmt.Sprintf("%d more problems are not listed", r.dropped)
		r.problems = append(r.problems, loader.Problem{File: file, Message: message, Hint: "mend these first"})
	}
}

// longest is the length up to which a text is quoted whole, and up to which it can
// be a misspelt name.
const longest = 60

// quote shows a text of a file: escaped, and cut where it is long.
func quote(s string) string {
	if len(s) > longest {
		cut := longest
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "…"
	}
	return strconv.Quote(s)
}

// full reports whether further problems are only counted.
func (r *report) full() bool { return len(r.problems) >= maxProblems }

// suggest is the hint for a name that is none of the candidates; otherwise is the
// hint when none is near and there are too many to list. Comparing names is dear,
// so it is done for problems that are listed.
func (r *report) suggest(name string, candidates []string, otherwise string) string {
	if n := len(candidates); n > 0 && n <= 12 {
		otherwise = "right is " + oneOf(candidates)
	}
	return r.near(name, candidates, otherwise)
}

// near is suggest for names that do not help as a list.
func (r *report) near(name string, candidates []string, otherwise string) string {
	if r.full() || len(name) > longest {
		return otherwise
	}
	if near := text.Nearest(name, candidates, 3); len(near) > 0 {
		return `did you mean "` + strings.Join(near, `" or "`) + `"?`
	}
	return otherwise
}

// oneOf lists words: A, B or C.
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
