package yamlsource_test

import "testing"

func TestMistakesInLinksAndSources(t *testing.T) {
	for _, c := range []mistake{
		{"dangling", `
topics:
  - {key: a, title: A, layers: [iass], parent: disk, sources: [doc]}
`, `x.yaml:2: Topic a: layers names "iass", and there is no such Layer; did you mean "iaas"?
x.yaml:2: Topic a: parent names "disk", and there is no such Topic; did you mean "disks"?`},
		{"dangling, and nothing near", `
topics:
  - {key: a, title: A, parent: zzzzzzzzz, sources: [doc]}
`, `x.yaml:2: Topic a: parent names "zzzzzzzzz", and there is no such Topic; right is a, disks or failures`},
		{"link by alias", `
topics:
  - {key: a, title: A, platforms: [OpenAlpha], sources: [doc]}
`, `x.yaml:2: Topic a: platforms names "OpenAlpha", and there is no such Platform; it is an alias; right is the key alpha`},
		{"link to the wrong type", `
providers:
  - {key: delta, name: D, operatedBy: PROVIDER, runs: [gamma], sources: [doc]}
`, `x.yaml:2: Provider delta: runs names gamma, which is a Provider; right is the key of a Solution`},
		{"link is a word", `
topics:
  - {key: a, title: A, layers: iaas, sources: [doc]}
`, `x.yaml:2:32: Topic a: layers is "iaas"; right is a list: - and the key of a Layer on each line`},
		{"link is a list", `
topics:
  - {key: a, title: A, parent: [disks], sources: [doc]}
`, `x.yaml:2:32: Topic a: parent names a list; right is the key of a Topic`},
		{"link is empty", `
offers:
  - {platform: , capability: disk-access, state: NO, basis: CITED, sources: [doc]}
`, `x.yaml:2: this Offer: platform has no value; right is the key of a Platform`},
		{"link names twice", `
topics:
  - {key: a, title: A, layers: [iaas, iaas], sources: [doc]}
`, `x.yaml:2: Topic a: layers names iaas twice; right is once`},
		{"not in the vocabulary", `
implementations:
  - {practice: restore, platform: alpha, mechanism: byhand, basis: CITED, sources: [doc]}
`, `x.yaml:2: Implementation restore--alpha: mechanism is "byhand", and there is no such Mechanism; did you mean "by-hand"?`},
		{"not in the vocabulary of an object", `
topics:
  - {key: a, title: A, disclosure: {typically: PUBLIC, dependsOn: [laws], contentKind: HOW_TO}, sources: [doc]}
`, `x.yaml:2: Topic a: an item of disclosure.dependsOn is "laws", and there is no such DisclosureFactor; right is legal`},
		{"no such source", `
topics:
  - {key: a, title: A, sources: [dok]}
`, `x.yaml:2: Topic a: there is no source "dok"; did you mean "doc"?`},
		{"no such source, and none near", `
topics:
  - {key: a, title: A, sources: [https://example.org]}
`, `x.yaml:2: Topic a: there is no source "https://example.org"; add it to the section sources, or write {uri: …, kind: …} in its place`},
		{"sources is a word", `
topics:
  - {key: a, title: A, sources: doc}
`, `x.yaml:2:33: Topic a: sources is "doc"; right is a list: - and the id of a source`},
		{"a source is a list", `
topics:
  - {key: a, title: A, sources: [[doc], null]}
`, `x.yaml:2:34: Topic a: a source is a list; right is the id of a source, {id: …, line: …}, or {uri: …, kind: …}
x.yaml:2:41: Topic a: a source is empty; right is the id of a source, {id: …, line: …}, or {uri: …, kind: …}`},
		{"inline source", `
topics:
  - {key: a, title: A, sources: [{uri: https://example.org}, {url: x, kind: OTHER}]}
`, `x.yaml:2:34: Topic a: source has no kind; add kind: with DOCUMENTATION, MINUTES, ISSUE, CODE, ARTICLE, REPORT, STANDARD, EXPERIENCE or OTHER
x.yaml:2:62: Topic a: source has no uri; add uri: with text
x.yaml:2:63: Topic a: there is no "url" in source; did you mean "uri"?`},
		{"source by id and more", `
topics:
  - {key: a, title: A, sources: [{id: doc, uri: x}, {id: doc, line: none}, {id: doc, line: 0}]}
`, `x.yaml:2:44: Topic a: "uri" stands beside the id of a source; right is id with path, line, revision where they differ
x.yaml:2:69: Topic a: source.line is "none"; right is a whole number such as 3
x.yaml:2:76: Topic a: line 0 of a source; right is a line from 1`},
		{"section sources", `
sources:
  doc: {uri: x, kind: OTHER}
  My Page: {uri: x, kind: WEB}
  page: https://example.org
`, `x.yaml:2:3: the source "doc" is there twice, first at base.yaml:3; right is one of them: all files of a folder share their sources
x.yaml:3:3: the source "My Page" is no lower-case slug; right is my-page
x.yaml:3:27: source "My Page": kind is "WEB"; right is DOCUMENTATION, MINUTES, ISSUE, CODE, ARTICLE, REPORT, STANDARD, EXPERIENCE or OTHER
x.yaml:4:9: source page: it is "https://example.org"; right is a mapping of uri, path, line, revision, kind`},
		{"section sources is a list", `
sources:
  - doc
`, `x.yaml:2:3: the section sources is a list; right is a mapping from an id to uri and kind`},
	} {
		c.check(t)
	}
}

func TestMistakesInWhoMaySee(t *testing.T) {
	for _, c := range []mistake{
		{"no such level", `
topics:
  - {key: a, title: A, confidentiality: grene, sources: [doc]}
`, `x.yaml:2: Topic a: confidentiality names "grene", and there is no such ConfidentialityLevel; did you mean "green"?`},
		{"red without audience", `
topics:
  - {key: a, title: A, confidentiality: red, sources: [doc]}
  - {key: b, title: A, confidentiality: red, audience: [], sources: [doc]}
`, `x.yaml:2: Topic a is red and names no audience; add audience: with a list of groups
x.yaml:3: Topic b is red and names no audience; add audience: with a list of groups`},
		{"red later without audience", `
topics:
  - {key: a, title: A, confidentiality: green, confidentialityConditions: [{reason: x, until: "2027-01-01T00:00:00Z", then: red}], sources: [doc]}
`, `x.yaml:2: Topic a is red and names no audience; add audience: with a list of groups`},
		{"audience without level", `
topics:
  - {key: a, title: A, audience: [board], sources: [doc]}
`, `x.yaml:2: Topic a has audience and no confidentiality; add confidentiality: with the key of a ConfidentialityLevel`},
		{"conditions", `
topics:
  - {key: a, title: A, confidentiality: green, confidentialityConditions: [{reason: x, until: tomorrow, then: clear}, {until: "2027-01-01T00:00:00Z", then: clear}], sources: [doc]}
  - {key: b, title: A, confidentiality: green, confidentialityConditions: [{reason: x, until: "2027-01-01T00:00:00Z", then: clearer}], sources: [doc]}
`, `x.yaml:2:95: Topic a: confidentialityConditions.until is "tomorrow"; right is an instant with its zone, such as "2026-11-24T18:00:00Z"
x.yaml:2:119: Topic a: confidentialityConditions has no reason; add reason: with text
x.yaml:3: Topic b: confidentialityConditions.then names "clearer", and there is no such ConfidentialityLevel; did you mean "clear"?`},
		{"empty group", `
topics:
  - {key: a, title: A, confidentiality: [green], audience: [""], sources: [doc]}
`, `x.yaml:2:41: Topic a: confidentiality is a list; right is the key of a ConfidentialityLevel
x.yaml:2:50: Topic a: audience names an empty group; right is the name of a group`},
	} {
		c.check(t)
	}
}
