package question

import (
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/meetup"
)

var planningDay = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func planningPool() *pool {
	return &pool{
		topics: []meetup.Topic{
			{Key: "etcd", Said: []meetup.Step{{Level: "clear"}}},
			{Key: "ceph", Said: []meetup.Step{{Level: "amber", Rank: 2}, {From: "2027-06-01", Level: "clear"}}},
		},
		persons: map[string]bool{"ada": true}, program: program{talks: []talk{{person: "ada", date: "2027-01-01", session: "s", topics: []string{"ceph"}}}},
		ranks: map[string]int{"clear": 0, "amber": 2}, lowest: "clear",
		levels: []string{"clear", "amber"}, layers: []string{"iaas", "apps"}, inScope: []string{"iaas"},
		series: map[string]seriesRule{"guide": {curated: true, preparedMax: 5}},
	}
}

func TestSeasonRequest(t *testing.T) {
	r, err := planningPool().request(map[string]any{
		"dates": []any{"2027-02-01", "2027-01-01"}, "series": "guide", "minutes": int64(60),
		"locked": []any{map[string]any{"date": "2027-02-01", "topic": "etcd"}},
	}, planningDay)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(r.Dates, " ") != "2027-01-01 2027-02-01" || r.PreparedMax != 5 || r.Spacing != 1 || r.Minutes != 60 ||
		len(r.Layers) != 1 || r.Audience != 0 || len(r.Locked) != 1 {
		t.Errorf("%+v", r)
	}
}

// Every mistake names the part of the input, and what would be right.
func TestSeasonMistakes(t *testing.T) {
	slot := func(date, topic string) []any { return []any{map[string]any{"date": date, "topic": topic}} }
	spoken := func(date, topic, speaker string) []any {
		return []any{map[string]any{"date": date, "topic": topic, "speaker": speaker}}
	}
	for says, in := range map[string]map[string]any{
		"0 dates; right is 1 to 26":               {"dates": []any{}},
		"2026-11-30 has passed":                   {"dates": []any{"2026-11-30"}},
		"2027-01-01 stands twice":                 {"dates": []any{"2027-01-01", "2027-01-01"}},
		`no level "ambr" (did you mean "amber"?)`: {"dates": []any{"2027-01-01"}, "audience": "ambr"},
		`no layer "caas" that you may see`:        {"dates": []any{"2027-01-01"}, "layers": []any{"caas"}},
		"input.spacing: -1; right is 0 to 1000":   {"dates": []any{"2027-01-01"}, "spacing": int64(-1)},
		`no series "none"`:                        {"dates": []any{"2027-01-01"}, "series": "none"},
		"2027-01-02 is none of the dates":         {"dates": []any{"2027-01-01"}, "locked": slot("2027-01-02", "etcd")},
		`no topic "hidden" in the pool`:           {"dates": []any{"2027-01-01"}, "current": slot("2027-01-01", "hidden")},
		"ceph is amber on 2027-01-01":             {"dates": []any{"2027-01-01"}, "locked": slot("2027-01-01", "ceph")},
		`no person "eve" that you may see`:        {"dates": []any{"2027-01-01"}, "locked": spoken("2027-01-01", "etcd", "eve")},
		"nobody speaks twice at one time":         {"dates": []any{"2027-01-01"}, "locked": spoken("2027-01-01", "etcd", "ada")},
		"each date and each topic stands once":    {"dates": []any{"2027-01-01"}, "locked": append(slot("2027-01-01", "etcd"), slot("2027-01-01", "ceph")...)},
	} {
		_, err := planningPool().request(in, planningDay)
		if err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(says)) {
			t.Errorf("%s: got %v", says, err)
		}
	}
}
