package plan

import "github.com/open-operations/opsmap/schema"

// Expr is a condition on a record. It is true or false, never unknown: a
// comparison with an absent value is false, and Not turns that into true.
type Expr interface{ expr() }

// And is true when all its parts are; an empty And is true.
type And struct{ Exprs []Expr }

// Or is true when one of its parts is; an empty Or is false.
type Or struct{ Exprs []Expr }

// Not is true when its part is false.
type Not struct{ Expr Expr }

// Compare compares a field of the record with a param.
type Compare struct {
	// Field, not a list and not of a value object.
	Field *schema.Field
	Op    Op
	// Fold compares the folded forms (package text); the param is folded already.
	Fold bool
	// Param holds a value; for In a []any of values; for Exists a bool.
	Param Param
}

// Items is a condition on the items of a field that holds a list of scalars: an item
// meets it when it passes every test.
type Items struct {
	Field *schema.Field
	Quant Quantifier
	// Tests, at least one.
	Tests []Test
}

// Test compares an item of a list with a param, as Compare does a field.
type Test struct {
	Op    Op
	Fold  bool
	Param Param
}

// Objects is a condition on a field that holds a value object or a list of them.
// For a single object Quant is Some: there is one and Where holds. Where is made
// of And, Or, Not, Compare and Items on the object's own fields.
type Objects struct {
	Field *schema.Field
	Quant Quantifier
	Where Expr
}

// Linked is a condition on the visible records that a link leads to over visible
// links.
type Linked struct {
	Link  *schema.Link
	Guard *Guard
	Quant Quantifier
	// Where is nil when any record will do.
	Where Expr
}

// LinkCount compares the number of visible records a link leads to with an int64
// param.
type LinkCount struct {
	Link  *schema.Link
	Guard *Guard
	Op    Op
	Param Param
}

// AtLevel is a condition on the record's ConfidentialityLevel at Guard.Now, which
// has to be visible itself.
type AtLevel struct {
	Type  *schema.Type
	Guard *Guard
	Where Expr
}

// OfType is true for records of one of the concrete types.
type OfType struct{ Types []*schema.Type }

func (And) expr()       {}
func (Or) expr()        {}
func (Not) expr()       {}
func (Compare) expr()   {}
func (Items) expr()     {}
func (Objects) expr()   {}
func (Linked) expr()    {}
func (LinkCount) expr() {}
func (AtLevel) expr()   {}
func (OfType) expr()    {}

// Op is how a value is compared.
type Op string

// The operators. Text is compared by its UTF-8 bytes, enums by equality only.
const (
	Eq         Op = "eq"
	In         Op = "in"
	Lt         Op = "lt"
	Lte        Op = "lte"
	Gt         Op = "gt"
	Gte        Op = "gte"
	Contains   Op = "contains"
	StartsWith Op = "startsWith"
	EndsWith   Op = "endsWith"
	// Exists asks whether there is a value; its param is a bool.
	Exists Op = "exists"
)

// Quantifier says how many of a set have to meet a condition.
type Quantifier string

// The quantifiers. Over an empty set Some and Single are false, All and None true.
const (
	Some   Quantifier = "some"
	All    Quantifier = "all"
	None   Quantifier = "none"
	Single Quantifier = "single"
)
