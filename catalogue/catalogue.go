// Package catalogue holds the knowledge that ships with opsmap: YAML files, one a
// concern, in the format README.md describes.
package catalogue

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed *.yaml
var files embed.FS

// Files are the YAML files of the catalogue.
func Files() fs.FS { return files }

// Hash tells one version of the catalogue from another: SHA-256 over the names of
// the files and the SHA-256 of their contents, in the order of the names.
func Hash() string { return hash() }

var hash = sync.OnceValue(func() string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("BUG: the embedded catalogue cannot be listed: " + err.Error())
	}
	h := sha256.New()
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			panic("BUG: the embedded catalogue cannot be read: " + err.Error())
		}
		_, _ = fmt.Fprintf(h, "%s\x00%x\n", e.Name(), sha256.Sum256(data))
	}
	return hex.EncodeToString(h.Sum(nil))
})
