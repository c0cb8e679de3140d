package linking

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
)

// How sure it is that a text means a title of which it has some words, in hundredths.
const (
	sureKey   = 75 // all words of the key of a practice, close together
	sureTitle = 75 // all telling words of a title, three or more
	sureBrief = 65 // all telling words of a title, two
	sureThree = 70 // three words of one practice
	surePair  = 60 // two words close together that one practice alone has, one an action
	sureThing = 50 // two words close together, neither of which another practice has
	sureFew   = 45 // two words close together that two or three practices have, one an action
	scattered = 15 // less, where they are not close together
)

// Words are close together that lie in so many.
const (
	closeBag  = 8
	closePair = 4
	// mostPaired is how many words of a practice are looked for by twos.
	mostPaired = 14
	// mostPractices may have two words together of which one is an action.
	mostPractices = 3
)

// title is the words of a record of which some may be met.
type title struct {
	id    record.ID
	text  string
	stems []stemID
}

// bag is words that all have to be in a text, in whatever order.
type bag struct {
	title
	reason string
	sure   int
}

// tellingOf are the telling words of a text, each once.
func tellingOf(text string) []string {
	stems := slices.DeleteFunc(stemsOf(wordsOf(text)), func(s string) bool { return !telling(s) || filler[s] })
	slices.Sort(stems)
	return slices.Compact(stems)
}

// filler are words of titles that say little of what these are about.
var filler = stemsIn(`bring carry find fix give handle keep make mark move put run take watch write work help need want show say look go come set
	first last next same good bad best step thing way lot bit day week year time`)

func (v *Vocabulary) numbers(stems []string) []stemID {
	out := make([]stemID, len(stems))
	for i, s := range stems {
		out[i] = v.number(s)
	}
	return out
}

// bagsOf are those of a term: its title's, and its key's.
func (v *Vocabulary) bagsOf(t Term) []bag {
	var out []bag
	if about := tellingOf(t.Title); len(about) > 1 {
		sure := sureTitle
		if len(about) == 2 {
			sure = sureBrief
		}
		out = append(out, bag{title{t.ID, t.Title, v.numbers(about)}, "all the telling words of “" + t.Title + "”", sure})
	}
	if about := tellingOf(t.Key); len(about) > 1 {
		out = append(out, bag{title{t.ID, t.Key, v.numbers(about)}, "all the words of “" + t.Key + "”", sureKey})
	}
	return out
}

// index puts each bag where its rarest word is looked up. Bags of the same words that
// too many records have are none.
func (v *Vocabulary) index(bags []bag) {
	often, same := map[stemID]int{}, map[string]int{}
	wordsOf := func(b bag) string {
		var key strings.Builder
		for _, s := range b.stems {
			key.WriteRune(rune(s))
		}
		return key.String()
	}
	for _, b := range bags {
		same[wordsOf(b)]++
		for _, s := range b.stems {
			often[s]++
		}
	}
	for _, b := range bags {
		if same[wordsOf(b)] > mostNamed {
			continue
		}
		rarest := slices.MinFunc(b.stems, func(a, c stemID) int { return cmp.Or(often[a]-often[c], cmp.Compare(a, c)) })
		v.bags[rarest] = append(v.bags[rarest], b)
	}
}

// findBags finds what all the words of a title or a key say.
func (v *Vocabulary) findBags(s string, words []word, at []stemID, add func(Match)) {
	where := map[stemID]int{}
	for i, id := range at {
		if _, there := where[id]; id != 0 && !there {
			where[id] = i
		}
	}
	for id := range where {
		for _, b := range v.bags[id] {
			if places := b.placesIn(where); places != nil {
				m := Match{ID: b.id, Words: quoted(s, words, places), Reason: b.reason, Confidence: b.sure}
				if places[len(places)-1]-places[0] >= closeBag {
					m.Reason, m.Confidence = m.Reason+", not close together", m.Confidence-scattered
				}
				add(m)
			}
		}
	}
}

// placesIn are where all words of a title stand, in their order; nil where one does not.
func (t *title) placesIn(where map[stemID]int) []int {
	places := make([]int, 0, len(t.stems))
	for _, stem := range t.stems {
		i, there := where[stem]
		if !there {
			return nil
		}
		places = append(places, i)
	}
	slices.Sort(places)
	return places
}

// quoted are the words of a text at some places, those of a compound once.
func quoted(s string, words []word, places []int) []string {
	var out []string
	last := -1
	for _, i := range places {
		if words[i].from == last {
			continue
		}
		last = words[i].from
		out = append(out, s[words[i].from:words[i].to])
	}
	return out
}

// pairsOf are the words of practices by twos: those of which one is something to be done,
// and those of which neither stands in another practice.
func (v *Vocabulary) pairsOf(terms []Term) {
	words, often := map[*title][]string{}, map[string]int{}
	var order []*title
	for _, t := range terms {
		if t.ID.Type != "Practice" {
			continue
		}
		about := tellingOf(t.Title + " " + strings.ReplaceAll(t.Key, "-", " "))
		about = slices.DeleteFunc(about, func(s string) bool { return vague[s] })
		about = about[:min(len(about), mostPaired)]
		one := &title{t.ID, t.Title, v.numbers(about)}
		words[one], order = about, append(order, one)
		for _, s := range about {
			often[s]++
		}
	}
	for _, t := range order {
		for i, a := range words[t] {
			for j, b := range words[t][:i] {
				pair := pairOf(t.stems[i], t.stems[j])
				if had := v.pairs[pair]; len(had) <= mostPractices && (actions[a] || actions[b] || often[a]+often[b] == 2) {
					v.pairs[pair] = append(had, t)
				}
			}
		}
	}
}

func pairOf(a, b stemID) [2]stemID { return [2]stemID{min(a, b), max(a, b)} }

// vague are words of titles that say little by twos.
var vague = stemsIn(`cloud service platform system public management automation process template operator issue plan policy state against operation
	project publish script tenant user`)

// actions are what is done to something.
var actions = stemsIn(`backup cleanup clean clear debug delete discovery drain empty evacuate exit export failover federation hibernation import install lock migrate mirror
	monitor patch prevent provision publish purge quota rebalance reboot rebuild reconnect recover recovery remove renew repair replace restart restore retry roll
	rollback rotate scale scrape snapshot sync synchronise tune upgrade validate verify`)

// findPairs finds practices of which two words or more stand close together.
func (v *Vocabulary) findPairs(s string, words []word, at []stemID, hits []hit, add func(Match)) {
	type pair struct{ first, second, practices int }
	found := map[*title]pair{}
	for i, a := range at {
		if a == 0 {
			continue
		}
		for j := i + 1; j < min(len(at), i+closePair); j++ {
			practices := v.pairs[pairOf(a, at[j])]
			if a == at[j] || len(practices) > mostPractices || len(practices) > 1 && actions[words[i].stem] && actions[words[j].stem] {
				continue
			}
			for _, t := range practices {
				if had, there := found[t]; !there || len(practices) < had.practices {
					found[t] = pair{i, j, len(practices)}
				}
			}
		}
	}
	for t, p := range found {
		m := t.some(s, words, at, p.first, p.second, p.practices)
		if m.Confidence == sureThing && namesOther(hits, t.id, p.first, p.second) {
			continue // bare metal is a platform, and says nothing of its provisioning
		}
		add(m)
	}
}

// namesOther reports whether two words stand in the name of another record, which is
// what they mean then.
func namesOther(hits []hit, id record.ID, first, second int) bool {
	return slices.ContainsFunc(hits, func(h hit) bool {
		if h.first > first || second > h.last {
			return false
		}
		return slices.ContainsFunc(h.at.names, func(n *name) bool { return n.id != id && !n.sign })
	})
}

// some is a practice of which a text has two words that so many practices have, and
// perhaps others beside them.
func (t *title) some(s string, words []word, at []stemID, first, second, practices int) Match {
	places := []int{first, second}
	for i := max(0, first-closePair+1); i < min(len(at), second+closePair); i++ {
		if slices.Contains(t.stems, at[i]) && !slices.ContainsFunc(places, func(had int) bool { return at[had] == at[i] }) {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	m := Match{ID: t.id, Words: quoted(s, words, places)}
	act := actions[words[first].stem] || actions[words[second].stem]
	switch {
	case practices > 1 && len(places) == 2:
		m.Reason, m.Confidence = "two words of “"+t.text+"” that few practices have together", sureFew
	case practices > 1:
		m.Reason, m.Confidence = "words of “"+t.text+"” that few practices have together", surePair
	case len(places) > 2:
		m.Reason, m.Confidence = "words of “"+t.text+"” that no other practice has together", sureThree
	case act:
		m.Reason, m.Confidence = "two words of “"+t.text+"” that no other practice has together", surePair
	default:
		m.Reason, m.Confidence = "two words of “"+t.text+"” that no other practice has together", sureThing
	}
	return m
}
