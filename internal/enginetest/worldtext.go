package enginetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// A map is written as the changesets that make it:
//
//	levels
//	Practice etcd @amber[csirt,ops]{2026-12-01T00:00:00Z=clear=embargo} from minutes edit
//	  title "Etcd backup"
//	  layers -> iaas, paas
//	changeset c2 2026-02-01T00:00:00Z
//	expect Practice:etcd 1
//	retire Practice:etcd from minutes
//	replace catalogue
//
// A class is @LEVEL[AUDIENCE]{UNTIL=THEN=REASON;…}, atoms joined with &; without
// one a statement is open to everyone. The source is "s" unless given. Values are
// JSON. Names with odd characters are Go strings in quotes. "levels" says the
// ladder of the Traffic Light Protocol. Changesets are an hour apart unless they
// say when.

var firstChangeset = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// parseWorld reads a map, or what follows the changesets of one; mistakes name the
// line.
func parseWorld(c *schema.Catalog, text string, earlier int) ([]*record.Changeset, error) {
	p := worldParser{catalog: c, earlier: earlier}
	p.start()
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return p.out, nil
}

type worldParser struct {
	catalog *schema.Catalog
	// earlier changesets, which the numbers go on from.
	earlier int
	out     []*record.Changeset
	current *record.Changeset
}

func (p *worldParser) start() {
	n := p.earlier + len(p.out)
	p.current = &record.Changeset{ID: "c" + strconv.Itoa(n+1), Actor: "tester", At: firstChangeset.Add(time.Duration(n) * time.Hour)}
	p.out = append(p.out, p.current)
}

func (p *worldParser) line(line string) error {
	if strings.HasPrefix(line, " ") {
		return p.member(strings.TrimSpace(line))
	}
	words, err := splitWords(line)
	if err != nil {
		return err
	}
	switch words[0] {
	case "levels":
		p.current.Say = append(p.current.Say, protocolLevels()...)
	case "changeset":
		return p.changeset(words[1:])
	case "expect":
		id, err := needID(words, 1)
		if err != nil {
			return err
		}
		version, err := strconv.ParseInt(words[len(words)-1], 10, 64)
		p.current.Expect = append(p.current.Expect, record.Precondition{ID: id, Version: version})
		return err
	case "retire":
		id, err := needID(words, 1)
		if err != nil || len(words) != 4 {
			return fmt.Errorf("right is: retire Type:key from SOURCE")
		}
		p.current.Retire = append(p.current.Retire, record.Retirement{Source: words[3], ID: id})
	case "replace":
		p.current.Replace = append(p.current.Replace, words[1:]...)
	default:
		return p.statement(words)
	}
	return nil
}

func needID(words []string, i int) (record.ID, error) {
	if len(words) <= i {
		return record.ID{}, fmt.Errorf("an id is missing")
	}
	id, ok := record.ParseID(words[i])
	if !ok {
		return id, fmt.Errorf("%q is no id", words[i])
	}
	return id, nil
}

func (p *worldParser) changeset(words []string) (err error) {
	first := len(p.out) == 1 && len(p.current.Say)+len(p.current.Retire)+len(p.current.Replace)+len(p.current.Expect) == 0
	if !first {
		p.start()
	}
	if len(words) > 0 {
		p.current.ID = words[0]
	}
	if len(words) > 1 {
		p.current.At, err = time.Parse(time.RFC3339, words[1])
	}
	return err
}

func (p *worldParser) statement(words []string) error {
	if len(words) < 2 || p.catalog.Type(words[0]) == nil {
		return fmt.Errorf("%q begins neither a statement nor a directive", words[0])
	}
	s := record.Statement{
		Source: "s", ID: record.ID{Type: words[0], Key: words[1]},
		Fields: map[string]any{}, Links: map[string][]record.ID{},
	}
	for i := 2; i < len(words); i++ {
		switch w := words[i]; {
		case strings.HasPrefix(w, "@"):
			class, err := parseClass(w)
			if err != nil {
				return err
			}
			s.Class = class
		case w == "edit":
			s.Edit = true
		case w == "from" && i+1 < len(words):
			i++
			s.Source = words[i]
		default:
			return fmt.Errorf("%q after a record; right is @class, from SOURCE or edit", w)
		}
	}
	p.current.Say = append(p.current.Say, s)
	return nil
}

func parseClass(text string) (access.Class, error) {
	var out access.Class
	for part := range strings.SplitSeq(strings.TrimPrefix(text, "@"), "&") {
		var a access.Atom
		rest := part
		if before, after, found := strings.Cut(rest, "{"); found {
			rest = before
			for c := range strings.SplitSeq(strings.TrimSuffix(after, "}"), ";") {
				fields := strings.SplitN(c, "=", 3)
				if len(fields) != 3 {
					return out, fmt.Errorf("%q is no condition; right is UNTIL=THEN=REASON", c)
				}
				until, err := time.Parse(time.RFC3339, fields[0])
				if err != nil {
					return out, err
				}
				a.Conditions = append(a.Conditions, access.Condition{Until: until.UTC(), Then: fields[1], Reason: fields[2]})
			}
		}
		if before, after, found := strings.Cut(rest, "["); found {
			rest = before
			a.Audience = strings.Split(strings.TrimSuffix(after, "]"), ",")
		}
		a.Level = rest
		out = access.Join(out, access.NewClass(a))
	}
	return out, nil
}

// member reads a field or a link of the last statement.
func (p *worldParser) member(line string) error {
	if len(p.current.Say) == 0 {
		return fmt.Errorf("%q belongs to no record", line)
	}
	s := &p.current.Say[len(p.current.Say)-1]
	t := p.catalog.Type(s.ID.Type)
	name, rest, _ := strings.Cut(line, " ")
	if refs, isLink := strings.CutPrefix(rest, "->"); isLink {
		l := t.Link(name)
		if l == nil {
			return fmt.Errorf("%s has no link %s", t.Name, name)
		}
		ids, err := parseRefs(refs, l)
		s.Links[name] = ids
		return err
	}
	f := t.Field(name)
	if f == nil {
		return fmt.Errorf("%s has no field %s", t.Name, name)
	}
	var raw any
	dec := json.NewDecoder(bytes.NewReader([]byte(rest)))
	dec.UseNumber()
	if err := dec.Decode(&raw); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	v, err := fieldValue(f, raw)
	s.Fields[name] = v
	return err
}

func parseRefs(text string, l *schema.Link) ([]record.ID, error) {
	ids := []record.ID{}
	words, err := splitWords(strings.ReplaceAll(text, ",", " "))
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		id := record.ID{Type: l.Target.Name, Key: w}
		if l.Target.Interface {
			var ok bool
			if id, ok = record.ParseID(w); !ok {
				return nil, fmt.Errorf("%q is no id; %s leads to several types", w, l.Name)
			}
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// fieldValue is a decoded JSON value as package record has it.
func fieldValue(f *schema.Field, raw any) (any, error) {
	switch v := raw.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			var err error
			if out[i], err = fieldValue(f, item); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		out := make(record.Object, len(f.Object.Fields))
		for _, part := range f.Object.Fields {
			if part.List {
				out[part.Index] = []any{}
			}
		}
		for name, member := range v {
			part := f.Object.Field(name)
			if part == nil {
				return nil, fmt.Errorf("%s has no %s", f.Object.Name, name)
			}
			var err error
			if out[part.Index], err = fieldValue(part, member); err != nil {
				return nil, err
			}
		}
		return out, nil
	case json.Number:
		return v.Int64()
	default:
		return v, nil
	}
}

// splitWords splits at blanks; a word in quotes is a Go string.
func splitWords(line string) ([]string, error) {
	var out []string
	for rest := strings.TrimSpace(line); rest != ""; rest = strings.TrimLeft(rest, " ") {
		if rest[0] == '"' {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", rest, err)
			}
			word, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, err
			}
			out, rest = append(out, word), rest[len(quoted):]
			continue
		}
		word, after, _ := strings.Cut(rest, " ")
		out, rest = append(out, word), after
	}
	return out, nil
}

// protocolLevels says the ladder of the Traffic Light Protocol 2.0.
func protocolLevels() []record.Statement {
	var out []record.Statement
	for rank, key := range []string{"clear", "green", "amber", "amber-strict", "red"} {
		out = append(out, record.Statement{
			Source: "levels", ID: record.ID{Type: levelType, Key: key},
			Fields: map[string]any{"name": strings.ToUpper(key), "rank": int64(rank), "meaning": "level " + key},
			Links:  map[string][]record.ID{},
		})
	}
	return out
}
