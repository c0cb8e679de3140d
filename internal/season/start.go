package season

import (
	"time"

	"github.com/open-operations/opsmap/internal/fault"
)

// Start is the instant at which the clocks of a place show an hour (HH:MM) on a day
// (YYYY-MM-DD). Errors are BadInput: no hour, or one that summer time leaves out.
func Start(date, at string, where *time.Location) (time.Time, error) {
	const layout = "2006-01-02 15:04"
	wanted := date + " " + at
	start, err := time.ParseInLocation(layout, wanted, where)
	switch {
	case err != nil:
		return start, fault.New(fault.BadInput, "%q is no hour; right is one such as 18:00", at)
	case start.Format(layout) != wanted:
		return start, fault.New(fault.BadInput, "there is no %s on %s in %s, as the clocks are put forward; right is another hour", at, date, where)
	}
	return start, nil
}
