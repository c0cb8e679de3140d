package identity_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader/identity"
)

// FuzzKeys: keys are there and differ, and the same lines keep them, whatever the
// lines were before.
func FuzzKeys(f *testing.F) {
	f.Add("a\n  b\n  b\nc", "a\n  b\nd")
	f.Add("", "x")
	f.Add("ä\n\n  ä", "ä")
	f.Fuzz(func(t *testing.T, now, before string) {
		formers := formersOf(linesOf(before), identity.Keys(linesOf(before), nil))
		items := linesOf(now)
		keys := identity.Keys(items, formers)
		if sorted := slices.Sorted(slices.Values(keys)); len(slices.Compact(sorted)) != len(items) || slices.Contains(keys, "") {
			t.Errorf("%q after %q has the keys %q", now, before, keys)
		}
		if again := identity.Keys(items, formersOf(items, keys)); !slices.Equal(again, keys) {
			t.Errorf("%q has the keys %q, and again %q", now, keys, again)
		}
	})
}

// linesOf are lines, those that are indented below the one before that is not.
func linesOf(text string) []identity.Item {
	var out []identity.Item
	top := -1
	for i, l := range strings.Split(text, "\n") {
		item := identity.Item{Type: "Topic", Parent: -1, Text: strings.TrimSpace(l), Prefix: "p-"}
		if strings.HasPrefix(l, " ") && top >= 0 {
			item.Parent = top
		} else {
			top = i
		}
		out = append(out, item)
	}
	return out
}

func formersOf(items []identity.Item, keys []string) []identity.Former {
	out := make([]identity.Former, len(items))
	for i, item := range items {
		out[i] = identity.Former{Type: item.Type, Key: keys[i], Text: item.Text, Line: i + 1}
		if item.Parent >= 0 {
			out[i].Parent = keys[item.Parent]
		}
	}
	return out
}
