// Package github reads the issues of a repository, with their comments and
// reactions, from the REST API of GitHub or of a GitHub Enterprise Server.
//
// It asks for what has changed only: every page is kept with its ETag, and 304 costs
// nothing of the rate limit. It stops asking when GitHub says that the limit is used
// up, waits where that is short, and says when to come back where it is not.
//
// Source: https://docs.github.com/en/rest/using-the-rest-api
package github
