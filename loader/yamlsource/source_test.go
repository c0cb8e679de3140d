package yamlsource_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
)

// TestRefusedFiles has one line of what is wrong with a file as a whole, or with
// the parts of YAML that the format does not use.
func TestRefusedFiles(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"byte order mark", "\xef\xbb\xbflayerz:\n", `x.yaml:1:1: there is no section "layerz"; did you mean "layers"?`},
		{"UTF-16", "\xff\xfel\x00a\x00", `x.yaml:1:1: is UTF-16; right is the file saved as UTF-8`},
		{"UTF-16 without a mark", "l\x00a\x00", `x.yaml:1:2: holds a NUL byte; right is text in UTF-8`},
		{"Latin-1", "layers:\n# M\xfcnchen\n", `x.yaml:2:4: is not UTF-8; right is the file saved as UTF-8`},
		{"NUL", "layers:\n\n# \x00\n", `x.yaml:3:3: holds a NUL byte; right is text in UTF-8`},
		{"escape sequence", "layers:\n# \x1b[31m\n", `x.yaml:2:3: holds the control character U+001B; right is text without it`},
		{"C1 control", "layers:\n# \u009b\n", `x.yaml:2:3: holds the control character U+009B; right is text without it`},
		{"line separator", "layers: # a\u2028b\n", `x.yaml:1:12: holds the invisible line separator U+2028; right is a line break`},
		{"directive", "%TAG ! tag:x,2000:\n--- {}\n", `x.yaml:1:1: a line begins with %, as directives of YAML do; right is a line without it, or the value in double quotes`},
		{"tab", "layers:\n\t- {key: a}\n", `x.yaml:2:1: a tab indents the line; right is spaces`},
		{"tab after a value", "layers:\n  - key: a\n\tname: b\n", `x.yaml:3:1: a tab indents the line; right is spaces`},
		{"tab in a block", "layers:\n  - key: |\n      a\n\tb\n", `x.yaml:4:1: a tab indents the line; right is spaces`},
		{"two documents", "layers: []\n---\nlayers: []\n", `x.yaml:2: a second document begins; right is one document a file, without a line of ---`},
		{"two documents, one broken", "layers: []\n---\n[\n", `x.yaml:4: a second document begins; right is one document a file, without a line of ---`},
		{"anchor", "layers: &all []\n", `x.yaml:1:9: the anchor &"all" stands here; right is the value without it, written out wherever it is needed`},
		{"anchor and alias", "layers: &all []\ntopics: *all\n", `x.yaml:1:9: the anchor &"all" stands here; right is the value without it, written out wherever it is needed
x.yaml:2:9: the alias *"all" stands here; right is the value itself`},
		{"unknown alias", "layers: *all\n", `x.yaml:1:9: an alias (*name) stands here; right is the value itself; a value that begins with * goes in double quotes`},
		{"emphasis", "layers: **all**\n", `x.yaml:1:9: an alias (*name) stands here; right is the value itself; a value that begins with * goes in double quotes`},
		{"ampersand", "layers: & all\n", `x.yaml:1:10: an alias (*) or an anchor (&) stands here; right is the value itself; text that begins with * or & goes in double quotes`},
		{"merge key", "<<: {}\n", `x.yaml:1:1: the merge key << stands here; right is the values themselves`},
		{"tag", "layers: !!seq []\n", `x.yaml:1:9: the tag "!!seq" stands before a value; right is the value without it; the field says what it is`},
		{"own tag", "topics: !include x.yaml\n", `x.yaml:1:9: the section topics is "x.yaml"; right is a list: - before each record
x.yaml:1:9: the tag "!include" stands before a value; right is the value without it; the field says what it is`},
		{"list for a name", "? [a]\n: b\n", `x.yaml:1:3: a list or a mapping stands where a name is expected; right is name: value`},
		{"name twice", "layers: []\n'layers': []\n", `x.yaml:2:1: "layers" is given twice, first in line 1; right is one of them, or both joined`},
		{"deep", strings.Repeat("[", 1000), `x.yaml:1:21: nests deeper than 20 levels; right is a record with values, lists and one mapping in them`},
		{"deep blocks", strings.Repeat("- ", 1000), `x.yaml:1:41: nests deeper than 20 levels; right is a record with values, lists and one mapping in them`},
		{"colon", "layers:\n  - key: a: b\n", `x.yaml:2:11: a colon and a space stand inside a value, or the line is indented too far; right is the value in double quotes`},
		{"open quote", "layers:\n  - key: \"a\n  - key: b\n", `x.yaml:2:10: a quote is opened and never closed; right is a closing quote, and a backslash before each quote inside`},
		{"backquote", "layers:\n  - key: `a`\n", "x.yaml:2:10: a value begins with a sign that YAML keeps for itself; right is the value in double quotes"},
		{"unknown escape", "layers:\n  - key: \"\\d\"\n", `x.yaml:2:11: an escape that YAML does not know stands in double quotes; right is \\ for a backslash, or single quotes around the value`},
		{"surrogate", "layers:\n  - key: \"\\uD800\"\n", `x.yaml:2:13: an escape that YAML does not know stands in double quotes; right is \\ for a backslash, or single quotes around the value`},
		{"no name", "layers:\nthis is text\n", `x.yaml:3:1: the line is neither key: value nor - item; right is one of them, or an indented line after key: >- for long text`},
		{"text after a quote", "layers:\n  - key: 'a'b\n", `x.yaml:2:13: text follows a closed quote, or the indentation does not match the lines above; right is one quote around the whole value, and the indentation of the lines beside it`},
		{"name in a list", "- a\nb: c\n", `x.yaml:2:1: the line belongs to a list and does not begin with -, or its indentation does not match; right is - before each item, all at one depth`},
		{"outdented", "  layers: []\n topics: []\n", `x.yaml:2:2: the indentation does not match the lines above; right is the indentation of the lines beside it`},
		{"open bracket", "layers: [\n", `x.yaml:2:1: a [ or { is opened and not closed, or holds a comma too many; right is a closing bracket, and one comma between items`},
		{"no comma", "layers: [a: b c: d]\n", `x.yaml:1:9: a [ or { is opened and not closed, or lacks a comma; right is a closing bracket, and one comma between items`},
		{"truncated JSON", `{"layers": [{"key": "a"`, `x.yaml:1:13: a [ or { is opened and not closed, or lacks a comma; right is a closing bracket, and one comma between items`},
		{"too many items", "layers: [" + strings.Repeat(",", 1<<20) + "]", `x.yaml: holds more than 1048576 items; right is several files in one folder`},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := read(t, yamlsource.FS(fstest.MapFS{"x.yaml": {Data: []byte(c.text)}}, ""), loader.Input{})
			if got := result.Problems.Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestSameWhateverTheLineEnds: an editor on Windows changes nothing but the hash.
func TestSameWhateverTheLineEnds(t *testing.T) {
	text := "layers:\n  - key: a\n    name: A\n    ordinal: 1\n    summary: |\n      one\n      two\n    unverified: true\n"
	of := func(text string) string {
		result := read(t, yamlsource.FS(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, ""), loader.Input{})
		if err := result.Err(); err != nil {
			t.Fatal(err)
		}
		return dump(t, result.Changeset)
	}
	want := of(text)
	if !strings.Contains(want, `"one\ntwo\n"`) {
		t.Errorf("the block is read as\n%s", want)
	}
	for _, end := range []string{"\r\n", "\r"} {
		if got := of(strings.ReplaceAll(text, "\n", end)); got != want {
			t.Errorf("with %q\n%s\nwant\n%s", end, got, want)
		}
	}
}

// TestBadFileAmongOthers: the others are checked all the same, and what they name
// may stand in the one that cannot be read.
func TestBadFileAmongOthers(t *testing.T) {
	result := read(t, yamlsource.FS(world(t, map[string]string{
		"bad.yaml":   "sources:\n  page: {uri: x, kind: OTHER}\ntopics:\n  - {key: only-there, title: \"A, sources: [doc]}\n",
		"other.yaml": "topics:\n  - {key: a, title: A, parent: only-there, sources: [page]}\n  - {key: b, title: A, parent: nowhere-at-all, sources: [doc]}\n",
	}), "dir"), loader.Input{})
	want := filepath.Join("dir", "bad.yaml") + `:4:30: a quote is opened and never closed; right is a closing quote, and a backslash before each quote inside
` + filepath.Join("dir", "other.yaml") + `:3: Topic b: parent names "nowhere-at-all", and there is no such Topic; right is a, b, disks or failures`
	if got := result.Problems.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// write makes files below a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func layer(key string) string {
	return "layers:\n  - {key: " + key + ", name: A, ordinal: 1, unverified: true}\n"
}

// spoken are the ids of a result, in its order.
func spoken(t *testing.T, r *loader.Result) string {
	t.Helper()
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, id := range loader.Spoken(r.Changeset) {
		ids = append(ids, id.Key)
	}
	return strings.Join(ids, " ")
}

func TestFolder(t *testing.T) {
	dir := write(t, map[string]string{
		"b.yaml": layer("b"), "a.yml": layer("a"), "C.YAML": layer("c"), "b/x.yaml": layer("x"), "b-2.yaml": layer("b2"),
		"README.md": "# no YAML", ".hidden.yaml": "nonsense", ".git/x.yaml": "nonsense",
	})
	// Byte order of the whole path, in which "-" comes before "." and "/".
	if got := spoken(t, read(t, yamlsource.Paths(dir), loader.Input{})); got != "c a b2 b x" {
		t.Errorf("read in the order %s", got)
	}
	if got := spoken(t, read(t, yamlsource.Paths(filepath.Join(dir, "b"), filepath.Join(dir, "a.yml")), loader.Input{})); got != "x a" {
		t.Errorf("two paths are read as %s", got)
	}
}

func TestPathsThatHoldNothing(t *testing.T) {
	dir := write(t, map[string]string{"README.md": "# no YAML", "empty.yaml": "# only a comment\n"})
	none := filepath.Join(dir, "none")
	want := none + ": cannot be read: no such file or directory; right is a file, or a folder of them"
	if got := read(t, yamlsource.Paths(none), loader.Input{}).Problems.Error(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	result := read(t, yamlsource.Paths(filepath.Join(dir, "empty.yaml")), loader.Input{Name: "mine"})
	want = "mine: there is no record in it; what it said before is retired"
	if got := result.Warnings.Error(); result.Err() != nil || got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	empty := t.TempDir()
	want = empty + ": there is no YAML file in it; right is a folder with files that end in .yaml or .yml"
	if got := read(t, yamlsource.Paths(empty), loader.Input{}).Problems.Error(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLinksStayInside(t *testing.T) {
	outside := write(t, map[string]string{"secret.yaml": layer("secret"), "folder/x.yaml": layer("x")})
	dir := write(t, map[string]string{"a.yaml": layer("a"), "sub/b.yaml": layer("b"), "..data/c.yaml": layer("c"), "plain.txt": layer("d")})
	for name, to := range map[string]string{
		"again.yaml": "a.yaml", "c.yaml": "..data/c.yaml", "d.yaml": "plain.txt", "loop": ".", "sub-again": "sub", "text": "plain.txt",
	} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	if got := spoken(t, read(t, yamlsource.Paths(dir), loader.Input{})); got != "a c d b" {
		t.Errorf("read as %s", got)
	}
	for name, to := range map[string]string{
		"absolute.yaml": filepath.Join(outside, "secret.yaml"), "climbs.yaml": "../../../../../../../etc/hostname", "folder": filepath.Join(outside, "folder"),
		"nowhere.yaml": "none.yaml", "self.yaml": "self.yaml",
	} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	got := strings.ReplaceAll(read(t, yamlsource.Paths(dir), loader.Input{}).Problems.Error(), dir, "dir")
	const hint = "; right is a relative link to a file of this folder, or the file itself"
	want := "dir/absolute.yaml: is a link that leads out of the folder" + hint +
		"\ndir/climbs.yaml: is a link that leads out of the folder" + hint +
		"\ndir/folder: is a link that leads out of the folder" + hint +
		"\ndir/nowhere.yaml: is a link that leads nowhere; right is a link to a file of this folder, or the file itself" +
		"\ndir/self.yaml: is a link that cannot be followed: too many levels of symbolic links" + hint
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Who names a link means what it leads to.
	if got := spoken(t, read(t, yamlsource.Paths(filepath.Join(dir, "absolute.yaml")), loader.Input{})); got != "secret" {
		t.Errorf("a link named by hand is read as %s", got)
	}
}

func TestHugeFile(t *testing.T) {
	dir := write(t, map[string]string{"a.yaml": layer("a")})
	huge, err := os.Create(filepath.Join(dir, "huge.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	// A hole, so that it costs nothing unless it is read.
	if err := errors.Join(huge.Truncate(1<<30), huge.Close()); err != nil {
		t.Fatal(err)
	}
	want := "dir/huge.yaml: cannot be read: it is larger than 32 MiB; right is a file of YAML in UTF-8, at most 32 MiB, that you may read"
	if got := strings.ReplaceAll(read(t, yamlsource.Paths(dir), loader.Input{}).Problems.Error(), dir, "dir"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReadStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := yamlsource.Paths(filepath.Join("testdata", "world")).Read(ctx, loader.Input{Catalog: catalog(t)}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
