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
		DryRun: c.DryRun, Detailed: c.Detailed, Listed: c.Listed,
	}
	var err error
	if w.Say, err = encodeStatements(catalog, c.Say); err != nil {
		return nil, err
	}
	return json.Marshal(w)
}

func encodeStatements(catalog *schema.Catalog, say []record.Statement) ([]wireStatement, error) {
	out := make([]wireStatement, 0, len(say))
	for _, s := range say {
		t := catalog.Type(s.ID.Type)
		if t == nil {
			return nil, fmt.Errorf("BUG: a statement about the unknown type %s", s.ID.Type)
		}
		out = append(out, wireStatement{
			Source: s.Source, ID: s.ID, Fields: merge.EncodeFields(t, s.Fields),
			Links: merge.EncodeLinks(s.Links), Class: s.Class, Edit: s.Edit,
		})
	}
	return out, nil
}

func decodeChangeset(catalog *schema.Catalog, body []byte) (*record.Changeset, error) {
	var w wireChangeset
	if err := json.Unmarshal(body, &w); err != nil {
		return nil, err
	}
	c := &record.Changeset{
		ID: w.ID, Actor: w.Actor, At: w.At, Expect: w.Expect, Retire: w.Retire, Replace: w.Replace,
		DryRun: w.DryRun, Detailed: w.Detailed, Listed: w.Listed,
	}
	var err error
	c.Say, err = decodeStatements(catalog, w.Say)
	return c, err
}

func decodeStatements(catalog *schema.Catalog, say []wireStatement) ([]record.Statement, error) {
	var decoder merge.Decoder
	out := make([]record.Statement, 0, len(say))
	for _, s := range say {
		t := catalog.Type(s.ID.Type)
		if t == nil {
			return nil, fmt.Errorf("a statement about the unknown type %q", s.ID.Type)
		}
		fields, err := decoder.Fields(t, s.Fields)
		if err != nil {
			return nil, err
		}
		links, err := merge.DecodeLinks(s.Links)
		if err != nil {
			return nil, err
		}
		out = append(out, record.Statement{Source: s.Source, ID: s.ID, Fields: fields, Links: links, Class: s.Class, Edit: s.Edit})
	}
	return out, nil
}
