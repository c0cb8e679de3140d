package arch_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/open-operations/opsmap"

// layers are the packages of the module from the bottom up. A package imports
// packages of lower layers only, and none of its own layer but its subpackages'
// parents.
var layers = [][]string{
	{"internal/arch", "internal/fault", "internal/text", "internal/zone"},
	{"internal/access", "internal/asking"},
	{"schema", "internal/record", "internal/token", "internal/portability", "internal/meetup", "internal/report"},
	{"internal/search", "internal/season"},
	{"internal/plan"},
	{"internal/engine"},
	{"internal/audit"},
	{"internal/compile", "internal/engine/merge"},
	{"internal/engine/embedded", "internal/engine/neo4j"},
	{"internal/engine/embedded/embeddedtest"},
	{"internal/question"},
	{"internal/mutation"},
	{"graph"},
	{"catalogue", "web", "loader"},
	{"loader/files", "loader/minutes", "loader/identity"},
	{"loader/speech", "loader/mapping", "loader/naming"},
	{"loader/yamlsource", "loader/meetings", "loader/issues", "loader/github", "loader/incidents", "loader/calendars", "loader/linking"},
	{"loader/gather"},
	{"internal/feed"},
	{"internal/httpd", "internal/socket"},
	{"dev/neo4j", "internal/bench/data", "internal/bench/client", "internal/bench/byhand"},
	{"internal/bench/shapes"},
	{"cmd/opsmap", "internal/bench", "dev/neo4j/cmd/neo4j", "internal/enginetest", "internal/engine/neo4j/neo4jtest"},
}

// fences name the only packages that may import an outside package.
var fences = map[string][]string{
	"github.com/99designs/gqlgen":      {"graph"},
	"github.com/neo4j/neo4j-go-driver": {"internal/engine/neo4j", "internal/bench"},
	"github.com/rs/cors":               {"internal/httpd"},
	"modernc.org/sqlite":               {"internal/engine/embedded", "internal/bench"},
	"github.com/yuin/goldmark":         {"loader/minutes", "loader/incidents"},
	"go.yaml.in/yaml":                  {"loader"},
	"github.com/spf13/cobra":           {"cmd/opsmap"},
	"github.com/arran4/golang-ical":    {"internal/feed", "loader/calendars"},
	"github.com/teambition/rrule-go":   {"loader/calendars"},
	"github.com/gorilla/feeds":         {"internal/feed"},
	"net/http":                         {"graph", "internal/httpd", "internal/socket", "loader/github", "cmd/opsmap", "dev", "internal/bench"},
	"testing":                          {"internal/enginetest", "internal/engine/embedded/embeddedtest", "internal/engine/neo4j/neo4jtest", "dev/neo4j"},
}

func rank(pkg string) int {
	for i, layer := range layers {
		if slices.Contains(layer, pkg) {
			return i
		}
	}
	return -1
}

func TestArrowsPointDown(t *testing.T) {
	for pkg, imports := range packages(t) {
		at := rank(pkg)
		if at < 0 {
			t.Errorf("%s has no place in the diagram; give it one in internal/arch", pkg)
			continue
		}
		for _, path := range imports {
			other, own := strings.CutPrefix(path, module+"/")
			if own && rank(other) >= at {
				t.Errorf("%s imports %s, which does not stand below it", pkg, other)
			}
		}
	}
}

func TestFences(t *testing.T) {
	for pkg, imports := range packages(t) {
		for _, path := range imports {
			for fenced, allowed := range fences {
				if path != fenced && !strings.HasPrefix(path, fenced+"/") {
					continue
				}
				if !slices.ContainsFunc(allowed, func(a string) bool { return pkg == a || strings.HasPrefix(pkg, a+"/") }) {
					t.Errorf("%s imports %s; only %s may", pkg, path, strings.Join(allowed, ", "))
				}
			}
		}
	}
}

// packages are the packages of the module with what they import, tests left out.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	root := filepath.Join("..", "..")
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2)):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(dir)
		found[pkg] = append(found[pkg], "")
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[pkg] = append(found[pkg], path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("only %d packages found; the walk is broken", len(found))
	}
	return found
}
