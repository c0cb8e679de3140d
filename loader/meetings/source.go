package meetings

import (
	"regexp"
	"strings"
)

var (
	reference = regexp.MustCompile(`^(?:([\w.-]+)/)?([\w.-]+)?#(\d+)$`)
	aProject  = regexp.MustCompile(`^(https?://[^/]+)/([^/]+)/([^/]+?)/?$`)
)

// issueAddress is the address of what owner/repo#12, repo#12 or #12 refers to. The
// first needs nothing, the others the repository whose issues are meant: its owner
// and its host. Without that it is empty.
func issueAddress(ref, repository string) string {
	m := reference.FindStringSubmatch(ref)
	if m == nil {
		return ""
	}
	host, owner, repo := "https://github.com", m[1], m[2]
	if project := aProject.FindStringSubmatch(strings.TrimSpace(repository)); project != nil {
		host = project[1]
		if owner == "" {
			owner = project[2]
			if repo == "" {
				repo = project[3]
			}
		}
	}
	if owner == "" || repo == "" {
		return ""
	}
	return host + "/" + owner + "/" + repo + "/issues/" + m[3]
}
