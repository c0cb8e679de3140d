package embedded

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

func all(p posting) []number {
	var out []number
	p.each(func(n number) bool { out = append(out, n); return true })
	return out
}

// TestPosting adds and removes numbers by chance, holds every posting to a plain
// list, and sees to it that none that was there before is changed.
func TestPosting(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	p := posting{first: 7}
	plain := []number{7}
	for step := range 20_000 {
		before, was := p, slices.Clone(plain)
		n := number(chance.IntN(6000))
		at, there := slices.BinarySearch(plain, n)
		if growing := step < 12_000; chance.IntN(4) > 0 == growing || len(plain) == 1 {
			if p = p.with(n); !there {
				plain = slices.Insert(plain, at, n)
			}
		} else {
			var left bool
			if p, left = p.without(n); there {
				plain = slices.Delete(plain, at, at+1)
			}
			if left != (len(plain) > 0) {
				t.Fatalf("step %d: left is %v of %d", step, left, len(plain))
			}
		}
		if p.size() != len(plain) {
			t.Fatalf("step %d: %d numbers, want %d", step, p.size(), len(plain))
		}
		if step%500 == 0 && (!slices.Equal(all(p), plain) || !slices.Equal(all(before), was)) {
			t.Fatalf("step %d: got %v, want %v", step, all(p), plain)
		}
		if p.runs != nil {
			for _, run := range *p.runs {
				if len(run) == 0 || len(run) > postingRun {
					t.Fatalf("a run of %d", len(run))
				}
			}
		}
	}
	if loaded := newPosting(plain); !slices.Equal(all(loaded), plain) {
		t.Error("a posting that was loaded has other numbers")
	}
}

// TestPostingEdited changes a posting by many edits at once, few and many beside its
// size, and holds it to a plain set.
func TestPostingEdited(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	p, known, plain := posting{}, false, map[number]bool{}
	for step := range 300 {
		edits := map[number]bool{}
		most := []int{1, 3, 40, 4000}[chance.IntN(4)]
		for range 1 + chance.IntN(most) {
			edits[number(chance.IntN(5000))] = chance.IntN(3) == 0
		}
		var list []wordEdit
		for n, gone := range edits {
			if gone && !plain[n] {
				continue
			}
			if list = append(list, wordEdit{n, gone}); gone {
				delete(plain, n)
			} else {
				plain[n] = true
			}
		}
		if len(list) == 0 {
			continue
		}
		if p, known = p.edited(known, list); known != (len(plain) > 0) {
			t.Fatalf("step %d: there is one: %v, of %d", step, known, len(plain))
		}
		if known && !slices.Equal(all(p), slices.Sorted(maps.Keys(plain))) {
			t.Fatalf("step %d: %d edits give %d numbers, want %d", step, len(list), len(all(p)), len(plain))
		}
	}
}

// TestPostingOfOne goes from one number to none.
func TestPostingOfOne(t *testing.T) {
	p := posting{first: 3}
	if p = p.with(3); p.size() != 1 || p.runs != nil {
		t.Errorf("got %v", all(p))
	}
	if rest, left := p.without(4); !left || !slices.Equal(all(rest), []number{3}) {
		t.Errorf("got %v", all(rest))
	}
	if _, left := p.without(3); left {
		t.Error("something is left")
	}
	two := p.with(1)
	if one, left := two.without(3); !left || one.runs != nil || one.first != 1 {
		t.Errorf("got %+v", one)
	}
}
