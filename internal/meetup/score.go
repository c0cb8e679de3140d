package meetup

// PartName names a part of a score.
type PartName string

// The parts of a score, in the order in which they are told.
const (
	Votes         PartName = "VOTES"
	Recurring     PartName = "RECURRING"
	NeverCovered  PartName = "NEVER_COVERED"
	StoryExists   PartName = "STORY_EXISTS"
	SpeakerExists PartName = "SPEAKER_EXISTS"
	BeyondClassic PartName = "BEYOND_CLASSIC"
)

// What a part is worth. The scale is that of votes: two points for each.
const (
	perVote       = 2
	mostVotes     = 10
	perRaised     = 3
	mostRaised    = 5
	neverCovered  = 8
	storyExists   = 6
	speakerExists = 10
	beyondClassic = 4
)

// Part is what one property of a topic contributes.
type Part struct {
	Name PartName
	// Value is what was counted, Points what it is worth.
	Value, Points int
}

// Score is a topic's worth on a day, with its parts; an empty day is any. Votes count
// twice up to ten of them; each further minutes or issue that raises it counts three
// up to five; never covered counts 8, a story 6, a speaker 10, and being beyond the
// classical capacity and hardware topics 4.
func (t *Topic) Score(date string) (total int, parts []Part) {
	return t.score(t.Speaker(date) != "")
}

func (t *Topic) score(speaker bool) (total int, parts []Part) {
	parts = []Part{
		{Votes, t.Votes, perVote * max(-mostVotes, min(t.Votes, mostVotes))},
		{Recurring, t.Raised, perRaised * max(0, min(t.Raised-1, mostRaised))},
		flag(NeverCovered, t.Held == 0, neverCovered),
		{StoryExists, len(t.Stories), storyExists * min(len(t.Stories), 1)},
		flag(SpeakerExists, speaker, speakerExists),
		flag(BeyondClassic, !t.Classic, beyondClassic),
	}
	for _, p := range parts {
		total += p.Points
	}
	return total, parts
}

func flag(name PartName, holds bool, worth int) Part {
	if !holds {
		return Part{Name: name}
	}
	return Part{Name: name, Value: 1, Points: worth}
}
