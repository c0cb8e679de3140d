package linking_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/linking"
)

// TestDistil: stories that share a recurring issue, or name one recurring practice; a
// story that is told twice is one.
func TestDistil(t *testing.T) {
	issue := linking.Issue{ID: record.ID{Type: "Topic", Key: "reconnect"}, Title: "Agents stay away"}
	restart := practice("broker-restart-reconnect", "Reconnect clients after a restart of the broker")
	restart.Recurring = true
	purge := practice("queue-purge", "Purge queues")
	story := func(key, title, day string, about bool, distilled ...record.ID) linking.Story {
		s := linking.Story{ID: record.ID{Type: "Story", Key: key}, Title: title, Text: title, Day: day, Distilled: distilled}
		if about {
			s.Issues = []record.ID{issue.ID}
		}
		return s
	}
	belonging, mentioning := issue, issue
	belonging.Practices, mentioning.Title = []record.ID{purge.ID}, "Queue purge, again and again"
	const named = "After the broker restart reconnect failed"
	for name, c := range map[string]struct {
		stories []linking.Story
		issue   linking.Issue
		want    []string
	}{
		"another was distilled": {
			[]linking.Story{story("a", "One", "", true, restart.ID), story("b", "Two", "", true)}, issue,
			[]string{"b 70 broker-restart-reconnect “One”, about the same recurring issue “Agents stay away”, was distilled into it"},
		},
		"told twice": {
			[]linking.Story{story("a", "One", "2026-03-02", true, restart.ID), story("b", "one", "2026-03-02", true)}, issue, nil,
		},
		"told twice, once without its day": {
			[]linking.Story{story("a", "One", "", true, restart.ID), story("b", "One", "2026-03-02", true)}, belonging, nil,
		},
		"two days": {
			[]linking.Story{story("a", "One", "2026-03-02", true, restart.ID), story("b", "One", "2026-04-02", true)}, issue,
			[]string{"b 70 broker-restart-reconnect “One”, about the same recurring issue “Agents stay away”, was distilled into it"},
		},
		"the issue has a practice": {
			[]linking.Story{story("a", "One", "", true), story("b", "Two", "", true), story("c", "Three", "", false)}, belonging,
			[]string{
				"a 80 queue-purge several stories are about the recurring issue “Agents stay away”, which it belongs to",
				"b 80 queue-purge several stories are about the recurring issue “Agents stay away”, which it belongs to",
			},
		},
		"one story of it": {[]linking.Story{story("a", "One", "", true)}, belonging, nil},
		"the issue mentions one": {
			[]linking.Story{story("a", "One", "", true), story("b", "Two", "", true, purge.ID)}, mentioning,
			[]string{"a 70 queue-purge several stories are about the recurring issue “Queue purge, again and again”, whose title mentions it: it is called “queue purge”, word for word"},
		},
		"several name one": {
			[]linking.Story{story("a", named, "", false), story("b", "They did "+named, "", false), story("c", "Queue purge", "", false), story("d", "The queue purge", "", false)}, issue,
			[]string{
				"a 95 broker-restart-reconnect several stories name it: it is called “broker restart reconnect”, word for word",
				"b 95 broker-restart-reconnect several stories name it: it is called “broker restart reconnect”, word for word",
			},
		},
		"one names it":       {[]linking.Story{story("a", named, "", false)}, issue, nil},
		"one names it twice": {[]linking.Story{story("a", named, "", false), story("b", strings.ToUpper(named), "2026-03-02", false)}, issue, nil},
	} {
		var got []string
		for _, s := range linking.Distil(c.stories, []linking.Issue{c.issue}, []linking.Term{restart, purge}) {
			got = append(got, fmt.Sprint(s.Links["story"][0].Key, " ", s.Fields["confidence"], " ", s.Links["practice"][0].Key, " ", s.Fields["reason"]))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
