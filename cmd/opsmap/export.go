package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"github.com/spf13/cobra"
)

// exportFormats write records; each is told who looks, the types and their records.
var exportFormats = map[string]func(io.Writer, *exported) error{
	"yaml": writeYAML, "jsonl": writeJSONLines, "markdown": writeMarkdown, "csv": writeCSV,
}

func (p *program) exportCommand() *cobra.Command {
	var format string
	var only []string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the map, or what a viewer may see of it",
		Long: `Write the map on standard output, as its owner or, with --as, as far as a lower
viewer may see it; who that was stands in what is written.

yaml is read back by load and gives the same map; jsonl is a record a line; markdown
and csv are tables, one a type. In csv a cell that a spreadsheet would take for a
formula begins with an apostrophe.`,
		Example: `  opsmap export > map.yaml
  opsmap export --as anonymous --format csv --type topics`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			write := exportFormats[format]
			if write == nil {
				return usageError{fmt.Errorf("there is no format %q; right is yaml, jsonl, markdown or csv", format)}
			}
			types, err := p.exportTypes(only)
			if err != nil {
				return err
			}
			s, err := p.session(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close() //nolint:errcheck // nothing was written
			e, err := p.readExport(cmd.Context(), s, types)
			if err != nil {
				return err
			}
			return write(p.out, e)
		},
	}
	cmd.Flags().StringVar(&format, "format", "yaml", "yaml, jsonl, markdown or csv")
	cmd.Flags().StringSliceVar(&only, "type", nil, "sections to write, such as topics (default: all)")
	p.asFlag(cmd)
	return cmd
}

// exportTypes are the types of the sections that are named; all for none.
func (p *program) exportTypes(only []string) ([]*schema.Type, error) {
	var out []*schema.Type
	for _, t := range p.catalog.Types {
		if !t.Interface && (len(only) == 0 || slices.Contains(only, t.Section)) {
			out = append(out, t)
		}
	}
	for _, name := range only {
		if p.catalog.Section(name) == nil {
			return nil, usageError{fmt.Errorf("there is no section %q; `opsmap check` names those there are", name)}
		}
	}
	return out, nil
}

// exported is what is written.
type exported struct {
	// As is who looked.
	As     string
	Tables []exportTable
}

// exportTable is the records of a type, by key.
type exportTable struct {
	Type    *schema.Type
	Records []exportRecord
}

// exportClass says who may see a record.
type exportClass struct {
	Level      string
	Audience   []string
	Conditions []any
}

// exportRecord is a record as GraphQL gave it: values by field, keys of links.
type exportRecord struct {
	Key string
	exportClass
	// Own is what was said of the record itself, where that may be something else.
	Own    *exportClass
	Values map[string]any
	Links  map[string][]string
}

// exportTries is how often an export begins anew because the map was written to.
const exportTries = 5

// readExport reads the records of types, as far as the session shows them, all at one
// revision of the store: it reads page by page, and a server may write in between.
func (p *program) readExport(ctx context.Context, s session, types []*schema.Type) (*exported, error) {
	for range exportTries {
		before, err := revisionOf(ctx, s)
		if err != nil {
			return nil, err
		}
		e, err := p.readRecords(ctx, s, types)
		if err != nil {
			return nil, err
		}
		if after, err := revisionOf(ctx, s); err != nil || after == before {
			return e, err
		}
	}
	return nil, fault.New(fault.Unavailable, "the map was written to each of the %d times it was read, and what was read does not belong together; try again when less is written", exportTries)
}

// revisionOf a store is what a change of nothing would leave it at.
func revisionOf(ctx context.Context, s session) (int64, error) {
	outcome, err := s.Apply(ctx, &record.Changeset{Actor: "owner", DryRun: true})
	return outcome.Revision, err
}

func (p *program) readRecords(ctx context.Context, s session, types []*schema.Type) (*exported, error) {
	e := &exported{As: p.config.As}
	if e.As == "" {
		e.As = "owner"
	}
	ladder, err := p.levels(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		table := exportTable{Type: t}
		var failed error
		err := pages(ctx, s, t.Plural, exportSelection(t), func(n map[string]any) {
			r := newExportRecord(t, n)
			for _, l := range t.Links {
				if failed == nil && !l.Inverse && l.Many {
					failed = moreLinks(ctx, s, t, l, &r, n)
				}
			}
			table.Records = append(table.Records, r)
		})
		if err != nil || failed != nil {
			return nil, firstError(err, failed)
		}
		slices.SortFunc(table.Records, func(a, b exportRecord) int { return strings.Compare(a.Key, b.Key) })
		if err := ownClasses(ctx, s, ladder, t, table.Records); err != nil {
			return nil, err
		}
		if len(table.Records) > 0 {
			e.Tables = append(e.Tables, table)
		}
	}
	return e, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// linksAtOnce is how many links of a record come with it; the rest is asked for.
const linksAtOnce = 10

// exportSelection is all that a record of the type stores.
func exportSelection(t *schema.Type) string {
	parts := []string{"key", "confidentiality { key }", "audience", "confidentialityConditions { reason until then }"}
	for _, f := range t.Fields {
		if f.Stored() {
			parts = append(parts, f.Name+objectSelection(f))
		}
	}
	for _, l := range t.Links {
		switch {
		case l.Inverse:
		case l.Many:
			parts = append(parts, fmt.Sprintf("%s(first: %d) { nodes { key } pageInfo { hasNextPage endCursor } }", l.Name, linksAtOnce))
		default:
			parts = append(parts, l.Name+" { key }")
		}
	}
	return strings.Join(parts, " ")
}

func objectSelection(f *schema.Field) string {
	if f.Object == nil {
		return ""
	}
	names := make([]string, len(f.Object.Fields))
	for i, part := range f.Object.Fields {
		names[i] = part.Name + objectSelection(part)
	}
	return " { " + strings.Join(names, " ") + " }"
}

func newExportRecord(t *schema.Type, n map[string]any) exportRecord {
	r := exportRecord{Values: map[string]any{}, Links: map[string][]string{}}
	r.Key, _ = n["key"].(string)
	r.Level = keyIn(n["confidentiality"])
	for _, g := range listIn(n["audience"]) {
		r.Audience = append(r.Audience, g.(string))
	}
	r.Conditions = listIn(n["confidentialityConditions"])
	for _, f := range t.Fields {
		if v := n[f.Name]; f.Stored() && v != nil {
			r.Values[f.Name] = v
		}
	}
	for _, l := range t.Links {
		switch {
		case l.Inverse:
		case l.Many:
			connection, _ := n[l.Name].(map[string]any)
			for _, node := range listIn(connection["nodes"]) {
				r.Links[l.Name] = append(r.Links[l.Name], keyIn(node))
			}
		default:
			if key := keyIn(n[l.Name]); key != "" {
				r.Links[l.Name] = []string{key}
			}
		}
	}
	return r
}

func keyIn(v any) string {
	object, _ := v.(map[string]any)
	key, _ := object["key"].(string)
	return key
}

func listIn(v any) []any {
	list, _ := v.([]any)
	return list
}

// moreLinks asks for the links of a record that did not come with it.
func moreLinks(ctx context.Context, s session, t *schema.Type, l *schema.Link, r *exportRecord, n map[string]any) error {
	connection, _ := n[l.Name].(map[string]any)
	info, _ := connection["pageInfo"].(map[string]any)
	for info["hasNextPage"] == true {
		next, err := oneRecord(ctx, s, t, r.Key, fmt.Sprintf("%s(first: 100, after: %q) { nodes { key } pageInfo { hasNextPage endCursor } }", l.Name, info["endCursor"]))
		if err != nil {
			return err
		}
		connection, _ = next[l.Name].(map[string]any)
		info, _ = connection["pageInfo"].(map[string]any)
		for _, node := range listIn(connection["nodes"]) {
			r.Links[l.Name] = append(r.Links[l.Name], keyIn(node))
		}
	}
	return nil
}
