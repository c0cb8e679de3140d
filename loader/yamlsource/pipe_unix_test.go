//go:build unix

package yamlsource_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
)

// TestPipe: a pipe among the files would be waited for, for ever.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := "dir/pipe.yaml: cannot be read: it is no ordinary file; right is a file of YAML in UTF-8, at most 32 MiB, that you may read"
	if got := strings.ReplaceAll(read(t, yamlsource.Paths(dir), loader.Input{}).Problems.Error(), dir, "dir"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
