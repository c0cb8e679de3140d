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

// leaksElsewhere are rows that no operation on a map can show. A reason that is
// "nothing serves" is held to the schema and to the routes below: the row needs a
// case from the day one is served.
var leaksElsewhere = map[int]string{
	7:  "nothing serves changes; TestVotesAreFollowed and TestAnAgendaTellsNothingHidden of internal/httpd follow what changes beside what is hidden",
	8:  "nothing serves an audit log over the API; what is written in it is the server's own test",
	15: "TestRoutesTellNoMore of cmd/opsmap asks every route that reads the map on a map with and without what is hidden",
	16: "nothing serves exports",
	18: "TestRoutesTellNoMore of cmd/opsmap, the calendar among them",
	20: "TestPlans of the Neo4j engine: the goldens' plans with and without the guard",
}

// servedRoutes are the routes of package httpd when the table above was written.
var servedRoutes = []string{
	`"/graphql"`, `"GET /schema.graphql"`, `"GET /healthz"`, `"GET /readyz"`, `"GET /{$}"`, `"GET /playground"`, `"GET /assets/"`,
	`"GET /portability/matrix.csv"`, `"GET /portability/matrix.md"`, `"GET /portability/exit.md"`,
	`"GET /feeds/meetups.ics"`, `"GET /feeds/topics.atom"`, `"GET /meetings/{key}/announcement.md"`, `"GET /meetings/{key}/agenda.md"`, `"GET /meetings/{key}/minutes.md"`,
	`"GET /sessions/{key}/invitation.md"`,
}

// followed are the fields of Subscription that the cases of row 7 are about.
var followed = []string{"votes", "agenda"}

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
			t.Errorf("rows 7 and 10: %s can be followed, and there is no case of a leak through it", f.Name)
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
