package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/open-operations/opsmap/internal/fault"
)

func TestWhatIsShown(t *testing.T) {
	secret := errors.New("host db7 refused")
	for _, c := range []struct {
		name    string
		err     error
		code    fault.Code
		message string
	}{
		{"ours", fault.New(fault.BadInput, "%d is too many", 7), fault.BadInput, "7 is too many"},
		{"with a cause", fault.Wrap(fault.Unavailable, secret, "the store does not answer"), fault.Unavailable, "the store does not answer"},
		{"deep in a chain", fmt.Errorf("reading: %w", fault.New(fault.NotFound, "no such topic")), fault.NotFound, "no such topic"},
		{"foreign", secret, fault.Internal, "internal error"},
		{"our own mistake", fault.New(fault.Internal, "BUG: two roots"), fault.Internal, "internal error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fault.CodeOf(c.err); got != c.code {
				t.Errorf("code %s", got)
			}
			if got := fault.Message(c.err); got != c.message {
				t.Errorf("shows %q", got)
			}
		})
	}
	if !errors.Is(fault.Wrap(fault.Unavailable, secret, "x"), secret) {
		t.Error("the cause is lost to the log")
	}
}
