package report

import (
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
)

// MatrixQuestion is what a matrix is about.
type MatrixQuestion struct {
	// Practices makes practices the rows, otherwise platforms that are left are.
	ByPractice bool
	// From and To are keys or aliases of platforms, Practices are keys; nil for all.
	From, To, Practices []string
	// Actor is OPERATOR or TENANT; empty for both.
	Actor  string
	Assume []Assumption
}

// Cell is one of a matrix.
type Cell struct {
	Practice         *Named `json:"practice,omitempty"`
	From             *Named `json:"from,omitempty"`
	To               Named  `json:"to"`
	Verdict          string `json:"verdict,omitempty"`
	Total            int    `json:"total"`
	Known            int    `json:"known"`
	Unknown          int    `json:"unknown"`
	Contested        int    `json:"contested"`
	NotNeeded        int    `json:"notNeeded"`
	ProviderOperated int    `json:"providerOperated"`
	Unchanged        int    `json:"unchanged"`
	Adapt            int    `json:"adapt"`
	Rework           int    `json:"rework"`
	Blocked          int    `json:"blocked"`
}

// Matrix is all of its cells, row by row.
type Matrix struct {
	ByPractice bool   `json:"byPractice"`
	Cells      []Cell `json:"cells"`
}

const matrixOperation = `query Matrix($rows: MatrixRows!, $from: [String!], $to: [String!], $practices: [String!], $actor: Actor, $assume: [Assumption!], $after: String) {
  portabilityMatrix(rows: $rows, from: $from, to: $to, practices: $practices, actor: $actor, assume: $assume, first: 100, after: $after) {
    nodes {
      practice { key title } from { key name } to { key name } verdict total known unknown contested
      notNeeded providerOperated unchanged adapt rework blocked
    }
    pageInfo { hasNextPage endCursor }
  }
}`

// AskMatrix asks for a matrix, page after page.
func AskMatrix(ctx context.Context, by asking.By, q MatrixQuestion) (*Matrix, error) {
	variables := given(map[string]any{"from": q.From, "to": q.To, "practices": q.Practices, "actor": q.Actor, "assume": q.Assume})
	variables["rows"] = "PLATFORMS"
	if q.ByPractice {
		variables["rows"] = "PRACTICES"
	}
	m := &Matrix{ByPractice: q.ByPractice, Cells: []Cell{}}
	for {
		answer, err := asking.Data[struct{ PortabilityMatrix asking.Page[Cell] }](ctx, by, matrixOperation, variables)
		if err != nil {
			return nil, err
		}
		page := answer.PortabilityMatrix
		m.Cells = append(m.Cells, page.Nodes...)
		if !page.PageInfo.HasNextPage {
			return m, nil
		}
		variables["after"] = page.PageInfo.EndCursor
	}
}

// CSV is the matrix for a spreadsheet, a cell a line, with a head.
func (m *Matrix) CSV() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	write := func(cells ...string) {
		for i := range cells {
			cells[i] = harmless(cells[i])
		}
		// A strings.Builder takes everything.
		_ = w.Write(cells)
	}
	write("practice", "title", "from", "to", "verdict", "total", "known", "unknown", "contested",
		"not needed", "provider operated", "unchanged", "adapt", "rework", "blocked")
	for _, c := range m.Cells {
		practice, from := Named{}, ""
		if c.Practice != nil {
			practice = *c.Practice
		}
		if c.From != nil {
			from = c.From.Key
		}
		row := []string{practice.Key, practice.Title, from, c.To.Key, c.Verdict}
		for _, n := range []int{c.Total, c.Known, c.Unknown, c.Contested, c.NotNeeded, c.ProviderOperated, c.Unchanged, c.Adapt, c.Rework, c.Blocked} {
			row = append(row, strconv.Itoa(n))
		}
		write(row...)
	}
	w.Flush()
	return b.String()
}

// harmless is a text that no spreadsheet takes for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Markdown is the matrix as a table: rows and columns as they were asked, in each cell
// the verdict of a single answer, else how many of all have a way.
func (m *Matrix) Markdown() string {
	d := &document{}
	var columns []Named
	for _, c := range m.Cells {
		if !slices.ContainsFunc(columns, func(n Named) bool { return n.Key == c.To.Key }) {
			columns = append(columns, c.To)
		}
	}
	slices.SortFunc(columns, func(a, b Named) int { return strings.Compare(a.Key, b.Key) })
	head := []string{"From"}
	if m.ByPractice {
		head = []string{"Practice"}
	}
	for _, c := range columns {
		head = append(head, c.shown())
	}
	var rows [][]string
	row, last := []string(nil), ""
	for _, c := range m.Cells {
		name := c.row()
		if row == nil || name.Key != last {
			row, last = make([]string, len(columns)+1), name.Key
			row[0] = name.shown()
			rows = append(rows, row)
		}
		at := slices.IndexFunc(columns, func(n Named) bool { return n.Key == c.To.Key })
		row[at+1] = c.shown()
	}
	if len(m.Cells) == 0 {
		return "There is nothing to compare.\n"
	}
	d.table(head, rows)
	if !m.single() {
		d.line("\nIn each cell: how many have a way there, of how many asked; then how many are blocked (✗), unknown (?) and contested (!).")
	}
	return d.String()
}

// single is true when every cell counts one answer.
func (m *Matrix) single() bool {
	return !slices.ContainsFunc(m.Cells, func(c Cell) bool { return c.Total != 1 })
}

func (c Cell) row() Named {
	switch {
	case c.Practice != nil:
		return *c.Practice
	case c.From != nil:
		return *c.From
	}
	return Named{}
}

func (c Cell) shown() string {
	if c.Total == 1 && c.Verdict != "" {
		text := word(c.Verdict)
		if c.Contested > 0 {
			text += " (contested)"
		}
		return text
	}
	text := fmt.Sprintf("%d / %d", c.Known-c.Blocked, c.Total)
	for _, part := range []struct {
		n    int
		sign string
	}{{c.Blocked, "✗"}, {c.Unknown, "?"}, {c.Contested, "!"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d%s", part.n, part.sign)
		}
	}
	return text
}
