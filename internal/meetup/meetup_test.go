package meetup_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/meetup"
)

func topic(key string, votes int, layers ...string) meetup.Topic {
	return meetup.Topic{Key: key, Title: key, Kind: "TOPIC", Votes: votes, Layers: layers, Said: []meetup.Step{{Level: "clear"}}}
}

func request(dates ...string) meetup.Request {
	return meetup.Request{Dates: dates, Layers: []string{"a", "b", "c"}, PreparedMax: -1, Spacing: 1}
}

func picks(s meetup.Season) string {
	out := ""
	for _, slot := range s.Slots {
		name := "-"
		if slot.Pick != nil {
			name = slot.Pick.Topic.Key + "@" + slot.Pick.Layer
		}
		out += name + " "
	}
	return out
}

// The points are worked out by hand: 2 a vote, 3 for each further source, 8 never
// covered, 6 a story, 10 a speaker, 4 beyond the classical.
func TestScore(t *testing.T) {
	x := topic("x", 3, "a")
	x.Raised, x.Stories = 3, []string{"s1", "s2"}
	x.Volunteers = []meetup.Volunteer{{Person: "zoe"}, {Person: "ada", Dates: []string{"2027-01-10"}}}
	for date, want := range map[string]int{"": 6 + 6 + 8 + 6 + 10 + 4, "2027-01-10": 40, "2027-02-10": 40} {
		if got, _ := x.Score(date); got != want {
			t.Errorf("%q: got %d, want %d", date, got, want)
		}
	}
	if x.Speaker("2027-01-10") != "ada" || x.Speaker("2027-02-10") != "zoe" {
		t.Error("the wrong speaker")
	}
	y := topic("y", -20, "a")
	y.Held, y.Classic = 1, true
	if got, _ := y.Score(""); got != -20 {
		t.Errorf("got %d, want -20", got)
	}
}

func TestWhatMayBeSaidWhen(t *testing.T) {
	x := topic("x", 0, "a")
	x.Said = []meetup.Step{{Rank: 4, Level: "red", Limited: true}, {From: "2027-03-01", Rank: 1, Level: "green"}, {From: "2027-06-01", Level: "clear"}}
	for _, c := range []struct {
		date string
		rank int
		want bool
	}{{"2027-02-28", 4, false}, {"2027-03-01", 1, true}, {"2027-05-31", 0, false}, {"2027-06-01", 0, true}} {
		if got := x.SayableOn(c.date, c.rank); got != c.want {
			t.Errorf("%s at %d: %v", c.date, c.rank, got)
		}
	}
	if day, ok := x.OpensOn("2027-01-01", 0); !ok || day != "2027-06-01" {
		t.Errorf("opens on %s %v", day, ok)
	}
}

func TestPlanByHand(t *testing.T) {
	pool := []meetup.Topic{topic("p", 9, "a"), topic("q", 8, "a"), topic("r", 5, "b"), topic("s", 1, "a", "b")}
	r := request("2027-01-05", "2027-02-02", "2027-03-02")
	// p and q share a layer and cannot follow each other, so r stands between them.
	if got := picks(meetup.Plan(pool, r)); got != "p@a r@b q@a " {
		t.Error(got)
	}
	r.Spacing = 0
	if got := picks(meetup.Plan(pool, r)); got != "p@a q@a r@b " {
		t.Error(got)
	}
	r.Locked = []meetup.Choice{{Date: "2027-01-05", Topic: "s"}}
	if got := picks(meetup.Plan(pool, r)); got != "s@a p@a q@a " {
		t.Error(got)
	}
}

func TestPreparedMax(t *testing.T) {
	pool := []meetup.Topic{topic("p", 5, "a"), topic("q", 4, "b"), topic("r", 3, "c")}
	for i := range pool {
		pool[i].Volunteers = []meetup.Volunteer{{Person: "ada"}}
	}
	r := request("2027-01-05", "2027-02-02", "2027-03-02")
	r.PreparedMax = 2
	s := meetup.Plan(pool, r)
	prepared := 0
	for _, slot := range s.Slots {
		if slot.Pick.Prepared {
			prepared++
		} else if slot.Pick.Speaker != "" {
			t.Error("a speaker prepares what is not prepared")
		}
	}
	if prepared != 2 || !s.Exact {
		t.Errorf("%d prepared, exact %v", prepared, s.Exact)
	}
}

func TestRelax(t *testing.T) {
	pool := []meetup.Topic{topic("p", 5, "a"), topic("q", 4, "a")}
	s := meetup.Plan(pool, request("2027-01-05", "2027-02-02"))
	if s.Relax == nil || s.Relax.Rule != meetup.LayerSpacing || s.Relax.Filled != 2 {
		t.Errorf("%+v", s.Relax)
	}
	pool[1].Said = []meetup.Step{{Rank: 3, Level: "amber"}}
	pool[1].Layers = []string{"b"}
	s = meetup.Plan(pool, request("2027-01-05", "2027-02-02"))
	if s.Relax == nil || s.Relax.Rule != meetup.AudienceLevel || s.Relax.Audience != 3 {
		t.Errorf("%+v", s.Relax)
	}
	if s = meetup.Plan(nil, request("2027-01-05")); s.Relax != nil || picks(s) != "- " {
		t.Errorf("nothing helps an empty pool: %+v", s.Relax)
	}
}

// A plan that stands changes only for more than staying is worth.
func TestChangesLeast(t *testing.T) {
	pool := []meetup.Topic{topic("p", 5, "a"), topic("q", 6, "b")}
	r := request("2027-01-05")
	r.Current = []meetup.Choice{{Date: "2027-01-05", Topic: "p"}}
	if got := picks(meetup.Plan(pool, r)); got != "p@a " {
		t.Error(got)
	}
	pool[1].Votes = 8
	if got := picks(meetup.Plan(pool, r)); got != "q@b " {
		t.Error(got)
	}
}

// exhaustive tries everything.
func exhaustive(pool []meetup.Topic, r meetup.Request) (filled, score int) {
	best := [2]int{-1, 0}
	var try func(i int, used map[string]bool, layers []string, prepared, filled, score int)
	try = func(i int, used map[string]bool, layers []string, prepared, filled, score int) {
		if i == len(r.Dates) {
			if filled > best[0] || (filled == best[0] && score > best[1]) {
				best = [2]int{filled, score}
			}
			return
		}
		try(i+1, used, append(slices.Clone(layers), ""), prepared, filled, score)
		for k := range pool {
			t := &pool[k]
			if used[t.Key] || t.Planned || !t.SayableOn(r.Dates[i], r.Audience) {
				continue
			}
			for _, layer := range t.Layers {
				if !slices.Contains(r.Layers, layer) || slices.Contains(layers[max(0, i-r.Spacing):], layer) {
					continue
				}
				with, _ := t.Score(r.Dates[i])
				used[t.Key] = true
				next := append(slices.Clone(layers), layer)
				if t.Speaker(r.Dates[i]) != "" {
					if r.PreparedMax < 0 || prepared < r.PreparedMax {
						try(i+1, used, next, prepared+1, filled+1, score+with)
					}
					with -= 10
				}
				try(i+1, used, next, prepared, filled+1, score+with)
				delete(used, t.Key)
			}
		}
	}
	try(0, map[string]bool{}, nil, 0, 0, 0)
	return best[0], best[1]
}

func TestPlanIsTheBest(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	dates := []string{"2027-01-05", "2027-02-02", "2027-03-02"}
	for n := range 300 {
		var pool []meetup.Topic
		for k := range 1 + random.IntN(6) {
			x := topic(fmt.Sprint("t", k), random.IntN(6)-1, []string{"a", "b", "c", "d"}[random.IntN(4)])
			if random.IntN(2) == 0 {
				x.Layers = append(x.Layers, "b")
				slices.Sort(x.Layers)
				x.Layers = slices.Compact(x.Layers)
			}
			if random.IntN(3) == 0 {
				x.Volunteers = []meetup.Volunteer{{Person: "ada", Dates: dates[random.IntN(3):]}}
			}
			x.Said[0].Rank, x.Planned = random.IntN(3), random.IntN(8) == 0
			pool = append(pool, x)
		}
		r := request(dates...)
		r.Audience, r.PreparedMax, r.Spacing = random.IntN(3), random.IntN(3)-1, random.IntN(3)
		s := meetup.Plan(pool, r)
		filled, score := exhaustive(pool, r)
		got := 0
		for _, slot := range s.Slots {
			if slot.Pick != nil {
				got++
			}
		}
		if got != filled || s.Score != score || !s.Exact || s.Bound != s.Score {
			t.Fatalf("case %d: %d filled with %d (bound %d, exact %v), the best is %d with %d", n, got, s.Score, s.Bound, s.Exact, filled, score)
		}
	}
}

// A large pool ends, and says how far from the best it may be.
func BenchmarkPlan(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var pool []meetup.Topic
	for k := range 4000 {
		pool = append(pool, topic(fmt.Sprint("t", k), random.IntN(12), []string{"a", "b", "c"}[random.IntN(3)]))
	}
	r := request()
	for m := 1; m <= 12; m++ {
		r.Dates = append(r.Dates, fmt.Sprintf("2027-%02d-05", m))
	}
	for b.Loop() {
		meetup.Plan(pool, r)
	}
}

// What is locked counts for the rules of the others, and stays itself.
func TestRulesBesideLockedSlots(t *testing.T) {
	pool := []meetup.Topic{topic("p", 9, "a"), topic("q", 8, "b"), topic("r", 1, "a")}
	for i := range pool {
		pool[i].Volunteers = []meetup.Volunteer{{Person: "ada"}}
	}
	r := request("2027-01-05", "2027-02-02")
	r.PreparedMax = 1
	r.Locked = []meetup.Choice{{Date: "2027-02-02", Topic: "r", Speaker: "zoe"}}
	s := meetup.Plan(pool, r)
	if got := picks(s); got != "q@b r@a " || s.Slots[0].Pick.Prepared || s.Slots[1].Pick.Speaker != "zoe" {
		t.Errorf("%s %+v", got, s.Slots)
	}
	r.Locked = []meetup.Choice{{Date: "2027-01-05", Topic: "p"}, {Date: "2027-02-02", Topic: "r"}}
	if got := picks(meetup.Plan(pool, r)); got != "p@a r@a " {
		t.Error(got)
	}
}

// Who speaks elsewhere on a day is not free, and what is planned stays where it is.
func TestSpeakersAreInOnePlace(t *testing.T) {
	pool := []meetup.Topic{topic("p", 0, "a")}
	pool[0].Planned = true
	pool[0].Volunteers = []meetup.Volunteer{{Person: "ada", Busy: []string{"2027-01-05"}}}
	r := request("2027-01-05")
	if got := picks(meetup.Plan(pool, r)); got != "- " {
		t.Error(got)
	}
	r.Current = []meetup.Choice{{Date: "2027-01-05", Topic: "p"}}
	if s := meetup.Plan(pool, r); picks(s) != "p@a " || s.Slots[0].Pick.Speaker != "" {
		t.Errorf("%+v", s)
	}
}

// What was talked about rests, unless that leaves a date without a topic and somebody relaxes it.
func TestTopicsRest(t *testing.T) {
	pool := []meetup.Topic{topic("p", 9, "a"), topic("q", 1, "b")}
	pool[0].Held, pool[0].HeldOn = 1, "2027-01-05"
	r := request("2027-07-03", "2027-07-04")
	r.Rest = 180
	if got := picks(meetup.Plan(pool, r)); got != "q@b p@a " {
		t.Error(got)
	}
	r.Dates = []string{"2027-03-01", "2027-04-01"}
	if s := meetup.Plan(pool, r); s.Relax == nil || s.Relax.Rule != meetup.TopicRest || s.Relax.Filled != 2 {
		t.Errorf("%+v", s.Relax)
	}
}
