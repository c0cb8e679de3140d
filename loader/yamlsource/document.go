package yamlsource

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// document is what one file says.
type document struct {
	report
	catalog    *schema.Catalog
	file, path string
	// source says it, under class where a record states none of its own; without
	// atoms it is left to the source's own ladder.
	source  string
	class   access.Class
	sum     [sha256.Size]byte
	records []*draft
	// exported: the file was written by an export.
	exported bool
	sources  []*namedSource
	// defaults are what the file says of records that state no class; nil for
	// nothing.
	defaults *defaults
	// unread is the text of a file that is no YAML: other files may well refer to
	// what it was meant to say.
	unread []byte
	// foreign: the file is about something else than the map.
	foreign bool
}

// place is where a node stands.
func (d *document) place(n *yaml.Node) place { return place{d.file, n.Line, n.Column} }

// parser reads files, several at a time.
type parser struct {
	catalog *schema.Catalog
	// heavy lets one large file at a time be in memory as YAML nodes, which take
	// fifty times its size.
	heavy sync.Mutex
}

const heavyFile = 1 << 20

func (p *parser) read(f input) *document {
	d := &document{catalog: p.catalog, file: f.name, path: f.path, source: f.source, class: f.class}
	data, err := f.content()
	if err != nil {
		d.problem(place{file: d.file}, "cannot be read: "+files.Reason(err), "right is a file of YAML in UTF-8, at most 32 MiB, that you may read")
		return d
	}
	d.sum = sha256.Sum256(data)
	if len(data) > heavyFile {
		p.heavy.Lock()
		defer p.heavy.Unlock()
	}
	d.readText(data)
	d.close(d.file)
	return d
}

func (d *document) readText(data []byte) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as editors of Windows write it
	if !d.plain(data) {
		d.unread = data
		return
	}
	root := d.parse(data)
	if root == nil {
		if len(d.problems) > 0 {
			d.unread = data
		}
		return
	}
	d.refuse(root)
	d.sections(root)
}

// maxDepth of nesting; the format needs seven levels.
const maxDepth = 20

// limits is the yaml package's hook to stop in the middle of a document.
type limits struct{}

// CheckDepth is called whenever nesting deepens.
func (limits) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errors.New("too deep")
	}
	return nil
}

// CheckAlias is never called: aliases are refused before they are expanded.
func (limits) CheckAlias(int, int) error { return nil }

// parse gives the one value of the file, nil when there is none.
func (d *document) parse(data []byte) (root *yaml.Node) {
	defer func() {
		// The yaml package panics where it meets a state it did not foresee; that is
		// this file's trouble only.
		if r := recover(); r != nil {
			d.problem(place{file: d.file}, "is YAML that cannot be read: "+fmt.Sprint(r), "right is YAML as in catalogue/README.md")
			root = nil
		}
	}()
	l, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithPlugin(limits{}))
	if err != nil {
		panic("BUG: the options of the YAML reader are constant: " + err.Error())
	}
	var first, second yaml.Node
	if err := l.Load(&first); err != nil {
		d.syntax(err, data)
		return nil
	}
	d.foreign = d.aboutElse(&first)
	if err := l.Load(&second); !errors.Is(err, io.EOF) {
		line := second.Line
		if err != nil {
			line = markOf(err)
		}
		d.problem(place{file: d.file, line: line}, "a second document begins", "right is one document a file, without a line of ---")
		return nil
	}
	if len(first.Content) == 0 {
		return nil
	}
	return first.Content[0]
}
