package gather

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// ID names a changeset by what it says and by the revision of the store it was made
// for. Who applies it twice, because an answer was lost, changes nothing the second
// time; who goes back to what a file said earlier is heard, as the store has moved
// on.
func ID(c *schema.Catalog, changeset *record.Changeset, revision int64) string {
	h := sha256.New()
	e := json.NewEncoder(h)
	write := func(v ...any) {
		if err := e.Encode(v); err != nil {
			panic("BUG: what sources say is always JSON, and a hash takes everything: " + err.Error())
		}
	}
	write(revision, changeset.Replace, changeset.Retire)
	for i := range changeset.Say {
		s := &changeset.Say[i]
		t := c.Type(s.ID.Type)
		write(s.Source, s.ID, s.Class, s.Edit, merge.EncodeFields(t, s.Fields), merge.EncodeLinks(s.Links))
	}
	return "load:" + hex.EncodeToString(h.Sum(nil)[:16])
}
