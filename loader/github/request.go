package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// maxPage is how large one answer may be.
	maxPage = 64 << 20
	// attempts is how often a request is made that fails for no reason of its own,
	// and again is how long is waited before the second.
	attempts = 4
	again    = 500 * time.Millisecond
)

// page is an answer.
type page struct {
	ETag string `json:"etag"`
	Link string `json:"link"`
	Body []byte `json:"body"`
	// unchanged: it is as it was when it was kept; what follows it may not be.
	unchanged bool
}

// again is a page that is unchanged; link is what the server says of the next one now,
// empty for nothing.
func (p *page) again(link string) *page {
	same := *p
	same.unchanged = true
	if link != "" {
		same.Link = link
	}
	return &same
}

// statusError is an answer that is no page.
type statusError struct {
	code    int
	message string
}

func (e *statusError) Error() string { return e.message }

// get asks for a page, from the cache where the server says that it is unchanged.
func (f *fetch) get(ctx context.Context, at *url.URL) (*page, error) {
	kept := f.client.kept(at)
	for attempt := 1; ; attempt++ {
		if err := f.limit.before(ctx, f.client); err != nil {
			return nil, err
		}
		p, wait, err := f.once(ctx, at, kept)
		if err == nil {
			if !p.unchanged || p.Link != kept.Link {
				f.client.keep(at, p)
			}
			return p, nil
		}
		if wait < 0 || attempt == attempts || ctx.Err() != nil {
			return nil, err
		}
		if wait == 0 {
			wait = again << (attempt - 1)
		}
		if wait > f.client.patience() {
			return nil, fmt.Errorf("%w; come back in %s", err, wait.Round(time.Second))
		}
		if wait == atOnce {
			continue // what has to be waited for is said before the next request
		}
		if err := f.client.sleep(ctx, err.Error(), wait); err != nil {
			return nil, err
		}
	}
}

// once asks once. wait says of an error whether to ask again: after that long, after
// a while of one's own choice for 0, or never where it is negative.
func (f *fetch) once(ctx context.Context, at *url.URL, kept *page) (p *page, wait time.Duration, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), http.NoBody)
	if err != nil {
		return nil, -1, err
	}
	request.Header.Set("Accept", "application/vnd.github+json")
	request.Header.Set("X-Github-Api-Version", "2022-11-28")
	request.Header.Set("User-Agent", "opsmap")
	if f.client.Token != "" {
		request.Header.Set("Authorization", "Bearer "+f.client.Token)
	}
	if kept != nil {
		request.Header.Set("If-None-Match", kept.ETag)
	}
	answer, err := f.client.http().Do(request)
	if errors.Is(err, errElsewhere) {
		return nil, -1, fmt.Errorf("%s has no answer: %w", at.Host, reason(err))
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%s does not answer: %w", at.Host, reason(err))
	}
	defer func() { _ = answer.Body.Close() }() // it was only read
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxPage+1))
	f.limit.after(answer)
	switch {
	case answer.StatusCode == http.StatusNotModified && kept != nil:
		return kept.again(answer.Header.Get("Link")), 0, nil
	case err != nil:
		return nil, 0, fmt.Errorf("the answer of %s is cut off: %w", at.Host, reason(err))
	case len(body) > maxPage:
		return nil, -1, fmt.Errorf("an answer of %s is larger than %d MiB", at.Host, maxPage>>20)
	case answer.StatusCode != http.StatusOK:
		return nil, f.limit.retry(answer, body), f.refused(answer, body)
	case isHTML(answer, body):
		return nil, -1, fmt.Errorf("%s answers with an HTML page; is %s the address of an API of GitHub?", at.Host, f.base)
	case !json.Valid(body):
		return nil, 0, fmt.Errorf("the answer of %s is cut off or no JSON", at.Host)
	}
	return &page{ETag: answer.Header.Get("ETag"), Link: answer.Header.Get("Link"), Body: body}, 0, nil
}

// reason is an error of a request without its address, which may be long.
func reason(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

func isHTML(answer *http.Response, body []byte) bool {
	return strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") || strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 64)])), "<")
}

// refused is an answer that is no page, in words.
func (f *fetch) refused(answer *http.Response, body []byte) error {
	var told struct {
		Message string `json:"message"`
	}
	_ = json.Unmarshal(body, &told) // an HTML page tells nothing
	said := ""
	if told.Message != "" {
		said = " (" + told.Message + ")"
	}
	var message string
	switch code := answer.StatusCode; {
	case code == http.StatusUnauthorized:
		message = "the token in GITHUB_TOKEN is not accepted" + said + "; right is one that has not expired, or none for what is public"
	case limited(answer, body):
		message = "the rate limit of GitHub is used up" + said
		if f.client.Token == "" {
			message += "; with a token in GITHUB_TOKEN it is higher"
		}
	case code == http.StatusForbidden:
		message = fmt.Sprintf("%s may not be read%s; right is a token in GITHUB_TOKEN that may read its issues", f.repository, said)
	case code == http.StatusNotFound && f.client.Token == "":
		message = fmt.Sprintf("there is no repository %s that anybody may read; right is owner/name, or a token in GITHUB_TOKEN that may read it", f.repository)
	case code == http.StatusNotFound:
		message = fmt.Sprintf("there is no repository %s that the token in GITHUB_TOKEN may read", f.repository)
	case code == http.StatusGone:
		message = fmt.Sprintf("%s has no issues%s", f.repository, said)
	default:
		message = fmt.Sprintf("%s answers %s%s", f.base.Host, answer.Status, said)
	}
	return &statusError{code: answer.StatusCode, message: message}
}
