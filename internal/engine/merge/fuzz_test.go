package merge_test

import (
	"testing"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// FuzzOpen opens statements as stores keep them and as they come over the socket: what
// can be read is packed to the same again, and a changeset with anything else is refused.
func FuzzOpen(f *testing.F) {
	catalog, err := schema.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Topic", `{"title":"Überblick \"a\"","votes":3,"sources":[["https://example.org","a.md",3,null,"MINUTES"]]}`, `{"layers":["Layer:a","Layer:b"]}`)
	f.Add("Meeting", `{"date":"2026-03-02","chathamHouse":true}`, `{"series":["Series:ops"]}`)
	f.Add("Topic", `{"title":null,"nothing":[1,{"a":2}]}`, `{}`)
	f.Add("Topic", `{"title":"\ud800"`, `{"layers":["Layer"]}`)
	f.Fuzz(func(t *testing.T, typ, fields, links string) {
		kind := catalog.Type(typ)
		if kind == nil || kind.Interface {
			kind = catalog.Type("Topic")
		}
		packed := record.Packed{Source: "s", ID: record.ID{Type: kind.Name, Key: "k"}, Fields: fields, Links: links}
		var d merge.Decoder
		if s, err := d.Open(kind, &packed); err == nil && utf8.ValidString(fields+links) {
			once := merge.Pack(kind, &s)
			again, err := d.Open(kind, &once)
			if err != nil {
				t.Fatalf("%s %s is packed to what cannot be read: %s %s: %v", fields, links, once.Fields, once.Links, err)
			}
			if twice := merge.Pack(kind, &again); twice.Fields != once.Fields || twice.Links != once.Links {
				t.Errorf("%s %s, packed again: %s %s", once.Fields, once.Links, twice.Fields, twice.Links)
			}
		}
		w := newStoreOf(catalog)
		w.revision = 2
		_, _, _ = w.apply(&record.Changeset{ID: "c", Packed: []record.Packed{packed}}) // it may be refused, and not panic
	})
}
