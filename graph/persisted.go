package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Persisted queries follow the protocol of Apollo's automatic persisted queries: a
// client sends the SHA-256 of a document in extensions.persistedQuery, alone at
// first; if the server does not know it, once more with the document. What is kept
// was valid, and is bounded in bytes.

// persistedVersion is the version of the protocol.
const persistedVersion = "1"

// persistedHash is the hash that a request names, empty for none.
func persistedHash(extensions map[string]any) (string, error) {
	given, there := extensions["persistedQuery"]
	if !there {
		return "", nil
	}
	fields, _ := given.(map[string]any)
	hash, _ := fields["sha256Hash"].(string)
	version, _ := fields["version"].(json.Number)
	if version.String() != persistedVersion || len(hash) != hex.EncodedLen(sha256.Size) {
		return "", fault.New(fault.BadInput, "extensions.persistedQuery has the form {version: 1, sha256Hash: the SHA-256 of the query in hexadecimal}")
	}
	return hash, nil
}

// persisted finds the text of a request that names it by its hash, or checks the
// hash of the one that is sent along.
func (p *preparer) persisted(ctx context.Context, r *request) *gqlerror.Error {
	switch {
	case r.Hash == "":
	case r.Query == "":
		text, known := p.texts.get(nameOf(ctx, r))
		if !known {
			return &gqlerror.Error{Message: "PersistedQueryNotFound", Extensions: map[string]any{"code": "PERSISTED_QUERY_NOT_FOUND"}}
		}
		r.Query = text
	default:
		if hashOf(r.Query) != r.Hash {
			return limitError(fault.New(fault.BadInput, "the sha256Hash is not that of the query"))
		}
	}
	return nil
}

// hashOf a text, as a client names it.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// persist keeps the text of a valid document under the hash that was checked.
func (p *preparer) persist(ctx context.Context, r *request) {
	if r.Hash != "" {
		name := nameOf(ctx, r)
		p.texts.add(name, r.Query, len(name)+len(r.Query)+entryOverhead)
	}
}

// nameOf a text among those that are kept: each token has its own, so that nobody can
// try out what others have asked.
func nameOf(ctx context.Context, r *request) string { return ViewerFrom(ctx).Token + "#" + r.Hash }

// entryOverhead is what an entry of a cache takes beside its key and value.
const entryOverhead = 256
