package enginetest

// pointedForms ask who said something in every way there is: lists and look-ups, counts,
// orders, groups, filters with each quantifier, both ends of links, ways, what lies
// around, search, history, and the questions of the domain that name people. An engine
// that pays for each form is asked the first few.
var pointedForms = []string{
	`{ topics(first: 100, orderBy: [{createdAt: ASC}, {updatedAt: DESC}]) { totalCount edges { cursor node { id version createdAt updatedAt sources { uri path line } raisedBy { key name memberOf { key } } ballots { totalCount nodes { id person { key } } } } } } }`,
	`{ persons(first: 100, orderBy: [{raised: {count: DESC}}]) { edges { cursor node { key version updatedAt raised(first: 100) { totalCount nodes { key } } attended { totalCount nodes { key } } speaksIn { totalCount nodes { key } } actionItems { totalCount nodes { key } } ballots { totalCount nodes { id } } attendance { totalCount nodes { id } } } } } }`,
	`{ topics { facets { raisedBy { node { key } count } ballots { count } } groups(by: [RAISED_BY, RAISED_IN]) { keys { raisedBy raisedIn } count } aggregate { createdAt { min max } } } }`,
	`{ topics(where: {raisedBy: {key: {eq: $person}}}) { totalCount nodes { key } } not: topics(where: {not: {raisedBy: {key: {eq: $person}}}}) { totalCount } of: topics(where: {raisedBy: {memberOf: {key: {eq: $organisation}}}}) { totalCount } }`,
	`{ meetings(where: {participants: {some: {key: {eq: $person}}}}) { totalCount nodes { key } } all: meetings(where: {participants: {all: {memberOf: {key: {eq: $organisation}}}}}) { totalCount } none: meetings(where: {participants: {none: {key: {eq: $person}}}}) { totalCount } single: meetings(where: {participants: {single: {}}}) { totalCount } }`,
	`{ node(id: $fact) { id __typename } nodes(ids: [$fact, $who, $what]) { id } }`,
	`{ meetings(first: 100) { nodes { key version createdAt updatedAt participants(first: 100) { totalCount nodes { key } pageInfo { hasNextPage endCursor } } attendance { totalCount nodes { id note person { key } } } } } }`,
	`{ sessions(first: 100, orderBy: [{createdAt: DESC}]) { nodes { key createdAt updatedAt speakers { totalCount nodes { key } } organisation { key name } } } actionItems(first: 100, orderBy: [{updatedAt: ASC}]) { nodes { key createdAt assignees { totalCount nodes { key } } } } decisions(first: 100, orderBy: [{createdAt: ASC}]) { nodes { key createdAt } } }`,
	`{ persons(first: 3, orderBy: [{attended: {count: DESC}}, {speaksIn: {count: ASC}}, {ballots: {count: DESC}}]) { totalCount nodes { key } pageInfo { hasNextPage endCursor } } organisations(first: 100, orderBy: [{sessions: {count: DESC}}]) { nodes { key sessions { totalCount nodes { key } } members { totalCount } } } }`,
	`{ meetings(first: 100, orderBy: [{participants: {count: DESC}}, {attendance: {count: ASC}}]) { nodes { key } } topics(first: 100, orderBy: [{ballots: {count: DESC}}]) { nodes { key votes } } sessions(first: 100, orderBy: [{speakers: {count: DESC}}]) { nodes { key } } }`,
	`{ sessions { facets { organisation { node { key } count } speakers { node { key } count } } groups(by: [ORGANISATION]) { keys { organisation } count } } meetings { facets { participants { node { key } count } } } }`,
	`{ persons { facets { raised { node { key } count } attended { node { key } count } memberOf { node { key } count } } } actionItems { facets { assignees { node { key } count } } } attendances { totalCount facets { person { node { key } count } } } ballots { totalCount nodes { id topic { key } person { key } } } }`,
	`{ persons(where: {raised: {some: {key: {eq: $topic}}}}) { totalCount nodes { key } } none: persons(where: {attended: {none: {key: {eq: $meeting}}}}) { totalCount } single: persons(where: {speaksIn: {single: {key: {eq: $session}}}}) { totalCount } ballots: persons(where: {ballots: {some: {topic: {key: {eq: $topic}}}}}) { totalCount nodes { key } } }`,
	`{ persons(where: {raised: {count: {gte: 1}}}) { totalCount nodes { key } } meetings(where: {participants: {count: {gte: 1}}, attendance: {count: {lt: 2}}}) { totalCount nodes { key } } topics(where: {ballots: {count: {gte: 1}}}) { totalCount nodes { key } } }`,
	`{ sessions(where: {organisation: {key: {eq: $organisation}}}) { totalCount nodes { key } } organisations(where: {sessions: {some: {key: {eq: $session}}}}) { totalCount } actionItems(where: {assignees: {some: {key: {eq: $person}}}}) { totalCount } speakers: sessions(where: {speakers: {all: {key: {eq: $person}}}}) { totalCount } }`,
	`{ person(key: $person) { id version createdAt updatedAt raised { totalCount nodes { key } } attended { totalCount nodes { key } } attendance { totalCount } ballots { totalCount } speaksIn { totalCount } actionItems { totalCount } memberOf { key sessions { totalCount } } } organisation(key: $organisation) { sessions { totalCount } members { nodes { key raised { totalCount } } } } }`,
	`{ paths(from: $who, to: $what, maxLength: 2, first: 20) { totalCount nodes { length nodes { id } links { name } } } }`,
	`{ neighbourhood(id: $who, depth: 2, first: 60) { nodes { node { id } distance } links { name from to } } }`,
	`{ around: neighbourhood(id: $what, depth: 1) { nodes { node { id } } links { name } truncated } }`,
	`{ search(text: $person, first: 50) { totalCount edges { cursor node { score highlights { field text start } node { __typename ... on Node { id } } } } } persons(search: $person) { totalCount nodes { key } } }`,
	`{ proposals(first: 50) { totalCount nodes { topic { key } score parts { name value } speakers { person { key } because } } } nextMeeting { key participants { totalCount } sessions { nodes { speakers { totalCount } organisation { key } } } } }`,
	`{ topics(first: 100, where: {createdAt: {gt: "2026-01-01T04:00:00Z"}}) { totalCount nodes { key } } early: topics(where: {updatedAt: {lte: "2026-01-01T05:00:00Z"}}) { totalCount } sessions(where: {createdAt: {gt: "2026-01-01T04:00:00Z"}}) { totalCount } }`,
}
