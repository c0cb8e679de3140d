package gather

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/loader/files"
)

// names give a file that is reached by several paths one place, the one under which it
// speaks: else it would say everything twice. That is the path without links where that
// speaks in the store, or is named in the same load; else the path by which it was
// loaded, if that speaks; else another that speaks and leads to it over links. A file
// of which nobody has spoken speaks by the path by which it is loaded: what a link leads
// to may change, and the link goes on to speak for it.
type names struct {
	speaking map[string]bool
	// byReal are the places by the path without links.
	byReal map[string]string
	// led are all places that speak, by the path without links.
	led map[string][]string
	// under are the places that are spoken for beside the paths that are loaded.
	under map[string]bool
	// again are the other places of a file that spoke of it too, by the one it has.
	again map[string][]string
	// real is where places lead, as far as they were looked at.
	real map[string]string
}

// newNames are those of files, where some sources speak.
func newNames(sources []string, found []*files.Set) *names {
	n := &names{speaking: map[string]bool{}, byReal: map[string]string{}, led: map[string][]string{}, under: map[string]bool{}, again: map[string][]string{}, real: map[string]string{}}
	for _, source := range sources {
		place := strings.TrimPrefix(unescape.Replace(owner(source)), fileSource)
		n.speaking[place] = true
	}
	for _, place := range slices.Sorted(maps.Keys(n.speaking)) {
		if target := n.realPlace(place); target != "" {
			n.led[target] = append(n.led[target], place)
		}
	}
	for target, places := range n.led {
		n.byReal[target] = places[0]
		if n.speaking[target] {
			n.byReal[target] = target
		}
	}
	for _, set := range found {
		for _, f := range set.Files {
			target := n.realPlace(f.Place)
			if had := n.byReal[target]; target == f.Place && !n.speaking[had] {
				n.byReal[target] = target
			}
		}
	}
	return n
}

// place under which a file speaks that was found at one, by loading a path.
func (n *names) place(found, loaded string) string {
	if n == nil || found == "" {
		return found
	}
	target := n.realPlace(found)
	if target == "" {
		return found
	}
	place := n.byReal[target]
	if place == "" || place != target && n.speaking[found] {
		place = found
		n.byReal[target] = found
	}
	if place != found {
		n.under[n.folderOf(place, found, loaded)] = true
	}
	for _, other := range n.led[target] {
		if other != place && !slices.Contains(n.again[place], other) {
			n.again[place] = append(n.again[place], other)
			n.under[other] = true
		}
	}
	return place
}

// folderOf is the path that was loaded as it is called where a place lies, so that what
// is gone from it is seen; the place alone where it lies elsewhere.
func (n *names) folderOf(place, found, loaded string) string {
	below, is := strings.CutPrefix(found, loaded)
	folder, ends := strings.CutSuffix(place, below)
	if is && ends && n.realPlace(folder) == n.realPlace(loaded) {
		return folder
	}
	return place
}

// prefixes begin the sources that the load speaks for beside those of its paths.
func (n *names) prefixes() []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, place := range slices.Sorted(maps.Keys(n.under)) {
		out = append(out, escape.Replace(fileSource+place))
	}
	return out
}

// repeated are the sources that said before what a source says now, of the same file.
func (n *names) repeated(source string) []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, place := range n.again[strings.TrimPrefix(unescape.Replace(source), fileSource)] {
		out = append(out, escape.Replace(fileSource+place))
	}
	return out
}

// realPlace is where a place leads, over all links; empty for nowhere. Each is looked at
// once.
func (n *names) realPlace(place string) string {
	target, known := n.real[place]
	if !known {
		if found, err := filepath.EvalSymlinks(filepath.FromSlash(place)); err == nil {
			target = filepath.ToSlash(found)
		}
		n.real[place] = target
	}
	return target
}
