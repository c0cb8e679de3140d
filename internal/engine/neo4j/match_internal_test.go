package neo4j

import (
	"strings"
	"testing"
	"unicode"

	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// TestPlaces: what a term is worth falls from place to place, so that the first one
// found is the best, as search.Query.Score takes it.
func TestPlaces(t *testing.T) {
	if len(places) != 2*schema.Tiers {
		t.Fatalf("%d places of %d tiers", len(places), schema.Tiers)
	}
	q, err := search.Parse("osd")
	if err != nil {
		t.Fatal(err)
	}
	row := terms(q)[0].([]any)
	if len(row) != firstPlace+len(places)+1 {
		t.Fatalf("a term is %v", row)
	}
	for i := firstPlace + 1; i < firstPlace+len(places); i++ {
		if row[i-1].(int64) < row[i].(int64) {
			t.Errorf("place %d is worth %d, the next one %d", i-1, row[i-1], row[i])
		}
	}
	most := int64(2*search.MaxWords) * (search.Weight(schema.Title)*int64(8*search.MaxWords) + pointUnit)
	if most+missing >= 0 {
		t.Error("points can make up for a phrase that is missing")
	}
}

// FuzzLucene: whatever a client sends, nothing of it is Lucene's language.
func FuzzLucene(f *testing.F) {
	for _, s := range []string{
		`osd down`, `"osd down" ceph*`, `AND OR NOT && || ! a`, `+a -b (c) {d} [e TO f] ^g "h" ~i *j ?k :l \m /n/`,
		"_type:Practice a", "a\u3000b\u00a0c", "a\x00b", "ＡＮＤ ＯＲ", "\U0001d400\U0001d40d\U0001d403", "a\\", `"`, `""" a`, "İ ﬁ 備份 १",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := search.Parse(s)
		if err != nil {
			return
		}
		text, err := lucene(q)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		for clause := range strings.FieldsSeq(text) {
			word := strings.TrimSuffix(strings.Trim(clause, `+()"`), "*")
			word = strings.TrimRight(word, `)"`)
			for _, r := range word {
				if !unicode.In(r, unicode.L, unicode.M, unicode.N) {
					t.Errorf("%q has %q in it", text, r)
				}
			}
			if word == "" || word == "AND" || word == "OR" || word == "NOT" || word == "TO" {
				t.Errorf("%q has the word %q", text, word)
			}
		}
	})
}

func TestLuceneTypes(t *testing.T) {
	if got, err := luceneTypes([]any{"Topic", "Practice"}); err != nil || got != " +_type:(_ Topic Practice)" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := luceneTypes([]any{}); err != nil || got != " +_type:(_)" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := luceneTypes([]any{"Topic) OR (x"}); err == nil {
		t.Error("a name that is none was taken")
	}
}
