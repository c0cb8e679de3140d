package schema

import "github.com/vektah/gqlparser/v2/ast"

// Tier is what a text is to its record; a search weighs a word by the best tier
// it stands in.
type Tier int

// The tiers, the one that tells most first. NoTier is that of fields in which
// nothing is searched.
const (
	NoTier Tier = iota
	Title
	Signal
	Summary
	Detail
	endOfTiers
)

// Tiers is how many there are, NoTier left out.
const Tiers = int(endOfTiers) - 1

// tierNames are the words of @search(as:).
var tierNames = map[string]Tier{"TITLE": Title, "SIGNAL": Signal, "SUMMARY": Summary, "DETAIL": Detail}

// SearchedText is a text of a record in which a search looks for words.
type SearchedText struct {
	// Field of the record: of kind String, or of a value object.
	Field *Field
	// Part of the value object that holds the text; nil for a field of kind String.
	Part *Field
	Tier Tier
}

// Name is the field's, and the part's after a dot.
func (s SearchedText) Name() string {
	if s.Part == nil {
		return s.Field.Name
	}
	return s.Field.Name + "." + s.Part.Name
}

// SearchHit is the name of the type of what a search over several types finds.
const SearchHit = "SearchHit"

// SearchTypes is the enum of the types that a search can be narrowed to.
const SearchTypes = "SearchType"

// searchTier reads @search of a field.
func (b *builder) searchTier(f *Field, def *ast.FieldDefinition) Tier {
	d := def.Directives.ForName("search")
	if d == nil {
		return NoTier
	}
	word := argument(d, "as", "DETAIL")
	tier, known := tierNames[word]
	if !known {
		b.problem(def.Position, "@search(as: %q) of %s%s", word, f.Name, b.suggest(word, keysOf(tierNames)))
	}
	if f.Kind != String && f.Kind != Object {
		b.problem(def.Position, "@search of %s, which is of type %s; right is a String, or a value object with @search on its own Strings", f.Name, f.Kind)
	}
	return tier
}

// searched finds out in which texts of which types words are searched for.
func (b *builder) searched() {
	all := &Type{Name: "Node", Description: "Whatever a search finds.", Interface: true, fields: map[string]*Field{}, links: map[string]*Link{}}
	all.Family = all
	for _, t := range b.catalog.Types {
		b.textsOf(t)
		if !t.Interface && len(t.Texts) > 0 {
			all.Concrete = append(all.Concrete, t)
		}
	}
	if len(all.Concrete) == 0 {
		return
	}
	for _, f := range all.Concrete[0].Fields {
		if b.node.Fields.ForName(f.Name) != nil {
			all.Fields = append(all.Fields, f)
			all.fields[f.Name] = f
		}
	}
	b.catalog.Searched = all
}

func (b *builder) textsOf(t *Type) {
	for _, f := range t.Fields {
		switch {
		case f.Search == NoTier:
		case f.Kind != Object:
			t.Texts = append(t.Texts, SearchedText{Field: f, Tier: f.Search})
		default:
			for _, part := range f.Object.Fields {
				if part.Search != NoTier {
					t.Texts = append(t.Texts, SearchedText{Field: f, Part: part, Tier: f.Search})
				}
			}
		}
	}
}
