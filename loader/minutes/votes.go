package minutes

import "strings"

var (
	thumbsUp   = []string{":thumbsup:", ":+1:", "👍"}
	thumbsDown = []string{":thumbsdown:", ":-1:", "👎"}
)

// votes is what a line's thumbs and its standalone +1 and -1 add up to.
func votes(s string) int {
	sum := 0
	for _, t := range thumbsUp {
		sum += strings.Count(s, t)
	}
	for _, t := range thumbsDown {
		sum -= strings.Count(s, t)
	}
	for i := range len(s) {
		sum += voteAt(s, i)
	}
	return sum
}

// voteAt is +1 or -1 where such a token stands for itself, 0 elsewhere.
func voteAt(s string, i int) int {
	if (s[i] != '+' && s[i] != '-') || i+1 >= len(s) || s[i+1] != '1' {
		return 0
	}
	if i > 0 && strings.IndexByte(" \t([{,;\"'*_~", s[i-1]) < 0 {
		return 0
	}
	if i+2 < len(s) && !voteEnds(s[i+2:]) {
		return 0
	}
	if s[i] == '-' {
		return -1
	}
	return 1
}

// voteEnds says whether what follows a vote leaves it standing alone; +1.5 and -1:30 are numbers.
func voteEnds(rest string) bool {
	if strings.IndexByte(" \t)]}!?\"'*_~", rest[0]) >= 0 {
		return true
	}
	return strings.IndexByte(",;.:", rest[0]) >= 0 && (len(rest) == 1 || !wordByte(rest[1]))
}

// withoutVotes removes standalone votes.
func withoutVotes(s string) string {
	if !strings.Contains(s, "+1") && !strings.Contains(s, "-1") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if voteAt(s, i) != 0 {
			i++
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
