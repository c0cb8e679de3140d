package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/feed"
	"github.com/spf13/cobra"
)

// documents are what can be written about a meeting or a session, by name. Each gives
// nil where there is none that may be seen.
var documents = map[string]func(ctx context.Context, by asking.By, key, base string) ([]byte, error){
	"announcement": meetingDocument(func(m *feed.Meeting, base string) []byte { return m.Announcement(base) }),
	"agenda":       meetingDocument(func(m *feed.Meeting, _ string) []byte { return m.Agenda() }),
	"minutes":      meetingDocument(func(m *feed.Meeting, _ string) []byte { return m.Minutes() }),
	"invitation": func(ctx context.Context, by asking.By, key, base string) ([]byte, error) {
		s, err := feed.FindSession(ctx, by, key)
		if err != nil || s == nil {
			return nil, err
		}
		return s.Invitation(base), nil
	},
}

func meetingDocument(write func(m *feed.Meeting, base string) []byte) func(context.Context, asking.By, string, string) ([]byte, error) {
	return func(ctx context.Context, by asking.By, key, base string) ([]byte, error) {
		m, err := feed.FindMeeting(ctx, by, key)
		if err != nil || m == nil {
			return nil, err
		}
		return write(m, base), nil
	}
}

func (p *program) documentCommand() *cobra.Command {
	var base string
	names := strings.Join(slices.Sorted(maps.Keys(documents)), ", ")
	cmd := &cobra.Command{
		Use:   "document NAME KEY",
		Short: "Print a document of a meeting, or the invitation to speak in a session, in Markdown",
		Long: `Print a document in Markdown: the agenda, announcement or minutes of a meeting, by the key of the
meeting, or the invitation to those who are to speak, by the key of the session. Its last lines
say how far it may travel; with --as it holds nothing above a level. The skeleton of the minutes
is filled in and loaded with opsmap load.`,
		Example: `  opsmap document minutes open-operations-2027-01-13 > 2027-01-13.md
  opsmap document announcement open-operations-2027-01-13 --as anonymous`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			write := documents[args[0]]
			if write == nil {
				return usageError{fmt.Errorf("there is no document %q; right is one of %s", args[0], names)}
			}
			return p.document(cmd.Context(), func(ctx context.Context, by asking.By) ([]byte, error) {
				return write(ctx, by, args[1], strings.TrimSuffix(base, "/"))
			}, args[1])
		},
	}
	p.asFlag(cmd)
	cmd.Flags().StringVar(&base, "base", "", "address of the server that the document links to (default: no links)")
	return cmd
}

// document prints what was written, of what has that key.
func (p *program) document(ctx context.Context, write func(context.Context, asking.By) ([]byte, error), key string) error {
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // nothing was written
	text, err := write(ctx, s.Query)
	if err != nil {
		return err
	}
	if text == nil {
		return fault.New(fault.NotFound, "there is no %q that you may see", key)
	}
	_, err = p.out.Write(text)
	return err
}

func (p *program) feedCommand() *cobra.Command {
	var base, layer string
	feeds := map[string]func(context.Context, asking.By) ([]byte, error){
		"meetups.ics": func(ctx context.Context, by asking.By) ([]byte, error) { return feed.Calendar(ctx, by, base, layer) },
		"topics.atom": func(ctx context.Context, by asking.By) ([]byte, error) { return feed.Topics(ctx, by, base, layer) },
	}
	cmd := &cobra.Command{
		Use:     "feed meetups.ics|topics.atom",
		Short:   "Print the calendar of meetings, or the news of topics, as the server serves them",
		Example: `  opsmap feed meetups.ics --as anonymous > meetups.ics`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			write := feeds[args[0]]
			if write == nil {
				return usageError{fmt.Errorf("there is no feed %q; right is meetups.ics or topics.atom", args[0])}
			}
			base = strings.TrimSuffix(base, "/")
			return p.document(cmd.Context(), write, args[0])
		},
	}
	p.asFlag(cmd)
	cmd.Flags().StringVar(&base, "base", "http://127.0.0.1:8080", "address of the server that the entries link to")
	cmd.Flags().StringVar(&layer, "layer", "", "only what is about this layer")
	return cmd
}
