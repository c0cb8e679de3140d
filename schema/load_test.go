package schema_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func load(t *testing.T) *schema.Catalog {
	t.Helper()
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestServedSchemaIsWhatIsPrinted(t *testing.T) {
	c := load(t)
	again, err := gqlparser.LoadSchema(&ast.Source{Input: c.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Types) != len(c.Served.Types) {
		t.Errorf("%d types printed, %d served", len(again.Types), len(c.Served.Types))
	}
	for _, directive := range []string{"@node", "@link", "@inverse", "@default"} {
		if strings.Contains(c.SDL(), directive) {
			t.Errorf("%s is ours and shows in the schema that is served", directive)
		}
	}
}

func TestEveryTypeHasItsRootFields(t *testing.T) {
	c := load(t)
	query := c.Served.Query
	for _, typ := range c.Types {
		one, many := query.Fields.ForName(typ.Singular), query.Fields.ForName(typ.Plural)
		if one == nil || one.Type.String() != typ.Name {
			t.Errorf("%s has no root field %s", typ.Name, typ.Singular)
		}
		if many == nil || many.Type.String() != typ.Name+"Connection" {
			t.Errorf("%s has no root connection %s", typ.Name, typ.Plural)
		}
	}
}

func TestInterfacesShareFieldIndexes(t *testing.T) {
	c := load(t)
	platform := c.Type("Platform")
	if len(platform.Concrete) != 2 || platform.Concrete[0].Name != "Provider" || platform.Concrete[1].Name != "Solution" {
		t.Fatalf("Platform stands for %v", platform.Concrete)
	}
	for _, concrete := range platform.Concrete {
		if concrete.Family != platform || !concrete.Is(platform) {
			t.Errorf("%s is not of the family of Platform", concrete.Name)
		}
		for _, f := range platform.Fields {
			if concrete.Fields[f.Index].Name != f.Name {
				t.Errorf("%s.%s has another index than Platform's", concrete.Name, f.Name)
			}
		}
		for _, l := range platform.Links {
			if concrete.Link(l.Name).Relation != l.Relation {
				t.Errorf("%s.%s is another relation than Platform's", concrete.Name, l.Name)
			}
		}
	}
}

func TestRelations(t *testing.T) {
	c := load(t)
	layers, topics := c.Type("Topic").Link("layers"), c.Type("Layer").Link("topics")
	if layers.Relation != topics.Relation || layers.Inverse || !topics.Inverse {
		t.Error("Topic.layers and Layer.topics are not the two ends of one relation")
	}
	if layers.Relation.Name != "TOPIC_LAYERS" {
		t.Errorf("the relation is named %s", layers.Relation.Name)
	}
	note := c.Type("PortabilityNote")
	var from []string
	for _, l := range note.KeyFrom {
		from = append(from, l.Name)
	}
	if !slices.Equal(from, []string{"practice", "from", "to"}) {
		t.Errorf("the key of a note is made of %v", from)
	}
	if !note.Link("practice").Required || c.Type("Story").Link("platform").Required {
		t.Error("required to-one links are not told from the others")
	}
}

func TestDefaults(t *testing.T) {
	topic := load(t).Type("Topic")
	if got := topic.Field("kind").Default; got != "TOPIC" {
		t.Errorf("kind defaults to %v", got)
	}
	if votes := topic.Field("votes"); votes.Default != int64(0) || !votes.Sum {
		t.Errorf("votes defaults to %v, sum %v", votes.Default, votes.Sum)
	}
}

// TestMistakes changes one thing of a model that is right and expects the file,
// the line and what would be right.
func TestMistakes(t *testing.T) {
	right, err := os.ReadFile(filepath.Join("testdata", "right.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	directives, err := os.ReadFile("directives.graphql")
	if err != nil {
		t.Fatal(err)
	}
	parse := func(text string) error {
		_, err := schema.Parse(schema.Source{Name: "directives.graphql", Text: string(directives)}, schema.Source{Name: "model.graphql", Text: text})
		return err
	}
	if err := parse(string(right)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown directive", "title: String! @prose", "title: String! @prosa", `model.graphql:31: unknown directive @prosa (did you mean "prose"?)`},
		{"unknown value", "title: String! @prose", "title: Strin! @prose", `model.graphql:31: Topic.title has type Strin!, which is no value (did you mean "String"?)`},
		{"link to nothing", "layers: [Layer!]! @link", "layers: [Layr!]! @link", `model.graphql:34: Topic.layers links to Layr, which has no @node (did you mean "Layer"?)`},
		{"nullable list", "layers: [Layer!]! @link", "layers: [Layer] @link", `model.graphql:34: the link Topic.layers may hold or be null; right is [Layer!]!`},
		{"forgotten link", "layers: [Layer!]! @link", "layers: [Layer!]!", `model.graphql:34: Topic.layers has type [Layer!]!, which is no value; right is @link or @inverse(of: …) behind it`},
		{"inverse of nothing", `@inverse(of: "layers")`, `@inverse(of: "layer")`, `model.graphql:26: Layer.topics reads Topic.layer backwards, which stores no link (did you mean "layers"?)`},
		{"bad default", `@default(value: "OPEN")`, `@default(value: "OPNE")`, `model.graphql:32: the default of state is "OPNE" (did you mean "OPEN"?)`},
		{"default of another kind", `@default(value: "0")`, `@default(value: "none")`, `model.graphql:33: the default of votes is "none", which is no Int`},
		{"reserved name", "summary: String", "and: String", `model.graphql:25: Layer.and: and has a meaning in filters; right is another name`},
		{"declared twice", "type Layer @node {", "type Topic @node {", `model.graphql:30: type Topic is declared twice, first at model.graphql:23; right is one declaration`},
		{"key from no link", `@key(from: ["topic"])`, `@key(from: ["topik"])`, `model.graphql:42: @key of Vote names "topik", which is no required to-one link (did you mean "topic"?)`},
		{"taken root field", "type Vote @node", `type Vote @node(plural: "topics")`, `model.graphql:42: the root field topics of Vote is taken by Topic; right is another plural: @node(plural: …)`},
		{"syntax", "type Layer @node {", "type Layer @node", `model.graphql:24: Unexpected Name "name"; right is GraphQL schema language`},
		{"unknown type of a question", "viewer: Viewer!", "viewer: Wiewer!", `Undefined type Wiewer.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(right), c.old, c.new, 1)
			if text == string(right) {
				t.Fatalf("%q is not in the model", c.old)
			}
			err := parse(text)
			if _, ok := errors.AsType[*schema.ModelError](err); !ok {
				t.Fatalf("got %v, want a *ModelError", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got\n%s\nwant\n%s", err, c.want)
			}
		})
	}
}

// TestLinksAreReadFromBothEnds: paths and neighbourhoods walk links in both
// directions, so a link that no field reads backwards would be there one way only.
func TestLinksAreReadFromBothEnds(t *testing.T) {
	c := load(t)
	backwards := map[*schema.Relation]bool{}
	for _, typ := range c.Types {
		for _, l := range typ.Links {
			if l.Inverse {
				backwards[l.Relation] = true
			}
		}
	}
	for _, r := range c.Relations {
		if !backwards[r] {
			t.Errorf("no field of %s reads %s.%s backwards; right is a field with @inverse(of: %q)", r.To.Name, r.From.Name, r.Field, r.Field)
		}
	}
}
