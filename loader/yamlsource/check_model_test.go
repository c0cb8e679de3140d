package yamlsource_test

import (
	"strings"
	"testing"
)

func TestMistakesAgainstTheModel(t *testing.T) {
	for _, c := range []mistake{
		{"unknown section", `
practises:
  - {key: a}
`, `x.yaml:1:1: there is no section "practises"; did you mean "practices"?`},
		{"section of an interface", `
platforms:
  - {key: a}
`, `x.yaml:1:1: there is no section "platforms"; right is providers or solutions`},
		{"section that resembles none", `
zzzzzzzz:
  - {key: a}
`, `x.yaml:1:1: there is no section "zzzzzzzz"; the sections are sources, defaults, actionItems, agendaItems, attendances, ballots, capabilities, confidentialityLevels, confirmations, decisions, disclosureFactors, disclosureGrades, implementations, layers, linkProposals, lockIns, mechanisms, meetings, offers, organisations, persons, portabilityNotes, practices, providers, series, sessions, solutions, stories, templates, topics, volunteers`},
		{"section is a mapping", `
topics:
  disks-too: {title: Disks}
`, `x.yaml:2:3: the section topics is a mapping; right is a list: - before each record`},
		{"item is a word", `
topics:
  - disks-too
`, `x.yaml:2:5: an item of the section topics is "disks-too"; right is a record, such as - key: …`},
		{"section twice", `
topics:
  - {key: a, title: A, sources: [doc]}
layers:
topics:
  - {key: b, title: B, sources: [doc]}
`, `x.yaml:4:1: "topics" is given twice, first in line 1; right is one of them, or both joined`},
		{"file is a list", `
- key: a
`, `x.yaml:1:1: the file is a list; right is a mapping from sections to lists, such as practices: and below it - key: …`},
		{"file is a word", `
practices
`, `x.yaml:1:1: the file is "practices"; right is a mapping from sections to lists, such as practices: and below it - key: …`},
		{"unknown field", `
topics:
  - {key: a, title: A, summry: x, sources: [doc]}
`, `x.yaml:2:24: Topic a: there is no "summry" in a Topic; did you mean "summary"?`},
		{"field that resembles none", `
topics:
  - {key: a, title: A, zzzzzzzz: x, sources: [doc]}
`, `x.yaml:2:24: Topic a: there is no "zzzzzzzz" in a Topic; ` + "`" + `opsmap schema` + "`" + ` lists the fields of Topic`},
		{"field of the store", `
topics:
  - {key: a, title: A, createdAt: x, version: 3, sources: [doc]}
`, `x.yaml:2:24: Topic a: createdAt is kept by the store; right is a record without it
x.yaml:2:38: Topic a: version is kept by the store; right is a record without it`},
		{"other side of a link", `
topics:
  - {key: a, title: A, subtopics: [disks], sources: [doc]}
`, `x.yaml:2:24: Topic a: subtopics is the other side of a link; right is parent at each Topic`},
		{"field twice", `
topics:
  - key: a
    title: A
    title: B
    sources: [doc]
`, `x.yaml:4:5: "title" is given twice, first in line 3; right is one of them, or both joined`},
		{"missing fields", `
practices:
  - {key: a, sources: [doc]}
`, `x.yaml:2:5: Practice a has no actor; add actor: with OPERATOR, TENANT or BOTH
x.yaml:2:5: Practice a has no status; add status: with PREDEFINED, IN_DEVELOPMENT or WANTED
x.yaml:2:5: Practice a has no title; add title: with text`},
		{"missing links", `
offers:
  - {platform: alpha, state: YES, basis: CITED, sources: [doc]}
`, `x.yaml:2:5: this Offer has no capability; add capability: with the key of a Capability`},
		{"missing key", `
topics:
  - {title: A, sources: [doc]}
`, `x.yaml:2:5: this Topic has no key; add key: with a slug such as etcd-backup`},
		{"no source", `
topics:
  - {key: a, title: A}
`, `x.yaml:2:5: Topic a has no source and is not marked as unverified; name where it comes from under sources:, or add unverified: true`},
		{"not unverified either", `
topics:
  - {key: a, title: A, unverified: false, sources: []}
`, `x.yaml:2:5: Topic a has no source and is not marked as unverified; name where it comes from under sources:, or add unverified: true`},
	} {
		c.check(t)
	}
}

func TestMistakesInKeys(t *testing.T) {
	for _, c := range []mistake{
		{"key is no slug", `
topics:
  - {key: Etcd Backup, title: A, sources: [doc]}
`, `x.yaml:2:11: Topic "Etcd Backup": the key "Etcd Backup" is no lower-case slug; right is etcd-backup`},
		{"key with two hyphens", `
topics:
  - {key: a--b, title: A, sources: [doc]}
`, `x.yaml:2:11: Topic a--b: the key "a--b" is no lower-case slug; right is a-b`},
		{"key is a list", `
topics:
  - {key: [a], title: A, sources: [doc]}
`, `x.yaml:2:11: this Topic: the key is a list; right is a slug such as etcd-backup`},
		{"key is empty", `
topics:
  - key:
    title: A
    sources: [doc]
`, `x.yaml:2:9: this Topic: the key is empty; right is a slug such as etcd-backup`},
		{"key is too long", "topics:\n  - {key: " + strings.Repeat("a", 201) + ", title: A, sources: [doc]}\n", `x.yaml:2:11: Topic "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…": the key has 201 letters; right is at most 200`},
		{"key twice", `
topics:
  - {key: disks, title: A, sources: [doc]}
`, `x.yaml:2:5: Topic disks is there twice, first at more/practices.yml:74; right is one of them, or another key`},
		{"links twice", `
portabilityNotes:
  - {practice: backup, from: alpha, to: gamma, verdict: UNCHANGED, basis: JUDGED, sources: [doc]}
`, `x.yaml:2:5: PortabilityNote backup--alpha--gamma is there twice, first at more/practices.yml:44; right is one of them, or a key: of its own for the second`},
		{"one key space", `
providers:
  - {key: alpha, name: A, operatedBy: PROVIDER, sources: [doc]}
`, `x.yaml:2:5: Provider alpha has the key of the Solution at base.yaml:36; right is another key: all records of a Platform share one key space`},
	} {
		c.check(t)
	}
}
