package token

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
)

// Keeper makes tokens and recognises who shows them.
type Keeper struct {
	// Store keeps the tokens.
	Store Store
	// Ladder reads the levels of the map, which clearances are held against.
	Ladder func(context.Context) (access.Ladder, error)
	// Now is the clock.
	Now func() time.Time
}

// Grant is what a new token is to allow.
type Grant struct {
	Label     string      `json:"label"`
	Clearance string      `json:"clearance"`
	Groups    []string    `json:"groups"`
	Role      access.Role `json:"role"`
	Person    string      `json:"person"`
	// ExpiresAt is zero for never.
	ExpiresAt time.Time `json:"expiresAt"`
}

// Create makes a token. The secret is returned here and can never be had again.
// Errors have the code BadInput for a grant that makes no sense, else Unavailable.
func (k *Keeper) Create(ctx context.Context, g Grant) (secret string, t Token, err error) {
	now := k.Now().UTC()
	if err := k.check(ctx, &g, now); err != nil {
		return "", Token{}, err
	}
	secret = newSecret()
	t = Token{
		ID: strings.ToLower(rand.Text()[:12]), Hash: hashOf(secret), Label: g.Label, Clearance: g.Clearance,
		Groups: g.Groups, Role: g.Role, Person: g.Person, CreatedAt: now, ExpiresAt: g.ExpiresAt.UTC(),
	}
	if g.ExpiresAt.IsZero() {
		t.ExpiresAt = time.Time{}
	}
	if err := k.Store.AddToken(ctx, t); err != nil {
		return "", Token{}, err
	}
	return secret, t, nil
}

func (k *Keeper) check(ctx context.Context, g *Grant, now time.Time) error {
	ladder, err := k.Ladder(ctx)
	if err != nil {
		return err
	}
	if _, known := ladder.Rank(g.Clearance); !known {
		return fault.New(fault.BadInput, "there is no level %q; the levels are %s", g.Clearance, strings.Join(ladder.Keys(), ", "))
	}
	if !slices.Contains(access.Roles(), g.Role) {
		return fault.New(fault.BadInput, "there is no role %q; right is reader, contributor, curator or owner", g.Role)
	}
	if !g.ExpiresAt.IsZero() && !g.ExpiresAt.After(now) {
		return fault.New(fault.BadInput, "the token would have expired at %s, before it is made", g.ExpiresAt.UTC().Format(time.RFC3339))
	}
	if g.Groups, err = access.CleanGroups(g.Groups); err != nil {
		return err
	}
	if utf8.RuneCountInString(g.Label) > 100 || strings.ContainsFunc(g.Label, unicode.IsControl) || !utf8.ValidString(g.Label) {
		return fault.New(fault.BadInput, "a label has at most 100 characters and no control characters")
	}
	return nil
}

// List is all tokens, by the time they were made.
func (k *Keeper) List(ctx context.Context) ([]Token, error) { return k.Store.Tokens(ctx) }

// Revoke ends a token at once.
func (k *Keeper) Revoke(ctx context.Context, id string) error {
	return k.Store.RevokeToken(ctx, id, k.Now().UTC())
}

// errUnknown is the one answer to whatever is no token that counts: which of the
// reasons it is would help only whoever guesses.
var errUnknown = fault.New(fault.Unauthenticated, "the token is unknown, has expired or was revoked; ask without one, or get a new one")

// Viewer is whoever shows the secret. A secret that does not count is an error
// with the code Unauthenticated, whatever the reason; it never makes anybody
// anonymous.
func (k *Keeper) Viewer(ctx context.Context, secret string) (access.Viewer, error) {
	if !wellFormed(secret) {
		return access.Viewer{}, errUnknown
	}
	t, found, err := k.Store.TokenByHash(ctx, hashOf(secret))
	if err != nil {
		return access.Viewer{}, err
	}
	if !found || t.State(k.Now()) != Active {
		return access.Viewer{}, errUnknown
	}
	return t.Viewer(), nil
}

// As is the viewer as a lower one, by the text of the header Opsmap-View-As or
// the flag --as; see access.ParseAs. An empty text changes nothing.
func (k *Keeper) As(ctx context.Context, v access.Viewer, text string) (access.Viewer, error) {
	if text == "" {
		return v, nil
	}
	as, err := access.ParseAs(text)
	if err != nil {
		return access.Viewer{}, err
	}
	ladder, err := k.Ladder(ctx)
	if err != nil {
		return access.Viewer{}, err
	}
	return v.As(as, ladder)
}
