package minutes

import (
	"regexp"
	"strconv"
	"strings"
)

// counted is one choice with its votes: `7 for`, `6 for subject`, `abstain: 2`.
var counted = regexp.MustCompile(`(?i)\b(\d{1,5}) *(?:x +)?(yes|no|aye|nay|abstain\w*|abstentions?|against|in favou?r|for(?: [\pL][^,;\d()]{0,40})?)\b` +
	`|\b(yes|no|aye|nay|abstain\w*|abstentions?|against|in favou?r|for) *[:=] *(\d{1,5})\b`)

// nextChoice is what may stand between two choices.
var nextChoice = regexp.MustCompile(`^[ ,;/|()–-]*(?:and|und)?[ ,;/|()–-]*$`)

var voteWord = regexp.MustCompile(`(?i)\b(?:vot(?:e|es|ed|ing)|ballot|poll|abstimmung)\b`)

// ballot reads a line as a counted vote: at least two choices next to each other, and something that says it is a vote.
func (l *line) ballot() (Ballot, bool) {
	text := l.text
	if len(l.heads) > 0 {
		text = l.heads[len(l.heads)-1].title
	}
	if !strings.ContainsAny(text, "0123456789") || !voteLike(text) {
		return Ballot{}, false
	}
	best := Ballot{Line: l.number, Tally: map[string]int{}}
	current := map[string]int{}
	end := -1
	for _, m := range counted.FindAllStringSubmatchIndex(text, -1) {
		if end >= 0 && !nextChoice.MatchString(text[end:m[0]]) {
			current = map[string]int{}
		}
		choice, votes := choiceOf(text, m)
		current[choice] = votes
		end = m[1]
		if len(current) > len(best.Tally) {
			best.Tally = current
		}
	}
	return best, len(best.Tally) > 1 && (isVote(best.Tally) || voteWord.MatchString(text))
}

func choiceOf(s string, m []int) (string, int) {
	word, number := 2, 1
	if m[2] < 0 {
		word, number = 3, 4
	}
	votes, _ := strconv.Atoi(group(s, m, number))
	choice := strings.TrimSpace(group(s, m, word))
	lower := strings.ToLower(choice)
	switch {
	case strings.HasPrefix(lower, "abst"):
		return "abstain", votes
	case strings.HasPrefix(lower, "in fav"):
		return "for", votes
	case lower == "aye":
		return "yes", votes
	case lower == "nay":
		return "no", votes
	case strings.HasPrefix(lower, "for "):
		return "for " + choice[len("for "):], votes
	}
	return lower, votes
}

// voteLike says whether a text holds a word without which it is no ballot.
func voteLike(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range []string{"yes", "abst", "against", "vot", "ballot", "poll", "aye"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// isVote says whether the choices can only be those of a vote; `1 for dev, 2 for prod` could be anything.
func isVote(tally map[string]int) bool {
	for _, choice := range []string{"yes", "abstain", "against"} {
		if _, ok := tally[choice]; ok {
			return true
		}
	}
	return false
}
