package enginetest

import (
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
)

// Tokens holds an engine to what token.Store says. reopen, where it is given,
// closes and opens the store again.
func Tokens(t *testing.T, open Open, reopen func(engine.Engine) engine.Engine) {
	e := open(t)
	store := e.(token.Store)
	at := time.Date(2026, 11, 24, 12, 0, 0, 123456789, time.UTC)
	first := token.Token{ID: "b", Hash: "hash-b", Clearance: "green", Role: access.Reader, CreatedAt: at}
	second := token.Token{
		ID: "a", Hash: "hash-a", Label: "Ümlaut \x1b", Clearance: "red", Groups: []string{"csirt", "ops"}, Role: access.Curator,
		Person: "goern", CreatedAt: at.Add(time.Nanosecond), ExpiresAt: at.Add(time.Hour),
	}
	for _, one := range []token.Token{second, first} {
		if err := store.AddToken(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(want ...token.Token) {
		t.Helper()
		got, err := store.Tokens(t.Context())
		if err != nil || !slices.EqualFunc(got, want, equalToken) {
			t.Errorf("got %v, %v\nwant %v", got, err, want)
		}
		for _, one := range want {
			if got, found, err := store.TokenByHash(t.Context(), one.Hash); err != nil || !found || !equalToken(got, one) {
				t.Errorf("looked up: %v, %v, %v\nwant %v", got, found, err, one)
			}
		}
	}
	expect(first, second)
	for _, hash := range []string{"", "a", "HASH-A", "hash-a "} {
		if _, found, err := store.TokenByHash(t.Context(), hash); found || err != nil {
			t.Errorf("%q is found: %v, %v", hash, found, err)
		}
	}
	if err := store.RevokeToken(t.Context(), "nobody", at); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a token that is not there is revoked: %v", err)
	}
	for _, when := range []time.Time{at.Add(time.Minute), at.Add(time.Hour)} {
		if err := store.RevokeToken(t.Context(), "a", when); err != nil {
			t.Fatal(err)
		}
	}
	second.RevokedAt = at.Add(time.Minute)
	expect(first, second)
	if reopen != nil {
		store = reopen(e).(token.Store)
		expect(first, second)
	}
}

func equalToken(a, b token.Token) bool {
	same := a.CreatedAt.Equal(b.CreatedAt) && a.ExpiresAt.Equal(b.ExpiresAt) && a.RevokedAt.Equal(b.RevokedAt)
	return same && a.ID == b.ID && a.Hash == b.Hash && a.Label == b.Label && a.Clearance == b.Clearance &&
		slices.Equal(a.Groups, b.Groups) && a.Role == b.Role && a.Person == b.Person
}
