package meetings

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
)

// meetingKeys are the keys of the files' first meetings: the words and the date of
// the file's name, with the folder's name before it where the name is a date only,
// or a word that any minutes could have. A file keeps the key it had; of two files
// that would have the same the later by name gets its folder's name too, then a
// number.
func meetingKeys(files []*loader.File) []string {
	out := make([]string, len(files))
	taken := map[string]bool{}
	for i, f := range files {
		if out[i] = formerKey(f); out[i] != "" {
			taken[out[i]] = true
		}
	}
	for i, f := range files {
		if out[i] != "" {
			continue
		}
		key := nameOf(f.Place).key()
		if taken[key] {
			key = identity.Slug(folder(f.Place)) + "-" + key
		}
		unique := key
		for n := 2; taken[unique]; n++ {
			unique = key + "-" + strconv.Itoa(n)
		}
		out[i], taken[unique] = unique, true
	}
	return out
}

// formerKey is the key of the meeting that comes first in what the file said.
func formerKey(f *loader.File) string {
	key, first := "", 0
	prior := f.Prior.Of("Meeting")
	for i := range prior {
		s := &prior[i]
		if s.Source != f.Source {
			continue
		}
		if line := loader.CitedBy(s).Line; line > 0 && (key == "" || line < first) {
			key, first = s.ID.Key, line
		}
	}
	return key
}

// fileName is what the name of a file says.
type fileName struct {
	// series are the words of it, or of the folder, as a slug.
	series string
	// date as YYYY-MM-DD, empty for none.
	date string
}

func (n fileName) key() string {
	if n.date == "" {
		return n.series
	}
	return n.series + "-" + n.date
}

var (
	nameDate = regexp.MustCompile(`(\d{4})-?(\d{2})-?(\d{2})`)
	// common are names that say nothing of the meeting.
	common = map[string]bool{
		"": true, "notes": true, "meeting": true, "meetings": true, "minutes": true, "meeting-notes": true, "meeting-minutes": true,
		"protocol": true, "protokoll": true, "agenda": true, "readme": true, "index": true, "archive": true,
	}
	digits = regexp.MustCompile(`^[\d-]*$`)
)

func nameOf(place string) fileName {
	stem := strings.TrimSuffix(path.Base(place), path.Ext(place))
	var n fileName
	if m := nameDate.FindStringSubmatchIndex(stem); m != nil {
		n.date = stem[m[2]:m[3]] + "-" + stem[m[4]:m[5]] + "-" + stem[m[6]:m[7]]
		stem = stem[:m[0]] + " " + stem[m[1]:]
	}
	n.series = identity.Slug(strings.TrimSpace(stem))
	if saysNothing(n.series) {
		words := []string{identity.Slug(folder(place))}
		if n.series != "" {
			words = append(words, n.series)
		}
		n.series = strings.Join(words, "-")
	}
	return n
}

func saysNothing(slug string) bool { return common[slug] || digits.MatchString(slug) }

// folder is the name of the nearest folder around a file that says something.
func folder(place string) string {
	for dir := path.Dir(place); dir != "/" && dir != "."; dir = path.Dir(dir) {
		if name := path.Base(dir); !saysNothing(identity.Slug(name)) {
			return name
		}
	}
	return "meeting"
}
