package enginetest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// leakRows are how many leaks of others we have a case for: each is a case of the
// corpus, leak-NN-…, or is named here with what holds us to it.
const leakRows = 20

// heldElsewhere says of a row that no operation on a map can show which test holds us
// to it. The test has to be there.
type heldElsewhere struct{ file, test string }

// leaksElsewhere are the rows that no operation on a map can show.
var leaksElsewhere = map[int][]heldElsewhere{
	// Nothing serves the log; nothing of a record is in it; a subscription is pushed to
	// only when its own answer is another one.
	7: {
		{"../../cmd/opsmap/audit_test.go", "TestAuditLog"}, {"../httpd/stream_test.go", "TestVotesAreFollowed"},
		{"../httpd/stream_test.go", "TestWhatIsNotThereIsFollowedToo"}, {"../httpd/stream_leak_test.go", "TestAnAgendaTellsNothingHidden"}, {"../../cmd/opsmap/routes_test.go", "TestRoutesTellNoMore"},
	},
	8:  {{"../../cmd/opsmap/audit_test.go", "TestLoweringIsAudited"}},
	15: {{"../../cmd/opsmap/routes_test.go", "TestRoutesTellNoMore"}},
	16: {{"../../cmd/opsmap/leaks_test.go", "TestExportTellsNoMore"}, {"../../cmd/opsmap/export_test.go", "TestExportReadsBack"}},
	18: {{"../../cmd/opsmap/routes_test.go", "TestRoutesTellNoMore"}},
	// The goldens' plans with and without the guard.
	20: {{"../engine/neo4j/golden_test.go", "TestPlans"}},
}

// servedRoutes are the routes of package httpd when the table above was written.
var servedRoutes = []string{
	`"/graphql"`, `"GET /schema.graphql"`, `"GET /healthz"`, `"GET /readyz"`, `"GET /{$}"`, `"GET /playground"`, `"GET /assets/"`,
	`"GET /portability/matrix.csv"`, `"GET /portability/matrix.md"`, `"GET /portability/exit.md"`,
	`"GET /feeds/meetups.ics"`, `"GET /feeds/topics.atom"`, `"GET /meetings/{key}/announcement.md"`, `"GET /meetings/{key}/agenda.md"`, `"GET /meetings/{key}/minutes.md"`,
	`"GET /sessions/{key}/invitation.md"`,
}

// followed are the fields of Subscription that package httpd's tests follow beside what
// is hidden.
var followed = []string{"agenda", "votes"}

// tellingFields of Query would be one of the rows that nothing serves.
var tellingFields = []string{"changes", "history", "audit", "auditLog", "export", "feed", "feeds", "calendar"}

// TestLeaksOfOthers holds the corpus to the table of leaks, row by row.
func TestLeaksOfOthers(t *testing.T) {
	cases := corpus(t)
	for row := 1; row <= leakRows; row++ {
		prefix := fmt.Sprintf("leak-%02d-", row)
		has := slices.ContainsFunc(cases, func(c corpusCase) bool { return strings.HasPrefix(c.name, prefix) })
		if _, elsewhere := leaksElsewhere[row]; has == elsewhere {
			t.Errorf("row %d: a case %s… is there: %v, and it is said to be held elsewhere: %v", row, prefix, has, elsewhere)
		}
	}
	served := Catalog(t).Served
	for _, f := range served.Subscription.Fields {
		if !slices.Contains(followed, f.Name) {
			t.Errorf("rows 7 and 10: Subscription.%s is served, and no case follows it beside what is hidden", f.Name)
		}
	}
	for row, all := range leaksElsewhere {
		for _, held := range all {
			source, err := os.ReadFile(held.file)
			if err != nil || !strings.Contains(string(source), "func "+held.test+"(") {
				t.Errorf("row %d: %s has no %s: %v", row, held.file, held.test, err)
			}
		}
	}
	for _, name := range tellingFields {
		if served.Query.Fields.ForName(name) != nil {
			t.Errorf("Query.%s is served now: write the case of its row in the table of leaks and take it off the list", name)
		}
	}
}

// TestRoutes reads the routes in the source of the server: a new one needs a case for
// rows 15, 16 and 18.
func TestRoutes(t *testing.T) {
	const folder = "../httpd"
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(folder + "/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range []string{"mux.Handle(", "mux.HandleFunc("} {
			for _, rest := range strings.Split(string(source), call)[1:] {
				route, _, _ := strings.Cut(rest, ",")
				if found++; !slices.Contains(servedRoutes, route) {
					t.Errorf("%s: the route %s has no case in the table of leaks (rows 15, 16, 18); write it, then name the route", f.Name(), route)
				}
			}
		}
	}
	if found == 0 {
		t.Error("no route was found in the source of the server")
	}
}
