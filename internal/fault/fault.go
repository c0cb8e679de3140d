// Package fault is the one error type that crosses package boundaries: a code
// that decides how a caller reacts, and a message a person can act on.
package fault

import (
	"errors"
	"fmt"
)

// Code says how a caller should react to an error. The set is closed; it is what
// GraphQL clients find in extensions.code.
type Code string

// The codes. Anything that carries none of them is Internal.
const (
	// BadInput: what was asked is malformed; asking again the same way fails again.
	BadInput Code = "BAD_USER_INPUT"
	// BadCursor: a cursor of another order, or none of ours.
	BadCursor Code = "BAD_CURSOR"
	// NotFound: there is no such thing, or the asker may not know of it.
	NotFound Code = "NOT_FOUND"
	// Conflict: what was read before writing has changed since.
	Conflict Code = "CONFLICT"
	// LimitExceeded: the request costs more than the server allows.
	LimitExceeded Code = "LIMIT_EXCEEDED"
	// Unauthenticated: the token is not one of ours, or no longer.
	Unauthenticated Code = "UNAUTHENTICATED"
	// Forbidden: the asker is known and may not do this.
	Forbidden Code = "FORBIDDEN"
	// Timeout: the deadline passed before the answer was there.
	Timeout Code = "TIMEOUT"
	// Unavailable: the store cannot be reached, is locked or damaged.
	Unavailable Code = "UNAVAILABLE"
	// Internal: our own fault; the message stays in the log.
	Internal Code = "INTERNAL"
)

// Error is an error with a code. Message is shown to whoever asked, so it must
// not name anything they may not see; Cause is for the log.
type Error struct {
	Code    Code
	Message string
	Cause   error
}

// New makes an error with a formatted message.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error with a message of its own and keeps cause for the log.
func Wrap(code Code, cause error, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// Error is the message followed by its cause.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.Cause.Error()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf is the code of err: that of the first Error in its chain, Internal
// otherwise.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Message is what may be shown of err: the message of the first Error in its
// chain that is not Internal, "internal error" otherwise.
func Message(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Code != Internal {
		return e.Message
	}
	return "internal error"
}
