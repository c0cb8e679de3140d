package neo4j

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// Properties and labels of the store's own, see the package comment.
const (
	propType  = "_type"
	propClass = "_class"
	propOwn   = "_own"

	labelMeta      = "_Meta"
	labelClass     = "_Class"
	labelStatement = "_Statement"
	labelDormant   = "_Dormant"
	labelChangeset = "_Changeset"
	labelToken     = "_Token"
)

// quoted is an identifier as it stands in a statement. It is the only way for a
// name to get there. Names come from the catalog; one that could be anything but
// a name is our own mistake.
func quoted(name string) string {
	plain := !reserved[strings.ToUpper(name)]
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', i > 0 && '0' <= c && c <= '9':
		case c == '.' && i > 0:
			plain = false
		default:
			panic("BUG: " + name + " is no name of the catalog")
		}
	}
	if plain {
		return name
	}
	return "`" + name + "`"
}

// reserved are the words that cannot stand unquoted wherever a name can.
var reserved = map[string]bool{"": true, "NULL": true, "TRUE": true, "FALSE": true, "NOT": true, "IN": true, "IS": true}

// property is a property of the node or relationship in a variable.
func property(variable, name string) string { return variable + "." + quoted(name) }

// isText reports whether values of the field are text that clients write, which
// is stored in its three forms.
func isText(f *schema.Field) bool { return f.Kind == schema.String || f.Kind == schema.ID }

// The forms of a text and the companions of other values.
func orderOf(name string) string { return name + ".order" }
func foldOf(name string) string  { return name + ".fold" }
func rankOf(name string) string  { return name + ".rank" }
func setOf(name string) string   { return name + ".set" }

func partOf(object, part string) string { return object + "." + part }

// keyProperty is what records are looked up by.
const keyProperty = "key.order"

// indexable is a name in a form that an index can hold: Neo4j refuses values of
// more than 8 kB. Different names have different forms.
func indexable(name string) string {
	if len(name) <= 1000 {
		return "=" + name
	}
	sum := sha256.Sum256([]byte(name))
	return "#" + hex.EncodeToString(sum[:])
}

// longestKey is how long the key of a record may be, in bytes of its order key, so
// that an index can hold it.
const longestKey = 4000
