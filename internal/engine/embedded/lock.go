package embedded

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
)

// errHeld is what tryLock says when somebody else holds the lock.
var errHeld = errors.New("held")

// fileLock keeps a second process, or a second engine in this one, from opening
// the same file. It is a lock of the system on a file beside the store, so it is
// gone with the process that held it, however that ended; what the file says of
// its holder is for the message only. The file stays: removing it would let two
// processes hold locks on two files of that name.
type fileLock struct{ file *os.File }

// takeLock on the store at path.
func takeLock(path string) (*fileLock, error) {
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"The store %s cannot be opened: its lock file %s.lock cannot be written (%v). Give the user who runs opsmap the right to write in that directory, or keep the store elsewhere (OPSMAP_STORE=file:PATH).", path, path, plain(err))
	}
	if err := tryLock(f); err != nil {
		holder := readHolder(f)
		_ = f.Close() // read only, and already refused
		if errors.Is(err, errHeld) {
			return nil, fault.New(fault.Unavailable,
				"The store %s is in use by another opsmap (%s), and only one may hold it. Stop that one, or talk to it: commands against a running server go through its socket beside the file. To work on a copy, copy the file while nobody holds it and name the copy (OPSMAP_STORE=file:PATH).", path, holder)
		}
		return nil, fault.Wrap(fault.Unavailable, err, "The store %s cannot be locked (%v). It has to be on a file system with locks: a local disk rather than a network share.", path, plain(err))
	}
	host, _ := os.Hostname() // for the message only
	holder := fmt.Sprintf("process %d on %s, since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
	if err := errors.Join(f.Truncate(0), writeAt(f, holder)); err != nil {
		_ = f.Close() // the error before it is the one to tell
		return nil, fault.Wrap(fault.Unavailable, err, "The lock file %s.lock cannot be written (%v). Is the disk full?", path, plain(err))
	}
	return &fileLock{file: f}, nil
}

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}

func readHolder(f *os.File) string {
	b, err := io.ReadAll(io.LimitReader(f, 200))
	if text := strings.TrimSpace(string(b)); err == nil && text != "" {
		return text
	}
	return "which has not said who it is"
}

// release the lock.
func (l *fileLock) release() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

// plain is what went wrong without the name of the file, which the message has.
func plain(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}
