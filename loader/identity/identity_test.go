package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader/identity"
	"pgregory.net/rapid"
)

// outline reads lines indented by two blanks for each level as items.
func outline(text string) []identity.Item {
	var items []identity.Item
	var open []int
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		line = strings.TrimRight(line, "\n")
		body := strings.TrimLeft(line, " ")
		depth := (len(line) - len(body)) / 2
		open = open[:depth]
		item := identity.Item{Type: "Topic", Parent: -1, Text: body, Prefix: "m-"}
		if depth > 0 {
			item.Parent = open[depth-1]
		}
		item.Text, item.Key, _ = strings.Cut(body, " #")
		items, open = append(items, item), append(open, len(items))
	}
	return items
}

// formers are what items with their keys leave behind.
func formers(items []identity.Item, keys []string) []identity.Former {
	var out []identity.Former
	for i, item := range items {
		f := identity.Former{Type: item.Type, Key: keys[i], Text: item.Text, Line: i + 1}
		if item.Parent >= 0 {
			f.Parent = keys[item.Parent]
		}
		out = append(out, f)
	}
	return out
}

func TestKeysOfAFirstReading(t *testing.T) {
	items := outline(`
Die Lücke: what's open?
  updates
  updates
Über
  updates
  名前
known #some-topic
`)
	want := []string{"m-die-lucke-whats-open", "m-updates", "m-updates-2", "m-uber", "m-updates-3", "m-f3de7a52", "some-topic"}
	got := identity.Keys(items, nil)
	got[5], want[5] = got[5][:2], want[5][:2] // a hash; that there is one is enough
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestEditsKeepTheRest edits a file in one place; every other line keeps its key.
func TestEditsKeepTheRest(t *testing.T) {
	const before = `
recurring issues
  cleaning up resources
  reconnect to rabbitmq
  os upgrade
war stories
  debugging
  recovery
`
	first := outline(before)
	keys := identity.Keys(first, nil)
	for _, c := range []struct{ name, old, new string }{
		{"a typo", "reconnect to rabbitmq", "reconect to rabbitmq"},
		{"another case", "debugging", "DEBUGGING"},
		{"a word that goes on", "recovery", "recovery after outages"},
		{"words added", "cleaning up resources", "cleaning up resources in all the projects that nobody uses"},
		{"a parent edited", "recurring issues", "Recurring issues!"},
		{"a line before", "recurring issues", "welcome\nrecurring issues"},
		{"a line between", "  os upgrade", "  certificates\n  os upgrade"},
	} {
		t.Run(c.name, func(t *testing.T) {
			items := outline(strings.Replace(before, c.old, c.new, 1))
			after := identity.Keys(items, formers(first, keys))
			for _, key := range keys {
				if !slices.Contains(after, key) {
					t.Errorf("%s is lost: %q", key, after)
				}
			}
		})
	}
}

func TestWhatIsAnotherLine(t *testing.T) {
	first := outline("a\n  debugging\n  recovery\nb\n")
	keys := identity.Keys(first, nil)
	for _, c := range []struct{ name, text, want string }{
		{"replaced by something else", "a\n  licences of the hypervisor\n  recovery\nb", "m-a m-licences-of-the-hypervisor m-recovery m-b"},
		{"gone", "a\n  recovery\nb", "m-a m-recovery m-b"},
		{"moved to another parent", "a\n  recovery\nb\n  debugging", "m-a m-recovery m-b m-debugging"},
		{"another order", "b\na\n  recovery\n  debugging", "m-b m-a m-recovery m-debugging"},
		{"named", "a\n  debugging #other\n  recovery\nb", "m-a other m-recovery m-b"},
		{"there twice", "a\n  debugging\n  debugging\n  recovery\nb", "m-a m-debugging m-debugging-2 m-recovery m-b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := identity.Keys(outline(c.text), formers(first, keys))
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Debuging", "Debugging", true},
		{"os upgrade", "OS Upgrade", true},
		{"debugging", "recovery", false},
		{"Backup", "Backup of etcd and of the databases", false},
		{"Restores", "Restores, tested", true},
		{"Rest", "Restaurants", false},
		{"etcd", "etcd backups", true},
		{"AI", "AI policy", false},
		{"cleaning up resources", "cleaning up resources of former customers", true},
	} {
		if got := identity.Similarity(c.a, c.b); (got >= identity.Similar) != c.same {
			t.Errorf("%q and %q: %.2f", c.a, c.b, got)
		}
	}
}

// TestLaws: keys are unique, and reading the same again gives the same keys, also
// after a detour.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "A", "b", "updates", "updates now", "", "é", "x y z w"})
		invent := func(label string) []identity.Item {
			n := rapid.IntRange(0, 12).Draw(t, label)
			var items []identity.Item
			for i := range n {
				items = append(items, identity.Item{
					Type: "Topic", Text: word.Draw(t, "text"), Prefix: "m-", Parent: rapid.IntRange(-1, i-1).Draw(t, "parent"),
				})
			}
			return items
		}
		first := invent("first")
		keys := identity.Keys(first, nil)
		seen := map[string]bool{}
		for _, k := range keys {
			if k == "" || seen[k] {
				t.Fatalf("%q: %q", keys, k)
			}
			seen[k] = true
		}
		if again := identity.Keys(first, formers(first, keys)); !slices.Equal(again, keys) {
			t.Fatalf("first %q, then %q", keys, again)
		}
		second := invent("second")
		other := identity.Keys(second, formers(first, keys))
		if again := identity.Keys(second, formers(second, other)); !slices.Equal(again, other) {
			t.Fatalf("second %q, then %q", other, again)
		}
	})
}

// TestManyLinesCostLittle: nothing is quadratic in the lines of a file.
func TestManyLinesCostLittle(t *testing.T) {
	var old, now []identity.Item
	for i := range 20_000 {
		old = append(old, identity.Item{Type: "Topic", Parent: -1, Text: fmt.Sprint("line ", i*7919), Prefix: "m-"})
		now = append(now, identity.Item{Type: "Topic", Parent: -1, Text: fmt.Sprint("quite another text ", i), Prefix: "m-"})
	}
	if got := identity.Keys(now, formers(old, identity.Keys(old, nil))); len(got) != len(now) {
		t.Error("keys are missing")
	}
}
