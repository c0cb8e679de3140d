package issues

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
)

// issue is an issue, whichever way it came.
type issue struct {
	number      int
	title, body string
	closed      bool
	// reason why it is closed, in lower case: completed, not_planned, duplicate.
	reason string
	// url is the page people open; empty where nobody said.
	url     string
	pull    bool
	labels  []string
	author  account
	created time.Time
	// reactions by their names in the REST API: +1, -1, heart.
	reactions map[string]int
	// comments are the addresses of its comments.
	comments []string
	// line of the file it begins on.
	line int
}

// account is somebody on GitHub.
type account struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Type  string `json:"type"`
	IsBot bool   `json:"is_bot"`
}

// person reports whether it is somebody, and no program or account that is gone.
func (a account) person() bool {
	return a.Login != "" && a.Login != "ghost" && !a.IsBot && a.Type != "Bot" && !strings.HasSuffix(a.Login, "[bot]")
}

var webAddress = regexp.MustCompile(`^(https?://[^/]+/([^/]+)/([^/]+))/(?:issues|pull)/(\d+)`)

// at fills in the address, where only the repository is known.
func (i *issue) at(f *loader.File) {
	if i.url == "" && f.Repository != "" {
		i.url = strings.TrimSuffix(f.Repository, "/") + "/issues/" + strconv.Itoa(i.number)
	}
}

// key of the record that the issue becomes.
func (i *issue) key(f *loader.File) string {
	base := identity.Slug(strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)))
	if m := webAddress.FindStringSubmatch(i.url); m != nil {
		base = identity.Slug(m[2] + " " + m[3])
	}
	return base + "-" + strconv.Itoa(i.number)
}

// name is what messages call the issue.
func (i *issue) name() string { return "issue #" + strconv.Itoa(i.number) }

// wire is an issue as gh and the REST API write it.
type wire struct {
	Number        int             `json:"number"`
	Title         string          `json:"title"`
	Body          string          `json:"body"`
	State         string          `json:"state"`
	Closed        bool            `json:"closed"`
	StateReason   string          `json:"stateReason"`
	StateReasonV3 string          `json:"state_reason"`
	URL           string          `json:"url"`
	HTMLURL       string          `json:"html_url"`
	Labels        []label         `json:"labels"`
	Author        account         `json:"author"`
	User          account         `json:"user"`
	CreatedAt     time.Time       `json:"createdAt"`
	CreatedAtV3   time.Time       `json:"created_at"`
	Groups        []reactionGroup `json:"reactionGroups"`
	Reactions     reactions       `json:"reactions"`
	Comments      comments        `json:"comments"`
	PullRequest   json.RawMessage `json:"pull_request"`
	IsPullRequest bool            `json:"isPullRequest"`
}

// label is an object with a name, or the name.
type label string

func (l *label) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, (*string)(l))
	}
	var o struct {
		Name string `json:"name"`
	}
	err := json.Unmarshal(data, &o)
	*l = label(o.Name)
	return err
}

// reactions are counts by name, among other things.
type reactions map[string]int

func (r *reactions) UnmarshalJSON(data []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	*r = reactions{}
	for _, name := range reactionNames {
		var n int
		if json.Unmarshal(all[name], &n) == nil {
			(*r)[name] = n
		}
	}
	return nil
}

// reactionGroup is how gh counts reactions.
type reactionGroup struct {
	Content string `json:"content"`
	Users   struct {
		TotalCount int `json:"totalCount"`
	} `json:"users"`
}

// reactionNames are the reactions there are, as the REST API calls them;
// reactionWords are the others of gh.
var (
	reactionNames = []string{"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"}
	reactionWords = map[string]string{"THUMBS_UP": "+1", "THUMBS_DOWN": "-1"}
)

// comments are a list of them; the REST API writes their number in its place.
type comments []struct {
	URL     string `json:"url"`
	HTMLURL string `json:"html_url"`
}

func (c *comments) UnmarshalJSON(data []byte) error {
	type list comments
	if len(data) > 0 && data[0] == '[' {
		return json.Unmarshal(data, (*list)(c))
	}
	return nil
}

// numbered takes the number from the address where nobody asked for the number.
func (w *wire) numbered() {
	if m := webAddress.FindStringSubmatch(page(w.HTMLURL, w.URL)); m != nil && w.Number == 0 {
		w.Number, _ = strconv.Atoi(m[4]) // one that is too long for a number is none
	}
}

// holdsNUL reports whether a text of w holds a character that no text has.
func (w *wire) holdsNUL() bool {
	texts := []string{w.Title, w.Body, w.Author.Login, w.Author.Name, w.User.Login, w.User.Name, w.URL, w.HTMLURL, w.State, w.StateReason, w.StateReasonV3}
	for _, l := range w.Labels {
		texts = append(texts, string(l))
	}
	for _, g := range w.Groups {
		texts = append(texts, g.Content)
	}
	for _, c := range w.Comments {
		texts = append(texts, c.URL, c.HTMLURL)
	}
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, "\x00") })
}

// issue is w in one form.
func (w *wire) issue() *issue {
	i := &issue{
		number: w.Number, title: w.Title, body: w.Body, created: w.CreatedAt, author: w.Author, reactions: w.Reactions,
		closed: w.Closed || strings.EqualFold(w.State, "closed"),
		reason: strings.ToLower(w.StateReason + w.StateReasonV3),
	}
	if i.created.IsZero() {
		i.created = w.CreatedAtV3
	}
	if i.author.Login == "" {
		i.author = w.User
	}
	i.url = page(w.HTMLURL, w.URL)
	i.pull = w.IsPullRequest || len(w.PullRequest) > 0 && string(w.PullRequest) != "null" || strings.Contains(i.url, "/pull/")
	for _, l := range w.Labels {
		if l != "" {
			i.labels = append(i.labels, string(l))
		}
	}
	for _, g := range w.Groups {
		if i.reactions == nil {
			i.reactions = map[string]int{}
		}
		name, known := reactionWords[g.Content]
		if !known {
			name = strings.ToLower(g.Content)
		}
		i.reactions[name] += g.Users.TotalCount
	}
	for _, c := range w.Comments {
		if url := page(c.HTMLURL, c.URL); url != "" {
			i.comments = append(i.comments, url)
		}
	}
	return i
}

// page is the address that people open: the REST API keeps url for its own.
func page(html, url string) string {
	if html != "" {
		return html
	}
	if webAddress.MatchString(url) {
		return url
	}
	return ""
}
