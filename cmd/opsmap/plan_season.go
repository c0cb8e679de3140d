package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/report"
	"github.com/open-operations/opsmap/internal/season"
	"github.com/open-operations/opsmap/internal/zone"
	"github.com/spf13/cobra"
)

// seasonFlags are those of plan season.
type seasonFlags struct {
	dates, layers, locked         []string
	audience, series              string
	minutes, preparedMax, spacing int
	rest                          int
	at, zone, level, groups       string
	apply, asJSON                 bool
	// given are the flags that were set.
	given func(name string) bool
}

func (p *program) planSeasonCommand() *cobra.Command {
	var f seasonFlags
	cmd := &cobra.Command{
		Use:   "season --dates DATE,DATE…",
		Short: "Plan a season of meetings: for each date a layer in focus, a topic and a speaker",
		Long: `Plan a season of meetings from the pool of topics: for each date one layer in focus, the topic
with the best score, its speaker, and what would come next. With --apply the meetings and
sessions are written, all of them or none; planning the same again changes nothing, and a
session that somebody has confirmed, announced or made otherwise stays as it is.

Where no plan meets the rules, the command names the rule to relax and fails.`,
		Example: `  opsmap plan season --dates 2027-01-13,2027-02-10,2027-03-10,2027-04-14
  opsmap plan season --series open-operations --dates 2027-01-13,2027-02-10 --at 18:00 --zone Europe/Berlin --apply
  opsmap plan season --dates 2027-01-13,2027-02-10 --layers iaas,containers --locked 2027-02-10=war-stories:ada`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.given = cmd.Flags().Changed
			return p.planSeason(cmd.Context(), &f)
		},
	}
	p.asFlag(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&f.dates, "dates", nil, "the days of the meetings, YYYY-MM-DD, each once")
	flags.StringSliceVar(&f.layers, "layers", nil, "keys of the layers that may be in focus (default: all in scope)")
	flags.StringVar(&f.audience, "audience", "", "level up to which may be spoken (default: the lowest)")
	flags.StringVar(&f.series, "series", "", "key of the series the meetings belong to; its preparedMax holds")
	flags.IntVar(&f.minutes, "minutes", 0, "how long a session may be")
	flags.IntVar(&f.preparedMax, "prepared-max", 0, "how many sessions may have a prepared speaker (default: that of the series, else any)")
	flags.IntVar(&f.spacing, "spacing", 1, "how many dates lie at least between two with the same layer in focus")
	flags.IntVar(&f.rest, "rest", 180, "how many days a topic rests after a session about it was held")
	flags.StringArrayVar(&f.locked, "locked", nil, "a slot that stays: DATE=TOPIC, or DATE=TOPIC:PERSON where somebody is sure to speak")
	flags.StringVar(&f.at, "at", "", "when the meetings begin, HH:MM (default: only the day is known)")
	flags.StringVar(&f.zone, "zone", "UTC", "where that is: an IANA zone such as Europe/Berlin")
	flags.StringVar(&f.level, "level", "", "level of the meetings that are written (default: that of the audience)")
	flags.StringVar(&f.groups, "groups", "", "groups that the meetings are limited to, with commas between them")
	flags.BoolVar(&f.apply, "apply", false, "write the meetings and sessions")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	return cmd
}

// question is what the flags ask.
func (f *seasonFlags) question(now time.Time) (report.SeasonQuestion, error) {
	q := report.SeasonQuestion{Dates: f.dates, Layers: f.layers, Audience: f.audience, Series: f.series}
	if err := checkDates(f.dates, now); err != nil {
		return q, err
	}
	for name, into := range map[string]**int{"minutes": &q.Minutes, "prepared-max": &q.PreparedMax, "spacing": &q.Spacing, "rest": &q.Rest} {
		if f.given(name) {
			value := map[string]int{"minutes": f.minutes, "prepared-max": f.preparedMax, "spacing": f.spacing, "rest": f.rest}[name]
			if value < 0 || value > 1000 {
				return q, usageError{fmt.Errorf("--%s is %d; right is 0 to 1000", name, value)}
			}
			*into = &value
		}
	}
	for _, text := range f.locked {
		date, rest, found := strings.Cut(text, "=")
		topic, speaker, _ := strings.Cut(rest, ":")
		if !found || topic == "" || !slices.Contains(f.dates, date) {
			return q, usageError{fmt.Errorf("--locked is %q; right is DATE=TOPIC or DATE=TOPIC:PERSON, with one of the dates", text)}
		}
		q.Locked = append(q.Locked, report.SeasonChoice{Date: date, Topic: topic, Speaker: speaker})
	}
	return q, nil
}

// checkDates refuses dates that are none, that are over, and that stand twice.
func checkDates(dates []string, now time.Time) error {
	if len(dates) == 0 {
		return usageError{errors.New("plan season: --dates is needed, for example --dates 2027-01-13,2027-02-10")}
	}
	today := now.UTC().Format(time.DateOnly)
	for i, date := range dates {
		switch _, err := time.Parse(time.DateOnly, date); {
		case err != nil:
			return usageError{fmt.Errorf("--dates: %q is no day; right is YYYY-MM-DD, such as 2027-01-13", date)}
		case date < today:
			return usageError{fmt.Errorf("--dates: %s has passed; today is %s", date, today)}
		case slices.Contains(dates[:i], date):
			return usageError{fmt.Errorf("--dates: %s stands twice; each date stands once", date)}
		}
	}
	return nil
}

// starts are the instants at which the meetings begin, by date; none where the hour is
// open.
func (f *seasonFlags) starts() (map[string]time.Time, error) {
	where, ok := zone.Find(f.zone)
	if !ok {
		return nil, usageError{fmt.Errorf("--zone: there is no zone %q; right is an IANA zone such as Europe/Berlin", f.zone)}
	}
	out := map[string]time.Time{}
	if f.at == "" {
		if f.given("zone") {
			return nil, usageError{errors.New("--zone without --at: the hour is missing, for example --at 18:00")}
		}
		return out, nil
	}
	for _, date := range f.dates {
		start, err := season.Start(date, f.at, where)
		if err != nil {
			return nil, usageError{fmt.Errorf("--at: %s", fault.Message(err))}
		}
		out[date] = start
	}
	return out, nil
}

func (p *program) planSeason(ctx context.Context, f *seasonFlags) error {
	now, err := p.now()
	if err != nil {
		return err
	}
	q, err := f.question(now())
	if err != nil {
		return err
	}
	starts, err := f.starts()
	if err != nil {
		return err
	}
	if f.apply && p.config.As != "" {
		return usageError{errors.New("--apply and --as: a plan is written by the owner, for what the owner sees; plan without --apply to look at it as another")}
	}
	s, err := p.session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // a changeset has been acknowledged
	plan, err := report.AskSeason(ctx, s.Query, q)
	if code := fault.CodeOf(err); err != nil && (code == fault.BadInput || code == fault.NotFound) {
		return usageError{errors.New(strings.ReplaceAll(fault.Message(err), "input.", "--"))}
	} else if err != nil {
		return err
	}
	if err := p.write(f.asJSON, plan, plan.Markdown); err != nil {
		return err
	}
	if err := plan.Unfilled(); err != nil {
		return err
	}
	if !f.apply {
		return nil
	}
	return p.applySeason(ctx, s, f, season.Input{Catalog: p.catalog, Season: plan, Audience: f.audience, Starts: starts, Zone: f.zone, Now: now()})
}

// applySeason writes a plan as one changeset.
func (p *program) applySeason(ctx context.Context, s session, f *seasonFlags, in season.Input) error {
	ladder, err := p.levels(ctx, s)
	if err != nil {
		return err
	}
	in.Lowest = ladder.Lowest()
	if in.Audience == "" {
		in.Audience = in.Lowest
	}
	atom := access.Atom{Level: f.level, Audience: words(f.groups)}
	if atom.Level == "" {
		atom.Level = in.Audience
	}
	if _, known := ladder.Level(atom.Level); !known {
		return usageError{fmt.Errorf("--level: there is no level %q; right is one of %s", atom.Level, strings.Join(ladder.Keys(), ", "))}
	}
	if level := ladder.WithoutAudience(atom); level != "" {
		return usageError{fmt.Errorf("what is %s stays with people who are named; right is --groups with the groups that may see it, or another --level", level)}
	}
	in.Class = access.NewClass(atom)
	in.Source = season.Source(f.series)
	said, err := p.said(ctx, s, []string{in.Source})
	if err != nil {
		return err
	}
	in.Prior = slices.DeleteFunc(said, func(s record.Statement) bool { return !season.Of(f.series, s.Source) })
	c := season.Changeset(in)
	c.Actor, c.At = "owner", in.Now.UTC()
	outcome, err := s.Apply(ctx, c)
	if err != nil {
		return err
	}
	p.say("%d created, %d changed, %d removed, %d links\n", outcome.Created, outcome.Changed, outcome.Removed, outcome.Links)
	return nil
}
