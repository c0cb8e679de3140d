package feed

import (
	"context"
	"fmt"
	"html"
	"time"

	"github.com/gorilla/feeds"

	"github.com/open-operations/opsmap/internal/asking"
)

// mostNews is how many topics a feed of news holds.
const mostNews = 50

// Topics writes the topics that changed last as Atom (RFC 4287). base is the address
// of this server; layer limits it to one layer, empty for all, and is NOT_FOUND when it
// cannot be seen.
func Topics(ctx context.Context, by asking.By, base, layer string) ([]byte, error) {
	if err := findLayer(ctx, by, layer); err != nil {
		return nil, err
	}
	where := map[string]any{}
	if layer != "" {
		where = map[string]any{"layers": map[string]any{"some": map[string]any{"key": map[string]any{"eq": layer}}}}
	}
	const operation = `query News($where: TopicWhere, $first: Int) {
  topics(first: $first, where: $where, orderBy: [{updatedAt: DESC}]) { nodes { id key title summary status votes createdAt updatedAt } } }`
	data, err := asking.Data[struct {
		Topics connection[struct {
			ID, Key, Title, Summary, Status, CreatedAt, UpdatedAt string
			Votes                                                 int
		}]
	}](ctx, by, operation, map[string]any{"where": where, "first": mostNews})
	if err != nil {
		return nil, err
	}
	// A feed has to say when it changed last, one without topics too.
	feed := &feeds.Feed{Title: "opsmap: topics", Link: &feeds.Link{Href: base + "/?view=meetups"}, Updated: time.Unix(0, 0).UTC()}
	for _, t := range data.Topics.Nodes {
		created, updated, err := instants(t.CreatedAt, t.UpdatedAt)
		if err != nil {
			return nil, err
		}
		if updated.After(feed.Updated) {
			feed.Updated = updated
		}
		feed.Add(&feeds.Item{
			Id: "urn:opsmap:" + t.ID, Title: clean(t.Title), Created: created, Updated: updated,
			// The library says that a summary is HTML.
			Description: html.EscapeString(clean(fmt.Sprintf("%s (%d votes, %s)", t.Summary, t.Votes, t.Status))),
			Link:        &feeds.Link{Href: base + "/?view=map&id=" + t.ID},
			Author:      &feeds.Author{Name: "opsmap"},
		})
	}
	feed.Author = &feeds.Author{Name: "opsmap"}
	atom := (&feeds.Atom{Feed: feed}).AtomFeed()
	// The library takes the address, which is another one wherever the server is asked.
	atom.Id = "urn:opsmap:topics:" + layer
	text, err := feeds.ToXML(atom)
	return []byte(text), err
}

func instants(created, updated string) (c, u time.Time, err error) {
	if c, err = time.Parse(time.RFC3339, created); err != nil {
		return c, u, fmt.Errorf("BUG: an instant: %w", err)
	}
	if u, err = time.Parse(time.RFC3339, updated); err != nil {
		return c, u, fmt.Errorf("BUG: an instant: %w", err)
	}
	return c, u, nil
}
