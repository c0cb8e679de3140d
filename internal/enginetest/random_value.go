package enginetest

import (
	"math"
	"math/rand/v2"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Values come from small pools, so that records share them and filters hit.

// texts part in case, composition, width, and in the orders of UTF-8 and UTF-16.
var texts = []string{
	"", "a", "A", "ab", "aB", "a ", "b", "ä", "a\u0308", "Ä", "ß", "SS", "ﬁ", "fi", "！", "😀", "\ufffd", "\U0010ffff", "İ", "K",
	"the rain in Spain", "Rain", "osd down", "The OSD is down: rain, 5.15!", "備份 raining",
	"`", `"`, `\`, "$0", "a\tb", "\u0001", "\u2028",
}

// parts of texts, for contains and the like.
var parts = []string{"", "a", "A", "b", "\u0308", "ä", "s", "ss", "i", "rain", "RAIN", " ", "！", "😀", `\`, `"`, "K", "k"}

var numbers = []int64{0, 1, 1, 2, 3, -1, 7, math.MaxInt32, math.MinInt32}

var days = []string{"2026-01-01", "2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31", "2025-12-31", "2026-08-15"}

var instants = []string{"2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-29T01:00:00Z", "2026-08-15T16:00:00Z"}

// groups that viewers and audiences are made of.
var groups = []string{"csirt", "ops", "board"}

// randomValue is a value of a field.
func randomValue(r *rand.Rand, f *schema.Field) any {
	if !f.List {
		return randomOne(r, f)
	}
	out := []any{}
	for range r.IntN(4) {
		out = append(out, randomOne(r, f))
	}
	return out
}

func randomOne(r *rand.Rand, f *schema.Field) any {
	if f.Kind != schema.Object {
		return randomScalar(r, f)
	}
	out := make(record.Object, len(f.Object.Fields))
	for i, part := range f.Object.Fields {
		if part.Required || part.List || r.IntN(2) == 0 {
			out[i] = randomValue(r, part)
		}
	}
	return out
}

func randomScalar(r *rand.Rand, f *schema.Field) any {
	switch f.Kind {
	case schema.Int:
		return numbers[r.IntN(len(numbers))]
	case schema.Boolean:
		return r.IntN(2) == 0
	case schema.Date:
		return days[r.IntN(len(days))]
	case schema.DateTime:
		return instants[r.IntN(len(instants))]
	case schema.EnumKind:
		// The first words more often.
		return f.Enum.Values[min(r.IntN(len(f.Enum.Values)), r.IntN(len(f.Enum.Values)))]
	default:
		return texts[r.IntN(len(texts))]
	}
}

// randomViewer is one of few.
func randomViewer(r *rand.Rand) access.Viewer {
	return []access.Viewer{
		{}, {Clearance: "clear", Groups: []string{"ops"}}, {Clearance: "green"}, {Clearance: "amber", Groups: []string{"ops", "csirt"}},
		{Clearance: "amber-strict"}, {Clearance: "red", Groups: []string{"board", "csirt"}}, {Clearance: "unheard-of"}, all, {Clearance: "red"},
	}[r.IntN(9)]
}
