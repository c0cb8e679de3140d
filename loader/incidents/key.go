package incidents

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
	"github.com/open-operations/opsmap/loader/minutes"
)

// slug of an analysis is its title and its day: the key of its story, unless it names
// one itself or another incident has it.
func (a *analysis) slug() string {
	key := identity.Slug(a.title)
	if day := minutes.DateIn(a.facts["happened on"]); day != "" {
		key += "-" + day
	}
	return key
}

// telling is by what it is known that two files tell one story although they do not say
// the same key: one incident, or, where one of them names none, the same words.
type telling struct{ incident, words string }

// tellingOf a statement.
func tellingOf(st *record.Statement) telling {
	var t telling
	if remark, _ := st.Fields["remark"].(string); remark != "" {
		if m := incidentIn.FindStringSubmatch(remark); m != nil {
			t.incident = strings.ToLower(m[1])
		}
	}
	var words []string
	for _, field := range []string{"impact", "rootCause"} {
		text, _ := st.Fields[field].(string)
		words = append(words, text)
	}
	lessons, _ := st.Fields["lessons"].([]any)
	for _, lesson := range lessons {
		text, _ := lesson.(string)
		words = append(words, text)
	}
	if t.words = strings.Join(words, "\n"); strings.TrimSpace(t.words) == "" {
		t.words = ""
	}
	return t
}

// incidentIn is the incident in a remark as remark makes it.
var incidentIn = regexp.MustCompile(`^Incident: (.+?)\.(?: (?:Severity|State|Trigger): |$)`)

// keys gives stories their keys. A file keeps the key that its story had; one that names
// its key has that. Of others with one title and one day those that tell one story get
// one key, and each other story a number behind it.
type keys struct {
	in    loader.Reader
	known map[record.ID]bool
	bases map[string]*namesakes
	// taken are keys of stories that whoever comes next does not tell.
	taken map[string]bool
}

// namesakes are the stories of one title and one day.
type namesakes struct {
	// incidents and words lead to the key of the story that is told so; named are the
	// words of stories whose incident is named.
	incidents, words map[string]string
	named            map[string]bool
	// last is the number of the last key that was given.
	last int
}

func newKeys(in loader.Reader, known map[record.ID]bool) *keys {
	return &keys{in: in, known: known, bases: map[string]*namesakes{}, taken: map[string]bool{}}
}

// give each story its key.
func (k *keys) give(ctx context.Context, tellers []*teller) error {
	var open []*teller
	for _, t := range tellers {
		if t.story == nil {
			continue
		}
		if key := t.ownKey(); key != "" {
			k.settle(t, key)
		} else {
			open = append(open, t)
		}
	}
	for _, t := range open {
		base := t.a.slug()
		names := k.of(base)
		if names.last == 0 {
			if err := k.told(ctx, base, names); err != nil {
				return err
			}
		}
		key := names.find(tellingOf(t.story))
		if key == "" {
			key = k.next(base, names)
		}
		k.settle(t, key)
	}
	return nil
}

// ownKey is the one that the file names, or the one that its story had; empty for none.
func (t *teller) ownKey() string {
	if t.a.key != "" {
		return t.a.key
	}
	if prior := t.File.Prior.Of("Story"); len(prior) > 0 {
		return prior[0].ID.Key
	}
	return ""
}

// settle gives the story of a teller its key.
func (k *keys) settle(t *teller, key string) {
	k.taken[key] = true
	k.of(t.a.slug()).tell(key, tellingOf(t.story))
	provisional := t.story.ID
	t.out.Say = t.All()
	for i := range t.out.Say {
		if t.out.Say[i].ID == provisional {
			t.out.Say[i].ID.Key = key
		}
	}
}

func (k *keys) of(base string) *namesakes {
	if k.bases[base] == nil {
		k.bases[base] = &namesakes{incidents: map[string]string{}, words: map[string]string{}, named: map[string]bool{}}
	}
	return k.bases[base]
}

// told notes what files that are not read now tell under a key and its numbers. What
// others than analyses say of a story, a YAML file or a person, is about this one.
func (k *keys) told(ctx context.Context, base string, names *namesakes) error {
	names.last = 1
	if k.in.Elsewhere == nil {
		return nil
	}
	for n := 1; ; n++ {
		key := numbered(base, n)
		said, err := k.in.Elsewhere(ctx, record.ID{Type: "Story", Key: key})
		if err != nil {
			return err
		}
		said = slices.DeleteFunc(said, func(s loader.Elsewhere) bool {
			file, _, _ := strings.Cut(s.Source, "#")
			return len(s.Fields) == 0 || !aMarkdown.MatchString(file)
		})
		if len(said) == 0 && !k.taken[key] {
			return nil
		}
		for i := range said {
			names.tell(key, tellingOf(&said[i].Statement))
			if !said[i].Gone {
				k.taken[key] = true
			}
		}
	}
}

// tell notes how the story with a key is told.
func (n *namesakes) tell(key string, of telling) {
	put := func(in map[string]string, what string) {
		if _, there := in[what]; what != "" && !there {
			in[what] = key
		}
	}
	put(n.incidents, of.incident)
	put(n.words, of.words)
	if of.incident != "" {
		n.named[of.words] = true
	}
}

// find is the key of the story that is told so; empty for none.
func (n *namesakes) find(of telling) string {
	if key := n.incidents[of.incident]; of.incident != "" && key != "" {
		return key
	}
	if of.incident != "" && n.named[of.words] {
		return "" // the same words of another incident
	}
	return n.words[of.words]
}

// next is a key that no other story has.
func (k *keys) next(base string, names *namesakes) string {
	if !k.taken[base] {
		return base
	}
	for {
		names.last++
		key := numbered(base, names.last)
		if !k.taken[key] && !k.known[record.ID{Type: "Story", Key: key}] {
			return key
		}
	}
}

// numbered is a key with a number behind it; the first has none.
func numbered(base string, n int) string {
	if n == 1 {
		return base
	}
	return base + "-" + strconv.Itoa(n)
}
