package audit

import (
	"io"
	"os"
	"sync"
)

// file is what a log appends to. When somebody moves it away, as rotation does, the
// next line begins another one under the old name; a copy that is cut to nothing is
// appended to from its beginning.
type file struct {
	path string
	mu   sync.Mutex
	open *os.File
	// torn: it ends in the middle of a line, as the disk was full.
	torn bool
}

func openFile(path string) (*file, error) {
	f := &file{path: path}
	return f, f.reopen()
}

func (f *file) reopen() error {
	opened, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if f.open != nil {
		// What was written to it is there already.
		_ = f.open.Close()
	}
	f.open, f.torn = opened, endsWithin(f.path)
	return nil
}

// endsWithin reports whether a file ends in the middle of a line.
func endsWithin(path string) bool {
	f, err := os.Open(path) //nolint:gosec // the owner names the file
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var last [1]byte
	if _, err := f.Seek(-1, io.SeekEnd); err != nil {
		return false
	}
	_, err = f.Read(last[:])
	return err == nil && last[0] != '\n'
}

// Write appends a line, to the file that has the name now.
func (f *file) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.moved() {
		if err := f.reopen(); err != nil {
			return 0, err
		}
	}
	if f.torn {
		line = append([]byte{'\n'}, line...)
	}
	n, err := f.open.Write(line)
	f.torn = err != nil && (f.torn || n > 0)
	return n, err
}

// moved reports whether the name leads to another file, or to none.
func (f *file) moved() bool {
	is, err := os.Stat(f.path)
	if err != nil {
		return true
	}
	was, err := f.open.Stat()
	return err != nil || !os.SameFile(is, was)
}

func (f *file) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.open.Close()
}
