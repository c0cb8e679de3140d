package question

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// platform finds the platform an argument names, by key or alias.
func (w *world) platform(c Call, argument string) (string, error) {
	name, _ := c.Args[argument].(string)
	key, choices, ok := w.Resolve(name)
	switch {
	case ok:
		return key, nil
	case len(choices) > 0:
		return "", fault.New(fault.BadInput, "%s: %q is an alias of several platforms; name one of %s", argument, name, strings.Join(choices, ", "))
	}
	return "", fault.New(fault.NotFound, "%s: there is no platform %q that you may see%s", argument, name, didYouMean(w.NearestPlatforms(name, 3)))
}

// practice checks the practice an argument names.
func (w *world) practice(c Call, argument string) (string, error) {
	key, _ := c.Args[argument].(string)
	if w.HasPractice(key) {
		return key, nil
	}
	return "", fault.New(fault.NotFound, "%s: there is no practice %q that you may see%s", argument, key, didYouMean(w.NearestPractices(key, 3)))
}

func didYouMean(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return "; the nearest are " + strings.Join(keys, ", ")
}

// named are the platforms that a list names; all when it is absent.
func (w *world) named(c Call, argument string) ([]string, error) {
	names, given := c.Args[argument].([]any)
	if !given {
		return w.platformKeys(), nil
	}
	var keys []string
	for _, name := range names {
		key, err := w.platform(Call{Args: map[string]any{argument: name}}, argument)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

func (w *world) platformKeys() []string { return slices.Sorted(maps.Keys(w.types)) }

func (w *world) platformID(key string) record.ID { return record.ID{Type: w.types[key], Key: key} }

func practiceID(key string) record.ID { return record.ID{Type: "Practice", Key: key} }
