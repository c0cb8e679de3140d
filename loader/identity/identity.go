package identity

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/open-operations/opsmap/internal/text"
)

// Item is a line that is to become a record.
type Item struct {
	// Type of the record.
	Type string
	// Key that the line names itself; empty for none.
	Key string
	// Parent is the index of the item it belongs to, -1 for none. An item stands
	// behind its parent.
	Parent int
	Text   string
	// Prefix begins the key of an item that is new.
	Prefix string
}

// Former is a record that the file made before.
type Former struct {
	Type, Key string
	// Parent is the key of the record it belonged to, empty for none.
	Parent string
	Text   string
	// Line it stood on: only the order of the lines counts.
	Line int
}

// Keys of the items, in their order. No two items of a type share one, unless both
// name it themselves.
func Keys(items []Item, formers []Former) []string {
	m := newMatch(items, formers)
	for _, level := range m.levels() {
		groups := m.group(level)
		for _, g := range groups {
			m.sameText(g)
		}
		for _, g := range groups {
			m.samePosition(g)
		}
		m.moved(level)
		for _, i := range level {
			m.settle(i)
		}
	}
	return m.keys
}

// match is the state of the matching.
type match struct {
	items   []Item
	folded  []string
	formers []former
	keys    []string
	// at is the index of the former that an item was matched with, -1 for none.
	at    []int
	taken map[[2]string]bool
	// families are the formers by type and parent, in the order of their lines.
	families map[family][]int
	// last is the number that the last key with the same beginning got.
	last map[string]int
}

type former struct {
	Former
	folded string
	used   bool
}

func newMatch(items []Item, formers []Former) *match {
	m := &match{
		items: items, folded: make([]string, len(items)), keys: make([]string, len(items)),
		at: make([]int, len(items)), taken: map[[2]string]bool{}, last: map[string]int{}, families: map[family][]int{},
	}
	for _, f := range formers {
		m.formers = append(m.formers, former{Former: f, folded: text.Fold(f.Text)})
		m.taken[[2]string{f.Type, f.Key}] = true
	}
	slices.SortStableFunc(m.formers, func(a, b former) int { return cmp.Or(a.Line-b.Line, cmp.Compare(a.Key, b.Key)) })
	for j, f := range m.formers {
		m.families[family{f.Type, f.Parent}] = append(m.families[family{f.Type, f.Parent}], j)
	}
	byKey := map[[2]string]int{} // the last where several have one
	for j, f := range m.formers {
		byKey[[2]string{f.Type, f.Key}] = j
	}
	for i, item := range items {
		m.folded[i], m.keys[i], m.at[i] = text.Fold(item.Text), item.Key, -1
		if item.Key == "" {
			continue
		}
		key := [2]string{item.Type, item.Key}
		m.taken[key] = true
		if j, ok := byKey[key]; ok && !m.formers[j].used {
			m.formers[j].used, m.at[i] = true, j
		}
	}
	return m
}

// levels are the items by their depth, so that parents have keys before their
// children are looked at.
func (m *match) levels() [][]int {
	depth := make([]int, len(m.items))
	var out [][]int
	for i, item := range m.items {
		if item.Parent >= 0 {
			depth[i] = depth[item.Parent] + 1
		}
		for len(out) <= depth[i] {
			out = append(out, nil)
		}
		out[depth[i]] = append(out[depth[i]], i)
	}
	return out
}

// siblings are items under one parent, and the formers that were.
type siblings struct {
	items   []int
	formers []int
}

type family struct{ typ, parent string }

// group the items of a level by type and parent, in the order of their first.
func (m *match) group(level []int) []*siblings {
	groups := map[family]*siblings{}
	var out []*siblings
	for _, i := range level {
		at := family{typ: m.items[i].Type}
		if p := m.items[i].Parent; p >= 0 {
			at.parent = m.keys[p]
		}
		g := groups[at]
		if g == nil {
			g = &siblings{}
			groups[at], out = g, append(out, g)
		}
		g.items = append(g.items, i)
	}
	for at, g := range groups {
		g.formers = m.families[at]
	}
	return out
}

func (m *match) pair(i, j int) {
	m.at[i], m.keys[i], m.formers[j].used = j, m.formers[j].Key, true
}

func (m *match) open(i int) bool { return m.keys[i] == "" }

// sameText pairs items and formers of the same text, the first with the first.
func (m *match) sameText(g *siblings) {
	byText := map[string][]int{}
	for _, j := range g.formers {
		if !m.formers[j].used {
			byText[m.formers[j].folded] = append(byText[m.formers[j].folded], j)
		}
	}
	for _, i := range g.items {
		if same := byText[m.folded[i]]; m.open(i) && len(same) > 0 {
			m.pair(i, same[0])
			byText[m.folded[i]] = same[1:]
		}
	}
}

// near is how many formers an item at the same position is compared with.
const near = 8

// samePosition pairs what is left between neighbours that were paired, in order,
// where the texts are similar.
func (m *match) samePosition(g *siblings) {
	place := map[int]int{}
	for n, j := range g.formers {
		place[j] = n
	}
	ends := m.ends(g, place)
	from := 0
	for n, i := range g.items {
		if at, among := place[m.at[i]]; among {
			from = max(from, at+1)
		}
		if m.open(i) {
			from = m.alike(i, g.formers, from, ends[n])
		}
	}
}

// ends are, for each item, the place of the former of the next item that has one.
func (m *match) ends(g *siblings, place map[int]int) []int {
	out := make([]int, len(g.items))
	end := len(g.formers)
	for n, i := range slices.Backward(g.items) {
		out[n] = end
		if at, among := place[m.at[i]]; among {
			end = at
		}
	}
	return out
}

// alike pairs an item with the first similar former between two places, and gives
// the place after it.
func (m *match) alike(i int, formers []int, from, end int) int {
	seen := 0
	for at := from; at < end && seen < near; at++ {
		j := formers[at]
		if m.formers[j].used {
			continue
		}
		seen++
		if Similarity(m.items[i].Text, m.formers[j].Text) >= Similar {
			m.pair(i, j)
			return at + 1
		}
	}
	return from
}

// moved pairs an item with the only former of its text in the whole file, if it is
// the only item that has it.
func (m *match) moved(level []int) {
	if !slices.ContainsFunc(level, m.open) || !slices.ContainsFunc(m.formers, func(f former) bool { return !f.used }) {
		return
	}
	type saying struct{ typ, folded string }
	left := map[saying]int{}
	for i := range m.items {
		if m.open(i) {
			left[saying{m.items[i].Type, m.folded[i]}]++
		}
	}
	there := map[saying][]int{}
	for j, f := range m.formers {
		if !f.used {
			there[saying{f.Type, f.folded}] = append(there[saying{f.Type, f.folded}], j)
		}
	}
	for _, i := range level {
		at := saying{m.items[i].Type, m.folded[i]}
		if m.open(i) && left[at] == 1 && len(there[at]) == 1 {
			m.pair(i, there[at][0])
		}
	}
}

// settle gives an item that is new a key that nobody has.
func (m *match) settle(i int) {
	if !m.open(i) {
		return
	}
	item := m.items[i]
	base := item.Prefix + Slug(item.Text)
	key := base
	for n := max(m.last[base], 1) + 1; m.taken[[2]string{item.Type, key}]; n++ {
		key = base + "-" + strconv.Itoa(n)
		m.last[base] = n
	}
	m.keys[i] = key
	m.taken[[2]string{item.Type, key}] = true
}
