package neo4jdev

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Lock makes the tests of several packages that use Neo4j run one after the other, although `go test` starts their
// processes side by side: they would share one database where OPSMAP_TEST_NEO4J_URI names it, and two JVMs and two
// cores otherwise. It waits until the context ends. The lock goes with the process that holds it, so a killed test
// blocks nobody; it is not reentrant.
func Lock(ctx context.Context) (unlock func(), err error) {
	dir, err := CacheDir()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot make the folder of the lock of the Neo4j tests (%w): "+
			"name another one in OPSMAP_NEO4J_CACHE", err)
	}
	return lockFile(ctx, filepath.Join(dir, "test.lock"))
}

const lockPoll = 100 * time.Millisecond

func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot open the lock file: %w", err)
	}
	for {
		locked, err := tryLock(f)
		if err != nil {
			_ = f.Close()
			return nil, fmt.Errorf("cannot lock %s: %w", path, err)
		}
		if locked {
			return func() { _ = f.Close() }, nil // closing is unlocking
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, fmt.Errorf("another process holds %s: %w", path, ctx.Err())
		case <-time.After(lockPoll):
		}
	}
}
