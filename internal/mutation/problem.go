package mutation

import (
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
)

// InputError is one thing that is wrong with an input.
type InputError struct {
	Code fault.Code
	// Field is the path of the input: input.dates.1.
	Field string
	// Message begins with the field and says what would be right.
	Message string
	// Cause is for the log.
	Cause error
}

// InputErrors are all that is wrong with an input. Nothing is written then.
type InputErrors []InputError

// Error is one problem a line.
func (p InputErrors) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].Message
	}
	return strings.Join(lines, "\n")
}

// problem notes what is wrong with a field.
func (m *work) problem(code fault.Code, field, format string, args ...any) {
	m.problems = append(m.problems, InputError{Code: code, Field: field, Message: field + ": " + fmt.Sprintf(format, args...)})
}

// wrong notes a value that makes no sense.
func (m *work) wrong(field, format string, args ...any) {
	m.problem(fault.BadInput, field, format, args...)
}

// notFound is the one answer to a record that is not there, that whoever asks may
// not see, or that is of another type.
func (m *work) notFound(field string) InputError {
	return InputError{Code: fault.NotFound, Field: field, Message: field + ": there is no such record that you may see; right is the id of one, such as Topic:etcd-backup, or its key"}
}
