package mapping

import (
	"errors"
	"reflect"
	"regexp"
	"strings"

	"github.com/open-operations/opsmap/loader"
	"go.yaml.in/yaml/v4"
)

// right is how a mapping looks.
const right = "right is files: and below it - match: …, or issues: and below it labels: and reactions:, as docs/loading.md shows"

var (
	unknownField = regexp.MustCompile(`^field (.+) not found in type mapping\.(\w+)$`)
	wrongKind    = regexp.MustCompile("^cannot construct (!!\\w+)(?: (`.*`))? into (.+)$")
	// kinds are those of YAML in words.
	kinds = map[string]string{"!!map": "a mapping", "!!seq": "a list", "!!str": "text", "!!int": "a number", "!!float": "a number", "!!bool": "a truth", "!!null": "nothing"}
)

// problemOf says what the yaml package did not understand in words for people who do
// not know it.
func problemOf(name string, err error) error {
	p := loader.Problem{File: name, Message: err.Error(), Hint: right}
	first, ok := errors.AsType[*yaml.LoadError](err)
	if all, several := errors.AsType[*yaml.LoadErrors](err); several && len(all.Errors) > 0 {
		first, ok = all.Errors[0], true
	}
	if ok {
		p.Line, p.Column = first.Mark.Line, first.Mark.Column
		p.Message, p.Hint = inWords(strings.TrimPrefix(first.Message, "yaml: "))
	}
	return p
}

func inWords(message string) (words, hint string) {
	if m := unknownField.FindStringSubmatch(message); m != nil {
		return "there is no " + m[1], "right is one of " + strings.Join(fieldsOf(m[2]), ", ")
	}
	if m := wrongKind.FindStringSubmatch(message); m != nil {
		words = kinds[m[1]] + " stands where " + wanted(m[3]) + " belongs"
		if m[2] != "" {
			words += ": " + strings.Trim(m[2], "`")
		}
		return words, right
	}
	if strings.Contains(message, "no documents") {
		return "is empty", right
	}
	return message, right
}

// wanted is what a Go type holds, in words.
func wanted(of string) string {
	switch {
	case strings.HasPrefix(of, "[]"):
		return "a list"
	case of == "int":
		return "a whole number"
	case of == "bool":
		return "true or false"
	case of == "string":
		return "text"
	}
	return "a mapping"
}

// fieldsOf are the names that a part of a mapping may have.
func fieldsOf(part string) []string {
	var names []string
	for _, v := range []any{Mapping{}, FileRule{}, Issues{}, LabelRule{}} {
		t := reflect.TypeOf(v)
		for i := 0; t.Name() == part && i < t.NumField(); i++ {
			if name := t.Field(i).Tag.Get("yaml"); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}
