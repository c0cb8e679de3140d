package issues

import (
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/naming"
)

// find is the record that a field of a form names: by its key, or by what it is called.
// Words behind a key count as a remark.
func (l *labels) find(i *issue, field, name string, types ...string) (record.ID, *loader.Problem) {
	if name == "" {
		return record.ID{}, refuse(i, "does not say "+field+"=", "right is practice=etcd-backup from=vsphere to=osism under About")
	}
	if id, found := l.keyed(strings.ToLower(name), types); found {
		return id, nil
	}
	var found []record.ID
	if l.called != nil {
		names, err := l.called()
		if err != nil {
			return record.ID{}, refuse(i, fmt.Sprintf("names %s=%.60s, which could not be looked up: %s", field, name, err), "try again")
		}
		found = names.Find(name, types...)
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return record.ID{}, refuse(i, fmt.Sprintf("names %s=%.60s, and several are called so", field, name), naming.Choice(found))
	}
	first, _, _ := strings.Cut(name, " ")
	if id, found := l.keyed(strings.Trim(first, formMarks), types); found {
		return id, nil
	}
	hint := naming.Hint(l.near(name, types), "the key, or the name, of a "+strings.ToLower(strings.Join(types, " or ")))
	return record.ID{}, refuse(i, fmt.Sprintf("names %s=%.60s, which is not on the map", field, name), hint)
}

// keyed is the record of one of the types with a key.
func (l *labels) keyed(key string, types []string) (record.ID, bool) {
	for _, t := range types {
		if id := (record.ID{Type: t, Key: key}); l.known[id] {
			return id, true
		}
	}
	return record.ID{}, false
}

// maxGuesses is how many wrong names are compared with all that are right: each
// takes time, and who has made so many mistakes reads no more of them.
const maxGuesses = 100

// near are the keys of some types that somebody may have meant.
func (l *labels) near(name string, types []string) []string {
	if l.guesses++; l.guesses > maxGuesses || l.called == nil {
		return nil
	}
	names, err := l.called()
	if err != nil {
		return nil
	}
	return names.Near(name, types...)
}
