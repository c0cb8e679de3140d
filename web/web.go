// Package web holds the pages opsmap serves, the explorer and the playground, and
// the questions they open with.
package web

import (
	"embed"
	"io/fs"
)

// dist is what `npm run build` left; without a build it holds a placeholder only.
//
//go:embed all:dist
var dist embed.FS

// Files returns the built pages: index.html is for /, playground.html for
// /playground, and what lies in assets/ has a hash of its content in its name, so it
// may be cached for ever (licenses.txt has none, and an old one does no harm). It
// reports false when the pages were not built; the file system holds none then.
func Files() (fs.FS, bool) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path
	}
	_, err = fs.Stat(files, "index.html")
	return files, err == nil
}
