package neo4j

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// statement is the Cypher of a root read and what is needed to run it and to
// understand its answer. Its text depends on the shape of the read only.
type statement struct {
	text string
	args []arg
	// open, levels: the statement has these parameters.
	levels bool
	set    *setForm
}

// arg is a parameter of a statement: a param of the plan in a form that Neo4j can
// compare with what is stored.
type arg struct {
	name  string
	param plan.Param
	form  argForm
	// of is the field it is compared with where the form needs it, typ the type of
	// ids.
	of  *schema.Field
	typ *schema.Type
}

type argForm uint8

const (
	// rawForm is the value itself.
	rawForm argForm = iota
	// orderForm is the order key of a text, or of each in a list.
	orderForm
	// foldForm is a text that is folded already.
	foldForm
	// rankForm is the place of an enum's word.
	rankForm
	// limitForm is one more than a limit, to see whether something was cut off.
	limitForm
	// keysForm is the order keys of the keys of ids.
	keysForm
	// Forms of a query that is searched for, and of the names of types: see match.go.
	termsForm
	needForm
	luceneForm
	typesForm
)

// builder writes one statement.
type builder struct {
	args      []arg
	variables int
	levels    bool
	// late is the match that a read decides for itself, because its order needs the
	// score; nil for none.
	late *plan.Match
	err  error
}

// build writes the statement of a root read.
func build(r *plan.Read) (*statement, error) {
	b := &builder{}
	answer, set := b.set(r, "", 1)
	if b.err != nil {
		return nil, b.err
	}
	// See the package comment for why access is read twice. The second time has to
	// come after the answer: a WITH is where one part of a statement ends.
	text := "MATCH (m:_Meta)\n" +
		"WITH m.revision AS revision, m.access AS before\n" +
		"WITH revision, before, " + answer + " AS answer\n" +
		"MATCH (m:_Meta)\n" +
		"RETURN revision, before, m.access AS after, answer"
	return &statement{text: text, args: b.args, levels: b.levels, set: set}, nil
}

// fail keeps the first mistake in a plan; compile is to blame for it.
func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("BUG: "+format, args...)
	}
}

// arg is the parameter for a param of the plan in a form, always the same one.
func (b *builder) arg(p plan.Param, form argForm, of *schema.Field, typ *schema.Type) string {
	if p == plan.NoParam {
		b.fail("a param that is needed is not there")
	}
	for _, a := range b.args {
		if a.param == p && a.form == form && a.of == of && a.typ == typ {
			return "$" + a.name
		}
	}
	name := "p" + strconv.Itoa(len(b.args))
	b.args = append(b.args, arg{name: name, param: p, form: form, of: of, typ: typ})
	return "$" + name
}

// variable is a new pair of variables for a node and the relationship that leads
// to it.
func (b *builder) variable() (node, relationship string) {
	n := strconv.Itoa(b.variables)
	b.variables++
	return "n" + n, "r" + n
}

// open is the one rule about what may be read.
func open(variable string) string { return property(variable, propClass) + " IN $open" }

// pattern is where the records of a read come from.
type pattern struct {
	// matches are clauses of their own: within one, no relationship is walked twice.
	matches []string
	// node is the variable of the records, typ their type.
	node string
	typ  *schema.Type
	// conditions: what finds the records, the guard, then what is asked of them.
	conditions []string
	// repeats: the same record may be found more than once.
	repeats bool
	// scan: it is every record of its type, or of those that the param names says.
	scan  bool
	names plan.Param
	// call is a procedure that finds the node instead.
	call string
}

// text of the pattern's clauses, each on a line of its own.
func (p *pattern) text(line string) string {
	call := ""
	if p.call != "" {
		call = line + p.call
	}
	return call + line + "MATCH " + strings.Join(p.matches, line+"MATCH ") + line + "WHERE " + strings.Join(p.conditions, " AND ")
}

// found is the pattern as a subquery that tells whether, or how often, something
// is found.
func (p *pattern) found() string {
	if p.repeats {
		return "{" + p.text(" ") + " RETURN DISTINCT " + p.node + " }"
	}
	return "{" + p.text(" ") + " }"
}

func (b *builder) fromType(t *schema.Type) pattern {
	n, _ := b.variable()
	return pattern{matches: []string{"(" + n + ":" + quoted(t.Name) + ")"}, node: n, typ: t, conditions: []string{open(n)}, scan: true, names: plan.NoParam}
}

// fromLink walks a link. Where the relation leads to more types than the link
// does, the label tells them apart; elsewhere it would only keep Neo4j's planner
// busy.
func (b *builder) fromLink(l *schema.Link, outer string) pattern {
	end := l.Relation.To
	if l.Inverse {
		end = l.Relation.From
	}
	return b.walk(l, outer, end != l.Target)
}

// walk is a link with or without the label of its end.
func (b *builder) walk(l *schema.Link, outer string, labelled bool) pattern {
	n, r := b.variable()
	label := ""
	if labelled {
		label = ":" + quoted(l.Target.Name)
	}
	match := "(" + outer + ")-[" + r + ":" + quoted(l.Relation.Name) + "]->(" + n + label + ")"
	if l.Inverse {
		match = "(" + outer + ")<-[" + r + ":" + quoted(l.Relation.Name) + "]-(" + n + label + ")"
	}
	return pattern{matches: []string{match}, node: n, typ: l.Target, conditions: []string{open(r), open(n)}}
}

// fromLevel finds the level of a record by its class: a list has the key of the
// level of every class at the moment that counts.
func (b *builder) fromLevel(t *schema.Type, outer string) pattern {
	p := b.fromType(t)
	b.levels, p.scan = true, false
	found := property(p.node, keyProperty) + " = $levels[" + property(outer, propClass) + "]"
	p.conditions = append([]string{found}, p.conditions...)
	return p
}

func (b *builder) from(from plan.From, outer string) pattern {
	switch from := from.(type) {
	case plan.FromType:
		return b.fromType(from.Type)
	case plan.FromIDs:
		p := b.fromType(from.Type)
		p.scan = false
		found := property(p.node, keyProperty) + " IN " + b.arg(from.IDs, keysForm, nil, from.Type)
		p.conditions = append([]string{found}, p.conditions...)
		return p
	case plan.FromSearched:
		return b.fromSearched(from)
	case plan.FromLink:
		return b.fromLink(from.Link, outer)
	case plan.FromLevel:
		return b.fromLevel(from.Type, outer)
	default:
		b.fail("unknown source %T", from)
		return pattern{}
	}
}
