package question

import (
	"testing"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/fault"
	"pgregory.net/rapid"
)

// TestCutIsASlice compares pages with the list they are cut from: walking forward
// and walking back meet every item once, in order, whatever the size of the page.
func TestCutIsASlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "items")
		size := rapid.IntRange(1, 5).Draw(t, "size")
		var items []Item
		for i := range n {
			items = append(items, Item{Place: []any{int64(i / 3), string(rune('a' + i))}})
		}
		var forward, backward []Item
		for p := (compile.Paging{Limit: size}); ; {
			page, err := cut(items, &p)
			if err != nil {
				t.Fatal(err)
			}
			if page.Total != n {
				t.Fatalf("total %d of %d", page.Total, n)
			}
			forward = append(forward, page.Items...)
			if !page.More {
				break
			}
			p.After = page.Items[len(page.Items)-1].Place
		}
		for p := (compile.Paging{Limit: size, FromEnd: true}); ; {
			page, err := cut(items, &p)
			if err != nil {
				t.Fatal(err)
			}
			backward = append(append([]Item(nil), page.Items...), backward...)
			if !page.More {
				break
			}
			p.Before = page.Items[0].Place
		}
		for name, got := range map[string][]Item{"forward": forward, "backward": backward} {
			if len(got) != n {
				t.Fatalf("%s: %d of %d items", name, len(got), n)
			}
			for i := range got {
				if compare(got[i].Place, items[i].Place) != 0 {
					t.Fatalf("%s: item %d is out of order", name, i)
				}
			}
		}
	})
}

func TestForeignCursors(t *testing.T) {
	items := []Item{{Place: []any{int64(1), "a"}}}
	for _, cursor := range [][]any{{}, {int64(1)}, {"a", "a"}, {int64(1), nil}, {int64(1), true}, {int64(1), "a", "b"}} {
		if _, err := cut(items, &compile.Paging{Limit: 1, After: cursor}); fault.CodeOf(err) != fault.BadCursor {
			t.Errorf("%v: %v", cursor, err)
		}
	}
}

func TestContribute(t *testing.T) {
	for base, want := range map[string]string{
		"https://forms.example/new":     "https://forms.example/new?about=a+b%26c",
		"https://forms.example/new?t=1": "https://forms.example/new?t=1&about=a+b%26c",
	} {
		a := &Asker{config: Config{ContributeURL: base}}
		if got := a.contribute("about", "a b&c", "left-out", ""); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
