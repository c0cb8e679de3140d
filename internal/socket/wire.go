package socket

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// wireChangeset is a changeset as it crosses the socket. Fields and links are in
// the form in which stores keep them, which knows the kinds of their values.
type wireChangeset struct {
	ID       string                `json:"id"`
	Actor    string                `json:"actor"`
	At       time.Time             `json:"at"`
	Expect   []record.Precondition `json:"expect"`
	Say      []wireStatement       `json:"say"`
	Retire   []record.Retirement   `json:"retire"`
	Replace  []string              `json:"replace"`
	DryRun   bool                  `json:"dryRun"`
	Detailed bool                  `json:"detailed"`
	Listed   int                   `json:"listed"`
}

// wireAsked asks what was said.
type wireAsked struct {
	Prefixes []string    `json:"prefixes"`
	About    []record.ID `json:"about"`
}

type wireStatement struct {
	Source string       `json:"source"`
	ID     record.ID    `json:"id"`
	Fields string       `json:"fields"`
	Links  string       `json:"links"`
	Class  access.Class `json:"class"`
	Edit   bool         `json:"edit"`
}

func encodeChangeset(catalog *schema.Catalog, c *record.Changeset) ([]byte, error) {
	w := wireChangeset{
		ID: c.ID, Actor: c.Actor, At: c.At, Expect: c.Expect, Retire: c.Retire, Replace: c.Replace,
		DryRun: c.DryRun, Detailed: c.Detailed, Listed: c.Listed, Say: encodeStatements(c.Packed),
	}
	for i := range c.Say {
		t := catalog.Type(c.Say[i].ID.Type)
		if t == nil {
			return nil, fmt.Errorf("BUG: a statement about the unknown type %s", c.Say[i].ID.Type)
		}
		w.Say = append(w.Say, wireStatement(merge.Pack(t, &c.Say[i])))
	}
	return json.Marshal(w)
}

func encodeStatements(said []record.Packed) []wireStatement {
	out := make([]wireStatement, len(said))
	for i := range said {
		out[i] = wireStatement(said[i])
	}
	return out
}

func decodeChangeset(body []byte) (*record.Changeset, error) {
	var w wireChangeset
	if err := json.Unmarshal(body, &w); err != nil {
		return nil, err
	}
	return &record.Changeset{
		ID: w.ID, Actor: w.Actor, At: w.At, Expect: w.Expect, Retire: w.Retire, Replace: w.Replace,
		DryRun: w.DryRun, Detailed: w.Detailed, Listed: w.Listed, Packed: decodeStatements(w.Say), Once: true,
	}, nil
}

func decodeStatements(said []wireStatement) []record.Packed {
	out := make([]record.Packed, len(said))
	for i := range said {
		out[i] = record.Packed(said[i])
	}
	return out
}
