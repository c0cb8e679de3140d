package embedded_test

import (
	"path/filepath"
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/enginetest"
)

func TestTokens(t *testing.T) {
	enginetest.Tokens(t, openMemory, nil)
	path := filepath.Join(t.TempDir(), "opsmap.db")
	t.Run("in a file", func(t *testing.T) {
		enginetest.Tokens(t, func(t testing.TB) engine.Engine { return open(t, path) }, func(e engine.Engine) engine.Engine {
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, path)
		})
	})
	rawSQL(t, path, `UPDATE token SET token = replace(token, 'green', 'red') WHERE id = 'b'`)
	refused(t, path, "token b")
}
