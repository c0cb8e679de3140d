// Package schema holds the model: the SDL in its *.graphql files, and the catalog
// read from it once at start. The catalog says what exists (types, fields, links)
// and derives what is served (connections, filters, orders).
package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Catalog is the model, read only after Load.
type Catalog struct {
	// Types with @node, sorted by name; interfaces among them.
	Types []*Type
	// Relations are the stored links, sorted by name.
	Relations []*Relation
	// Searched is the interface Node over the types in which words are searched for;
	// nil when there are none.
	Searched *Type
	// Served is the schema that clients see: what SDL returns, parsed again.
	Served *ast.Schema

	types    map[string]*Type
	enums    map[string]*Enum
	objects  map[string]*ObjectType
	sections map[string]*Type
	needs    map[string]string
	sdl      string
}

// Type looks a @node type or interface up by name; nil when there is none.
func (c *Catalog) Type(name string) *Type { return c.types[name] }

// Enum looks an enum up by name; nil when there is none.
func (c *Catalog) Enum(name string) *Enum { return c.enums[name] }

// Object looks up a type that is neither a record nor a root: a value object or a
// result of one of the domain's own questions; nil when there is none.
func (c *Catalog) Object(name string) *ObjectType { return c.objects[name] }

// Section looks a concrete type up by the name of its section in YAML files; nil
// when there is none.
func (c *Catalog) Section(name string) *Type { return c.sections[name] }

// Needs is the least role that may call a mutation, a word of the enum Role.
func (c *Catalog) Needs(mutation string) string { return c.needs[mutation] }

// SDL is the whole schema that is served, as `opsmap schema` prints it.
func (c *Catalog) SDL() string { return c.sdl }

// Type is a kind of record, or an interface that several kinds implement.
type Type struct {
	Name        string
	Description string
	// Singular and Plural name the root fields: practice(key:) and practices(…).
	Singular, Plural string
	// Section of YAML files; empty for an interface.
	Section   string
	Interface bool
	// Family is the interface whose key space the type shares, or the type itself.
	Family *Type
	// Concrete are the types of records this type stands for: itself, or the
	// implementing types sorted by name.
	Concrete []*Type
	// Fields, those of the interface first, so that a Field of an interface has the
	// same Index in every type that implements it. The first are Node's.
	Fields []*Field
	// Texts in which words are searched for, in the order of Fields.
	Texts []SearchedText
	// Links in both directions, those of the interface first.
	Links []*Link
	// KeyFrom are the links whose targets' keys make the key of a record that names
	// none; empty for types that need one.
	KeyFrom []*Link

	fields map[string]*Field
	links  map[string]*Link
}

// Field looks a field up by name; nil when there is none.
func (t *Type) Field(name string) *Field { return t.fields[name] }

// Link looks a link up by name; nil when there is none.
func (t *Type) Link(name string) *Link { return t.links[name] }

// Is reports whether records of concrete type t are records of other.
func (t *Type) Is(other *Type) bool { return t == other || t.Family == other }

// Kind is the kind of value a field holds.
type Kind string

// The kinds. Enum and Object are described further by Field.Enum, Field.Object.
const (
	String   Kind = "String"
	ID       Kind = "ID"
	Int      Kind = "Int"
	Boolean  Kind = "Boolean"
	Date     Kind = "Date"
	DateTime Kind = "DateTime"
	EnumKind Kind = "Enum"
	Object   Kind = "Object"
)

// System says which fields the store keeps itself.
type System string

// The fields of Node that no source writes. Level, Conditions and Audience are
// read off a record's guard class.
const (
	NotSystem  System = ""
	SysID      System = "id"
	SysKey     System = "key"
	CreatedAt  System = "createdAt"
	UpdatedAt  System = "updatedAt"
	Version    System = "version"
	Conditions System = "confidentialityConditions"
	Audience   System = "audience"
)

// Field is a value of a record or of a value object.
type Field struct {
	Name        string
	Description string
	// Index among Type.Fields (or ObjectType.Fields).
	Index int
	Kind  Kind
	// List of values of Kind; such a field is never null.
	List bool
	// Required fields are never null; a source must give them unless Default does.
	Required bool
	// Default is the value when no source speaks of it; nil for none.
	Default any
	Enum    *Enum
	Object  *ObjectType
	// Prose is not ordered by.
	Prose bool
	// Search is what the text is to its record; NoTier when it is not searched.
	Search Tier
	// Sum: the values of several sources are added up instead of one winning.
	Sum bool
	// Vocabulary is the type whose keys the value must be among, empty for any.
	Vocabulary string
	System     System
}

// Stored reports whether sources write the field: whether it is a property of the
// record and not of the store.
func (f *Field) Stored() bool { return f.System == NotSystem }

// Link is a relation seen from one of its ends.
type Link struct {
	Name        string
	Description string
	Relation    *Relation
	// Inverse: seen from the end that does not store it.
	Inverse bool
	// Target is the type at the other end.
	Target *Type
	// Many: a connection; otherwise at most one.
	Many bool
	// Required to-one links exist only on fact nodes, which are hidden when an end
	// is.
	Required bool
	// Binding to-one links are those and the ones that may be absent but hide their
	// record in the same way when they are there.
	Binding bool
}

// Relation is a stored link: from the records of one type to those of another.
type Relation struct {
	// Name is FROM_FIELD in capitals, for example TOPIC_LAYERS; unique.
	Name string
	// Field is the name of the storing field, for example layers.
	Field    string
	From, To *Type
	Many     bool
	Required bool
	// Attribution is set on links that tell who said or did something.
	Attribution *Attribution
	Binding     bool
}

// Attribution says where it is decided whether a link that tells who said
// something is under the Chatham House Rule: at the record itself, and at those
// that the ways At lead to, each of to-one relations one after the other.
type Attribution struct{ At [][]*Relation }

// Names are the ways by the names of their relations, with dots between them.
func (a *Attribution) Names() []string {
	out := make([]string, len(a.At))
	for i, way := range a.At {
		names := make([]string, len(way))
		for j, r := range way {
			names[j] = r.Name
		}
		out[i] = strings.Join(names, ".")
	}
	return out
}

// Enum is a closed set of words, in the order of their declaration.
type Enum struct {
	Name   string
	Values []string
}

// Rank is the place of a word in the enum, -1 when it is none of them.
func (e *Enum) Rank(value string) int {
	for i, v := range e.Values {
		if v == value {
			return i
		}
	}
	return -1
}

// ObjectType is a value object (Source, Reason, Disclosure …) or a result of one
// of the domain's own questions.
type ObjectType struct {
	Name   string
	Fields []*Field
	// Value: records hold it. Other objects are results of questions.
	Value bool

	fields map[string]*Field
}

// Field looks a field up by name; nil when there is none.
func (o *ObjectType) Field(name string) *Field { return o.fields[name] }
