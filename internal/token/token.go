// Package token knows the bearer tokens people and programs identify themselves
// with. A token is a system record beside the map: no plan reaches it, and of its
// secret only a hash is kept. The secret has 256 random bits, so one round of
// SHA-256 is enough, and looking the hash up tells nobody who guesses how near
// they were.
package token

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
)

// Token is what is kept of a bearer token.
type Token struct {
	// ID names the token in lists, to revoke it, and in the audit log. It says
	// nothing about the secret.
	ID string `json:"id"`
	// Hash of the secret, SHA-256 in hexadecimal.
	Hash string `json:"hash"`
	// Label is what its owner calls it; may be empty.
	Label string `json:"label,omitempty"`
	// Clearance, Groups, Role and Person are the viewer it makes of whoever shows
	// it; see access.Viewer.
	Clearance string      `json:"clearance"`
	Groups    []string    `json:"groups,omitempty"`
	Role      access.Role `json:"role"`
	Person    string      `json:"person,omitempty"`
	CreatedAt time.Time   `json:"createdAt"`
	// ExpiresAt is the first instant at which it no longer counts; zero for never.
	ExpiresAt time.Time `json:"expiresAt,omitzero"`
	// RevokedAt is when it was revoked; zero while it is not.
	RevokedAt time.Time `json:"revokedAt,omitzero"`
}

// State says whether a token counts.
type State string

// The states of a token.
const (
	Active  State = "ACTIVE"
	Expired State = "EXPIRED"
	Revoked State = "REVOKED"
)

// State of the token at now.
func (t *Token) State(now time.Time) State {
	switch {
	case !t.RevokedAt.IsZero():
		return Revoked
	case !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt):
		return Expired
	}
	return Active
}

// Viewer is whoever shows the token.
func (t *Token) Viewer() access.Viewer {
	return access.Viewer{
		Clearance: t.Clearance, Groups: t.Groups, Role: t.Role, Person: t.Person, Token: t.ID,
		AllSeeing: t.Role == access.Owner,
	}
}

// Store keeps tokens; both engines do, beside the map. Errors have the code
// Unavailable, and for RevokeToken NotFound.
type Store interface {
	// AddToken keeps a new token durably.
	AddToken(ctx context.Context, t Token) error
	// Tokens are all of them, by CreatedAt, then ID.
	Tokens(ctx context.Context) ([]Token, error)
	// TokenByHash finds a token, revoked and expired ones too.
	TokenByHash(ctx context.Context, hash string) (t Token, found bool, err error)
	// RevokeToken marks a token as revoked; one that is stays as it is. It holds for
	// every look-up that begins after it has returned.
	RevokeToken(ctx context.Context, id string, at time.Time) error
}

// prefix begins every secret, so that scanners for leaked secrets know them.
const prefix = "opsmap_"

const secretBytes = 32

// newSecret makes the text that is shown once.
func newSecret() string {
	var random [secretBytes]byte
	// It never fails, and fills the slice.
	_, _ = rand.Read(random[:])
	return prefix + base64.RawURLEncoding.EncodeToString(random[:])
}

// wellFormed reports whether a text could be a secret of ours. What could not is
// never looked up.
func wellFormed(secret string) bool {
	body, ours := strings.CutPrefix(secret, prefix)
	if !ours || len(body) != base64.RawURLEncoding.EncodedLen(secretBytes) {
		return false
	}
	_, err := base64.RawURLEncoding.Strict().DecodeString(body)
	return err == nil
}

// hashOf is what is kept of a secret.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
