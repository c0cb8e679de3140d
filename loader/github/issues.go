package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
)

// maxPages bounds how far Link headers are followed.
const maxPages = 10_000

// Issues is a JSON list of all issues of a repository, open and closed, as the REST
// API writes them, each with the list of its comments in place of their number. Pull
// requests are left out. progress, which may be nil, is told how many pages there
// are so far. Errors are for people.
func (c *Client) Issues(ctx context.Context, r Repository, progress func(pages int)) ([]byte, error) {
	base, err := c.base()
	if err != nil {
		return nil, err
	}
	f := &fetch{client: c, base: base, repository: r, progress: progress}
	issues := f.path("issues")
	issues.RawQuery = url.Values{"state": {"all"}, "sort": {"created"}, "direction": {"asc"}, "per_page": {strconv.Itoa(perPage)}}.Encode()
	if err := f.list(ctx, issues, f.issue); err != nil {
		return nil, err
	}
	if f.commented {
		if err := f.comments(ctx); err != nil {
			return nil, err
		}
	}
	return f.result()
}

// fetch is the reading of one repository.
type fetch struct {
	client     *Client
	base       *url.URL
	repository Repository
	progress   func(pages int)
	pages      int
	limit      limit
	issues     []map[string]json.RawMessage
	// comments are the comments of an issue by its number.
	byNumber map[string][]json.RawMessage
	// commented: some issue has comments.
	commented bool
}

func (f *fetch) path(rest string) *url.URL {
	return f.base.JoinPath("repos", f.repository.Owner, f.repository.Name, rest)
}

// list hands over the items of a list, page by page.
func (f *fetch) list(ctx context.Context, first *url.URL, each func(json.RawMessage) error) error {
	asked := map[string]bool{}
	for next := first; next != nil; {
		if asked[next.String()] || len(asked) == maxPages {
			return fmt.Errorf("%s: its pages lead in a circle or are too many", f.repository)
		}
		asked[next.String()] = true
		page, err := f.get(ctx, next)
		if err != nil {
			return err
		}
		var items []json.RawMessage
		if err := json.Unmarshal(page.Body, &items); err != nil {
			return fmt.Errorf("%s answers something else than a list; is %s the address of an API of GitHub?", next.Host, f.base)
		}
		for _, item := range items {
			if err := each(item); err != nil {
				return err
			}
		}
		f.pages++
		if f.progress != nil {
			f.progress(f.pages)
		}
		at := next
		if next, err = f.follow(at, page.Link); err != nil {
			return err
		}
		if next == nil && page.unchanged && len(items) == perPage {
			next = after(at)
		}
	}
	return nil
}

// perPage is how many items are asked for at once: the most that GitHub gives.
const perPage = 100

// after is the address of the page after one that is full and unchanged: the server
// need not say again that another follows, and none did when it was kept.
func after(at *url.URL) *url.URL {
	q := at.Query()
	n, _ := strconv.Atoi(q.Get("page")) // the first has no number
	q.Set("page", strconv.Itoa(max(n, 1)+1))
	next := *at
	next.RawQuery = q.Encode()
	return &next
}

var nextLink = regexp.MustCompile(`<([^>]*)>\s*;[^,]*\brel="?next"?`)

// follow is the page after one, nil after the last. A token goes to no other host.
func (f *fetch) follow(at *url.URL, link string) (*url.URL, error) {
	m := nextLink.FindStringSubmatch(link)
	if m == nil {
		return nil, nil
	}
	next, err := at.Parse(m[1])
	if err != nil || next.Host != f.base.Host || next.Scheme != f.base.Scheme {
		return nil, fmt.Errorf("the next page of %s is at %q, which is not %s", f.repository, m[1], f.base.Host)
	}
	return next, nil
}

func (f *fetch) issue(item json.RawMessage) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(item, &fields); err != nil {
		return fmt.Errorf("%s: an issue is no object", f.repository)
	}
	if pull := fields["pull_request"]; len(pull) > 0 && string(pull) != "null" {
		return nil
	}
	var n int
	f.commented = f.commented || json.Unmarshal(fields["comments"], &n) == nil && n > 0
	f.issues = append(f.issues, fields)
	return nil
}

var issueNumber = regexp.MustCompile(`/issues/(\d+)$`)

// comments reads the comments of all issues at once, or of each where the server
// does not know that.
func (f *fetch) comments(ctx context.Context) error {
	f.byNumber = map[string][]json.RawMessage{}
	all := f.path("issues/comments")
	all.RawQuery = url.Values{"sort": {"created"}, "direction": {"asc"}, "per_page": {strconv.Itoa(perPage)}}.Encode()
	err := f.list(ctx, all, func(item json.RawMessage) error {
		var comment struct {
			Issue string `json:"issue_url"`
		}
		if err := json.Unmarshal(item, &comment); err != nil {
			return fmt.Errorf("%s: a comment is no object", f.repository)
		}
		if m := issueNumber.FindStringSubmatch(comment.Issue); m != nil {
			f.byNumber[m[1]] = append(f.byNumber[m[1]], item)
		}
		return nil
	})
	if status, ok := errors.AsType[*statusError](err); ok && status.code == http.StatusNotFound {
		return f.commentsOfEach(ctx)
	}
	return err
}

func (f *fetch) commentsOfEach(ctx context.Context) error {
	for _, fields := range f.issues {
		var n int
		if json.Unmarshal(fields["comments"], &n) != nil || n == 0 {
			continue
		}
		number := string(fields["number"])
		if _, err := strconv.Atoi(number); err != nil {
			continue
		}
		one := f.path("issues/" + number + "/comments")
		one.RawQuery = url.Values{"per_page": {strconv.Itoa(perPage)}}.Encode()
		err := f.list(ctx, one, func(item json.RawMessage) error {
			f.byNumber[number] = append(f.byNumber[number], item)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// result is the list, an issue a line.
func (f *fetch) result() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("[")
	for i, fields := range f.issues {
		if list := f.byNumber[string(fields["number"])]; f.byNumber != nil {
			if list == nil {
				list = []json.RawMessage{}
			}
			text, err := json.Marshal(list)
			if err != nil {
				return nil, err
			}
			fields["comments"] = text
		}
		text, err := json.Marshal(fields)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n")
		b.Write(text)
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}
