package data

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"
)

// spokenOf are what invented meetings talk about.
var spokenOf = strings.Fields("backup restore etcd ceph network upgrade certificates quota cleanup monitoring alerts capacity disks billing images")

// Minutes are invented minutes of n meetings of operators, three days apart: Markdown
// by the path of the file. They are the same ones every time.
func Minutes(n int) iter.Seq2[string, string] {
	return func(yield func(path, text string) bool) {
		r := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // nothing hangs on it but the words
		day := time.Date(2021, 1, 4, 0, 0, 0, 0, time.UTC)
		for i := range n {
			date := day.AddDate(0, 0, 3*i)
			if !yield("ops/"+date.Format("20060102")+".md", meeting(r, date)) {
				return
			}
		}
	}
}

func meeting(r *rand.Rand, date time.Time) string {
	var b strings.Builder
	word := func() string { return spokenOf[r.IntN(len(spokenOf))] }
	fmt.Fprintf(&b, "# %s\n\n## Participants\n* @ada\n* @grace\n* @p%d\n\n## Agenda\n", date.Format(time.DateOnly), r.IntN(40))
	for range 4 {
		fmt.Fprintf(&b, "\n### %s of %s @ada\n", word(), word())
		for range 4 {
			fmt.Fprintf(&b, "* %s before %s %d\n    * see https://example.org/%d\n", word(), word(), r.IntN(100), r.IntN(1000))
		}
		fmt.Fprintf(&b, "* AI @grace: look after %s\n* => %s first\n", word(), word())
	}
	return b.String()
}
