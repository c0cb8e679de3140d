package github

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// limit is what the server has said of its rate limits.
type limit struct {
	// reset is how long after asked the limit is renewed; 0 while there is some left.
	reset time.Duration
	asked time.Time
}

// atOnce is no time to wait.
const atOnce = time.Millisecond

// secondary is how long GitHub asks to wait where it names no time.
const secondary = time.Minute

// after notes what an answer says of the primary limit. The server's clock counts,
// as its instants are in it.
func (l *limit) after(answer *http.Response) {
	l.reset = 0
	if answer.Header.Get("X-Ratelimit-Remaining") != "0" {
		return
	}
	at, err := strconv.ParseInt(answer.Header.Get("X-Ratelimit-Reset"), 10, 64)
	if err != nil {
		return
	}
	now, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	l.asked, l.reset = time.Now(), seconds(at-now.Unix())+time.Second
}

// seconds is so long, at most a day: longer than anybody waits, and no number that a
// server may name is too large for it.
func seconds(n int64) time.Duration {
	const day = 24 * 60 * 60
	return time.Duration(min(max(n, 0), day)) * time.Second
}

// before waits until there is some of the limit left, or says when to come back.
func (l *limit) before(ctx context.Context, c *Client) error {
	wait := l.reset - time.Since(l.asked)
	if l.reset == 0 || wait <= 0 {
		return nil
	}
	const used = "the rate limit of GitHub is used up"
	if wait > c.patience() {
		hint := ""
		if c.Token == "" {
			hint = "; with a token in GITHUB_TOKEN it is higher"
		}
		return fmt.Errorf("%s; come back in %s: what has been read is kept%s", used, wait.Round(time.Second), hint)
	}
	l.reset = 0
	return c.sleep(ctx, used, wait)
}

// limited reports whether an answer refuses because of a rate limit.
func limited(answer *http.Response, body []byte) bool {
	switch answer.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		return answer.Header.Get("Retry-After") != "" || answer.Header.Get("X-Ratelimit-Remaining") == "0" ||
			strings.Contains(strings.ToLower(string(body[:min(len(body), 1024)])), "rate limit")
	}
	return false
}

// retry says whether an answer that is no page is worth another request, and when:
// negative for never, 0 for a while of one's own choice.
func (l *limit) retry(answer *http.Response, body []byte) time.Duration {
	if limited(answer, body) {
		if n, err := strconv.ParseInt(answer.Header.Get("Retry-After"), 10, 64); err == nil && n >= 0 {
			return max(seconds(n), atOnce)
		}
		if l.reset > 0 {
			return atOnce // before waits for it
		}
		return secondary
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		return 0
	}
	return -1
}
