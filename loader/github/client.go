package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// DefaultBase is the address of the API of github.com. That of a GitHub Enterprise
// Server is https://HOST/api/v3.
const DefaultBase = "https://api.github.com"

// Client asks one server. The zero Client asks github.com without a token, keeps
// nothing, and waits for nothing longer than DefaultPatience.
type Client struct {
	// Base is the address of the API; empty for DefaultBase.
	Base string
	// Token is sent with every request to Base, and to no other host.
	Token string
	// Cache is a folder for pages and their ETags; empty for none. It holds what the
	// token may read, so it is the user's own.
	Cache string
	// Patience is how long it waits for a rate limit at most; 0 for DefaultPatience.
	Patience time.Duration
	// HTTP does the requests; nil for a client with a timeout.
	HTTP *http.Client
	// Wait is told why and how long it waits; nil for nobody.
	Wait func(reason string, d time.Duration)
}

// DefaultPatience is how long a load waits for GitHub.
const DefaultPatience = 2 * time.Minute

// timeout of one request, its answer included.
const timeout = time.Minute

// Repository is a repository on a server.
type Repository struct{ Owner, Name string }

// String is OWNER/NAME, as GitHub writes it.
func (r Repository) String() string { return r.Owner + "/" + r.Name }

var aRepository = regexp.MustCompile(`^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/([A-Za-z0-9._-]{1,100}?)(?:\.git)?(?:/issues)?/?$`)

// ParseRepository reads owner/name, also as an address such as
// https://github.com/owner/name/issues.
func ParseRepository(s string) (Repository, bool) {
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		s = strings.TrimPrefix(u.Path, "/")
	}
	m := aRepository.FindStringSubmatch(s)
	if m == nil || m[2] == "." || m[2] == ".." {
		return Repository{}, false
	}
	return Repository{Owner: m[1], Name: m[2]}, true
}

// base is the address of the API, checked.
func (c *Client) base() (*url.URL, error) {
	base := c.Base
	if base == "" {
		base = DefaultBase
	}
	u, err := url.Parse(strings.TrimSuffix(base, "/"))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("%q is no address of an API; right is %s or https://HOST/api/v3", base, DefaultBase)
	}
	if c.Token != "" && u.Scheme == "http" && !loopback(u.Hostname()) {
		return nil, fmt.Errorf("a token is not sent to %s, which is not encrypted; right is https", base)
	}
	return u, nil
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// Web is the address of a repository for people, on the server whose API is asked.
func (c *Client) Web(r Repository) string {
	u, err := c.base()
	if err != nil || u.Host == "api.github.com" {
		return "https://github.com/" + r.String()
	}
	return u.Scheme + "://" + u.Host + "/" + r.String()
}

func (c *Client) patience() time.Duration {
	if c.Patience > 0 {
		return c.Patience
	}
	return DefaultPatience
}

func (c *Client) http() *http.Client {
	client := &http.Client{Timeout: timeout}
	if c.HTTP != nil {
		*client = *c.HTTP
	}
	client.CheckRedirect = stay
	return client
}

// maxRedirects is how often one request is sent on: a repository that was renamed
// takes one.
const maxRedirects = 5

// errElsewhere is a request that is sent on to where it does not go.
var errElsewhere = errors.New("it is sent on")

// stay follows a repository that was renamed or given away, on the server that was
// asked: what is sent holds a token.
func stay(next *http.Request, via []*http.Request) error {
	asked := via[0].URL
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("%w more than %d times", errElsewhere, maxRedirects)
	case next.URL.Host != asked.Host || next.URL.Scheme != asked.Scheme:
		return fmt.Errorf("%w to %s://%s, which is not asked", errElsewhere, next.URL.Scheme, next.URL.Host)
	}
	return nil
}

// sleep waits, and says so.
func (c *Client) sleep(ctx context.Context, reason string, d time.Duration) error {
	if c.Wait != nil {
		c.Wait(reason, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
