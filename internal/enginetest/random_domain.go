package enginetest

import "fmt"

// domainQuestion asks one of the questions that Go answers over several reads.
// The oracle knows nothing of these; two maps can be held against each other.
func (r *round) domainQuestion() string {
	v := &inventor{form: r.chance, values: r.chance, oracle: r.oracle}
	platform, practice := r.oracle.catalog.Type("Platform"), r.oracle.catalog.Type("Practice")
	from, to := jsonText(v.someKey(platform)), jsonText(v.someKey(platform))
	const answer = `practice { key title } verdict basis reasons { kind text verdict } conditions effortDays { min max } contested path
      unchecked { kind key } proof { kind verdict hop from { key } to { key } note { key } unverified } sources { uri path line }`
	switch r.chance.IntN(5) {
	case 0:
		return fmt.Sprintf("{ portability(practice: %s, from: %s, to: %s) { %s } }", jsonText(v.someKey(practice)), from, to, answer)
	case 1:
		return fmt.Sprintf("{ portablePractices(from: %s, to: %s, atMost: BLOCKED, first: 3) { totalCount nodes { %s } pageInfo { hasNextPage endCursor } } }", from, to, answer)
	case 2:
		return fmt.Sprintf("{ portablePractices(from: %s, to: %s, where: {votes: {gt: 0}}) { totalCount nodes { practice { key } verdict } } }", from, to)
	case 3:
		return fmt.Sprintf("{ comparePlatforms(a: %s, b: %s) { totalCount nodes { practice { key } relation here { key } difference a { key } sources { uri } } } }", from, to)
	default:
		return fmt.Sprintf("{ gaps(platform: %s) { totalCount nodes { kind key concerns practice { key } capability { key } contributeUrl } } }", from)
	}
}
