package merge

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Pack is a statement about a record of type t as stores keep it. It has to fit the
// model.
func Pack(t *schema.Type, s *record.Statement) record.Packed {
	return record.Packed{
		Source: s.Source, ID: s.ID, Fields: EncodeFields(t, s.Fields), Links: EncodeLinks(s.Links),
		Class: s.Class, Edit: s.Edit,
	}
}

// Packer packs statements as they are made. It is not safe for concurrent use.
type Packer struct{ shapes shapes }

// NewPacker packs statements about records of the catalog's types.
func NewPacker(catalog *schema.Catalog) *Packer {
	return &Packer{shapes{catalog: catalog, byName: map[string]*shape{}}}
}

// Pack packs a statement; ok is false for one that does not fit the model, which Plan
// will refuse with what is wrong with it.
func (p *Packer) Pack(s *record.Statement) (packed record.Packed, ok bool) {
	var m mistakes
	if p.shapes.check(&m, s); len(m) > 0 {
		return packed, false
	}
	return Pack(p.shapes.of(s.ID.Type).t, s), true
}

// OpenAll opens statements about records of the catalog's types.
func OpenAll(catalog *schema.Catalog, packed []record.Packed) ([]record.Statement, error) {
	var d Decoder
	out := make([]record.Statement, len(packed))
	for i := range packed {
		t := catalog.Type(packed[i].ID.Type)
		if t == nil {
			return nil, fmt.Errorf("there is no type %q", packed[i].ID.Type)
		}
		var err error
		if out[i], err = d.Open(t, &packed[i]); err != nil {
			return nil, fmt.Errorf("what %s says of %s: %w", packed[i].Source, packed[i].ID, err)
		}
	}
	return out, nil
}

// Open is what Pack packed.
func (d *Decoder) Open(t *schema.Type, p *record.Packed) (record.Statement, error) {
	s := record.Statement{Source: p.Source, ID: p.ID, Class: p.Class, Edit: p.Edit}
	var err error
	if s.Fields, err = d.Fields(t, p.Fields); err != nil {
		return s, err
	}
	s.Links, err = d.Links(p.Links)
	return s, err
}

// everything is what is packed, also what does not fit the model.
func (d *Decoder) everything(t *schema.Type, p *record.Packed) (record.Statement, error) {
	s := record.Statement{Source: p.Source, ID: p.ID, Class: p.Class, Edit: p.Edit, Fields: map[string]any{}}
	d.text, d.at = p.Fields, 0
	err := d.end(d.each(func(name string) error {
		v, err := d.value(t.Field(name))
		s.Fields[name] = v
		return err
	}))
	if err != nil {
		return s, err
	}
	s.Links, err = d.Links(p.Links)
	return s, err
}

// saidField is what a statement says of a field, saidLink where it says that a link
// leads.
type (
	saidField struct {
		field *schema.Field
		value any
	}
	saidLink struct {
		link *schema.Link
		to   []record.ID
	}
)

// read the fields and the links of a statement, as far as the model has them, behind
// those that are there.
func (d *Decoder) read(sh *shape, p *record.Packed, fields []saidField, links []saidLink) ([]saidField, []saidLink, error) {
	err := d.fields(sh.t, p.Fields, func(f *schema.Field, v any) { fields = append(fields, saidField{f, v}) })
	if err != nil {
		return nil, nil, err
	}
	err = d.EachLink(p.Links, func(name string, to []record.ID) error {
		if l := sh.link(name); l != nil {
			links = append(links, saidLink{l, to})
		}
		return nil
	})
	return fields, links, err
}
