package main

// The questions in the words of the peers, with the variables of the shapes. walk
// gives the cursors of shape G. Neither peer searches for words without more work
// of whoever runs it, so shape F is not asked of them.

var neo4jGraphQL = map[string]string{
	"A": `{ topics(limit: 50, sort: [{votes: DESC}, {key: ASC}]) { key title votes parent { key title } raisedBy { key name } } }`,
	"B": `query($from: String!, $to: String!) { portabilityNotes(where: {from: {some: {key: {eq: $from}}}, to: {some: {key: {eq: $to}}}}, limit: 20, sort: [{key: ASC}]) { key verdict practice { key title layers(limit: 5, sort: [{key: ASC}]) { key name } } } }`,
	"C": `{ topics(limit: 10, sort: [{votes: DESC}, {key: ASC}]) { key title summary votes practices(limit: 5, sort: [{key: ASC}]) { key title summary portabilityNotes(limit: 20, sort: [{key: ASC}]) { key verdict from { key name } to { key name } } } } }`,
	"D": `query($key: String!) { topics(where: {key: {eq: $key}}) { key title votes parent { key title } raisedBy { key name } } }`,
	"E": `query($verdicts: [String!]!, $since: String!) { portabilityNotesConnection(where: {verdict: {in: $verdicts}, observedOn: {gte: $since}}) { totalCount } }`,
	"H": `query($text: String!) { topicsConnection(where: {title: {contains: $text}}, first: 20, sort: [{key: ASC}]) { totalCount edges { node { key title } } } }`,
	"G": `query($after: String!) { topicsConnection(first: 20, after: $after, sort: [{votes: DESC}, {key: ASC}]) { edges { cursor node { key title votes } } pageInfo { hasNextPage endCursor } } }`,
}

var postGraphile = map[string]string{
	"A": `{ topics(first: 50, orderBy: [VOTES_DESC, KEY_ASC]) { nodes { key title votes parent { key title } raisedBy { key name } } } }`,
	"B": `query($from: String!, $to: String!) { portabilityNotes(condition: {fromId: $from, toId: $to}, first: 20, orderBy: KEY_ASC) { nodes { key verdict practice { key title practiceLayers(first: 5, orderBy: LAYER_ID_ASC) { nodes { layer { key name } } } } } } }`,
	"C": `{ topics(first: 10, orderBy: [VOTES_DESC, KEY_ASC]) { nodes { key title summary votes topicPractices(first: 5, orderBy: PRACTICE_ID_ASC) { nodes { practice { key title summary portabilityNotes(first: 20, orderBy: KEY_ASC) { nodes { key verdict from { key name } to { key name } } } } } } } } }`,
	"D": `query($key: String!) { topic(key: $key) { key title votes parent { key title } raisedBy { key name } } }`,
	"E": `query($verdicts: [String!]!, $since: Date!) { portabilityNotes(filter: {verdict: {in: $verdicts}, observedOn: {greaterThanOrEqualTo: $since}}) { totalCount } }`,
	"H": `query($text: String!) { topics(filter: {title: {includes: $text}}, first: 20, orderBy: KEY_ASC) { totalCount nodes { key title } } }`,
	"G": `query($after: Cursor!) { topics(first: 20, after: $after, orderBy: [VOTES_DESC, KEY_ASC]) { edges { cursor node { key title votes } } pageInfo { hasNextPage endCursor } } }`,

	walk: `query($after: Cursor) { topics(first: 100, after: $after, orderBy: [VOTES_DESC, KEY_ASC]) { edges { cursor } pageInfo { endCursor } } }`,
}
