package github

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// FuzzFollow: whatever a server says of the next page, it is on the server that was
// asked, as what is sent holds a token.
func FuzzFollow(f *testing.F) {
	for _, link := range []string{
		`<https://api.example.com/repositories/7/issues?page=2>; rel="next", <https://api.example.com/x?page=9>; rel="last"`,
		`<https://evil.example/x>; rel="next"`, `</x>; rel=next`, `<//evil.example/x>; rel="next"`, `<https://api.example.com@evil.example/>; rel="next"`, `<>; rel="next"`, `<%zz>;rel=next`,
	} {
		f.Add(link)
	}
	base := &url.URL{Scheme: "https", Host: "api.example.com"}
	f.Fuzz(func(t *testing.T, link string) {
		fetch := &fetch{client: &Client{}, base: base}
		next, err := fetch.follow(base.JoinPath("repos/a/b/issues"), link)
		if err == nil && next != nil && (next.Host != base.Host || next.Scheme != base.Scheme || next.User != nil) {
			t.Errorf("%q leads to %s", link, next)
		}
	})
}

// FuzzLimit: whatever a server says of its limits, what is waited for is not negative by
// mistake, and the request after it is made.
func FuzzLimit(f *testing.F) {
	f.Add(429, "2", "0", "1767225600", "Thu, 01 Jan 2026 00:00:00 GMT", "slow down")
	f.Add(403, "", "0", "99999999999999999", "x", `{"message": "API rate limit exceeded"}`)
	f.Add(403, "-5", "1", "-1", "", "no")
	f.Add(429, "99999999999999999999", "", "", "", "")
	f.Fuzz(func(t *testing.T, status int, retryAfter, remaining, reset, date, body string) {
		answer := httptest.NewRecorder().Result()
		defer answer.Body.Close()
		answer.StatusCode = status
		for name, value := range map[string]string{"Retry-After": retryAfter, "X-Ratelimit-Remaining": remaining, "X-Ratelimit-Reset": reset, "Date": date} {
			answer.Header.Set(name, value)
		}
		var l limit
		l.after(answer)
		if l.reset < 0 {
			t.Errorf("the limit is renewed %s ago", -l.reset)
		}
		wait := l.retry(answer, []byte(body))
		if limited(answer, []byte(body)) && wait <= 0 {
			t.Errorf("after %d it waits for %s", status, wait)
		}
		if status < http.StatusInternalServerError && !limited(answer, []byte(body)) && wait >= 0 {
			t.Errorf("after %d it asks again", status)
		}
		if wait > 0 && wait < time.Millisecond {
			t.Errorf("it waits for %s", wait)
		}
	})
}
