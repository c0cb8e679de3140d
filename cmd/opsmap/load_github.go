package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/github"
	"github.com/open-operations/opsmap/loader/issues"
)

// githubScheme begins an argument of load that is a repository.
const githubScheme = "github:"

// githubSources splits what is to be loaded into paths and repositories. What --github
// names is a file where there is one.
func githubSources(args, named []string) (paths []string, repositories []github.Repository, err error) {
	add := func(s string) error {
		r, ok := github.ParseRepository(s)
		if !ok {
			return fault.New(fault.BadInput, "%q is no repository on GitHub; right is owner/name", s)
		}
		repositories = append(repositories, r)
		return nil
	}
	for _, arg := range args {
		name, found := strings.CutPrefix(arg, githubScheme)
		if !found {
			paths = append(paths, arg)
			continue
		}
		if err := add(name); err != nil {
			return nil, nil, err
		}
	}
	for _, name := range named {
		if _, err := os.Stat(name); err == nil || strings.HasSuffix(strings.ToLower(name), ".json") {
			paths = append(paths, name)
			continue
		}
		if err := add(strings.TrimPrefix(name, githubScheme)); err != nil {
			return nil, nil, err
		}
	}
	return paths, repositories, nil
}

// githubClient asks GitHub as the environment says: GITHUB_TOKEN or GH_TOKEN, and
// GITHUB_API_URL for the server of a company.
func (p *program) githubClient() *github.Client {
	c := &github.Client{}
	for _, name := range []string{"GITHUB_TOKEN", "GH_TOKEN"} {
		if token, _ := p.env(name); token != "" && c.Token == "" {
			c.Token = token
		}
	}
	c.Base, _ = p.env("GITHUB_API_URL")
	if dir, ok := p.cacheDir(); ok {
		c.Cache = filepath.Join(dir, "github")
	}
	c.Wait = func(reason string, d time.Duration) {
		p.say("%s; waiting for %s\n", reason, d.Round(time.Millisecond))
	}
	return c
}

// cacheDir is where the user's caches of opsmap are.
func (p *program) cacheDir() (string, bool) {
	if dir, given := p.env("XDG_CACHE_HOME"); given && filepath.IsAbs(dir) {
		return filepath.Join(dir, "opsmap"), true
	}
	if dir, given := p.env("HOME"); given && filepath.IsAbs(dir) {
		return filepath.Join(dir, ".cache", "opsmap"), true
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "opsmap"), err == nil
}

// documents are repositories to be loaded.
func (p *program) documents(ctx context.Context, repositories []github.Repository) []gather.Document {
	c := p.githubClient()
	out := make([]gather.Document, 0, len(repositories))
	for _, r := range repositories {
		web := c.Web(r)
		host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(web, "https://"), "http://"), "/")
		source := githubScheme + strings.ToLower(r.String())
		if host != "github.com" {
			source = githubScheme + strings.ToLower(host+"/"+r.String())
		}
		out = append(out, gather.Document{
			Name: githubScheme + r.String(), Source: source, Address: web, Path: r.String() + ".json",
			Content: func() ([]byte, error) {
				bar := p.progress("pages of " + r.String())
				defer bar.end()
				return c.Issues(ctx, r, func(pages int) { bar.at(pages, 0) })
			},
		})
	}
	return out
}

// issuesOnce keeps the votes of an issue from being counted twice: what another source
// said of it, a file or the API, is let go of.
func (p *program) issuesOnce(ctx context.Context, s session, result *gather.Result) error {
	c := result.Changeset
	var now []record.Statement
	for s := range result.Statements(func(s *record.Packed) bool { return issues.MadeBy(s.Source) }) {
		now = append(now, *s)
	}
	about := issues.Made(now)
	if len(about) == 0 {
		return nil
	}
	earlier := map[record.Retirement]bool{}
	for _, r := range issues.Repeated(now, now) {
		earlier[r] = true
	}
	c.Packed = slices.DeleteFunc(c.Packed, func(s record.Packed) bool { return earlier[record.Retirement{Source: s.Source, ID: s.ID}] })
	stored, err := p.said(ctx, s, []string{"file:", "collection:", githubScheme}, about...)
	if err != nil {
		return err
	}
	c.Retire = issues.Repeated(now, stored)
	result.Dropped = append(result.Dropped, c.Retire...)
	return nil
}
