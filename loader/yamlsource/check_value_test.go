package yamlsource_test

import "testing"

func TestMistakesInValues(t *testing.T) {
	for _, c := range []mistake{
		{"no such enum value", `
practices:
  - {key: a, title: A, actor: OPERATR, status: PREDEFINED, sources: [doc]}
`, `x.yaml:2:31: Practice a: actor is "OPERATR"; did you mean "OPERATOR"?`},
		{"enum value in lower case", `
practices:
  - {key: a, title: A, actor: operator, status: wanted, sources: [doc]}
`, `x.yaml:2:31: Practice a: actor is "operator"; did you mean "OPERATOR"?
x.yaml:2:49: Practice a: status is "wanted"; did you mean "WANTED"?`},
		{"enum value that resembles none", `
practices:
  - {key: a, title: A, actor: zzzz, status: WANTED, sources: [doc]}
`, `x.yaml:2:31: Practice a: actor is "zzzz"; right is OPERATOR, TENANT or BOTH`},
		{"numbers", `
topics:
  - {key: a0, title: A, votes: 012, sources: [doc]}
  - {key: a1, title: A, votes: 1_000, sources: [doc]}
  - {key: a2, title: A, votes: "3", sources: [doc]}
  - {key: a3, title: A, votes: 3.5, sources: [doc]}
  - {key: a4, title: A, votes: many, sources: [doc]}
  - {key: a5, title: A, votes: 2147483648, sources: [doc]}
  - {key: a6, title: A, votes: 99999999999999999999, sources: [doc]}
  - {key: a7, title: A, votes: 0x1F, sources: [doc]}
  - {key: a8, title: A, votes: +5, sources: [doc]}
  - {key: a9, title: A, votes: [1], sources: [doc]}
`, `x.yaml:2:32: Topic a0: votes is "012"; right is 12
x.yaml:3:32: Topic a1: votes is "1_000"; right is 1000
x.yaml:4:32: Topic a2: votes is "3"; right is 3 without quotes
x.yaml:5:32: Topic a3: votes is "3.5"; right is a whole number such as 3
x.yaml:6:32: Topic a4: votes is "many"; right is a whole number such as 3
x.yaml:7:32: Topic a5: votes is "2147483648"; right is a whole number between -2147483648 and 2147483647
x.yaml:8:32: Topic a6: votes is "99999999999999999999"; right is a whole number between -2147483648 and 2147483647
x.yaml:9:32: Topic a7: votes is "0x1F"; right is a whole number such as 3
x.yaml:10:32: Topic a8: votes is "+5"; right is 5
x.yaml:11:32: Topic a9: votes is a list; right is a whole number such as 3`},
		{"addresses that must not become links", `
topics:
  - key: a0
    title: A
    sources:
      - {uri: "java\tscript:alert(1)", kind: OTHER}
      - {uri: FILE:///etc/passwd, kind: OTHER}
      - {uri: person:ada, kind: EXPERIENCE}
meetings:
  - {key: m, title: M, date: 2026-03-02, rsvp: "data:text/html,x", sources: [doc]}
`, `x.yaml:5:15: Topic a0: source.uri is "java\tscript:alert(1)"; right is an address that starts with https:// or http://, or a plain name
x.yaml:6:15: Topic a0: source.uri is "FILE:///etc/passwd"; right is an address that starts with https:// or http://, or a plain name
x.yaml:9:48: Meeting m: rsvp is "data:text/html,x"; right is an address that starts with https:// or http://, or a plain name`},
		{"truths", `
topics:
  - {key: a0, title: A, cluster: yes, sources: [doc]}
  - {key: a1, title: A, cluster: No, sources: [doc]}
  - {key: a2, title: A, cluster: TRUE, sources: [doc]}
  - {key: a3, title: A, cluster: "true", sources: [doc]}
  - {key: a4, title: A, cluster: 1, sources: [doc]}
  - {key: a5, title: A, cluster: {}, sources: [doc]}
`, `x.yaml:2:34: Topic a0: cluster is "yes"; right is true
x.yaml:3:34: Topic a1: cluster is "No"; right is false
x.yaml:4:34: Topic a2: cluster is "TRUE"; right is true
x.yaml:5:34: Topic a3: cluster is "true"; right is true without quotes
x.yaml:6:34: Topic a4: cluster is "1"; right is true or false
x.yaml:7:34: Topic a5: cluster is a mapping; right is true or false`},
		{"dates", `
confirmations:
  - {key: a0, on: 2023-02-29, note: backup-by-ann, sources: [doc]}
  - {key: a1, on: 23-01-01, note: backup-by-ann, sources: [doc]}
  - {key: a2, on: 2023-1-1, note: backup-by-ann, sources: [doc]}
  - {key: a3, on: today, note: backup-by-ann, sources: [doc]}
  - {key: a4, on: 2023-01-01T00:00:00Z, note: backup-by-ann, sources: [doc]}
`, `x.yaml:2:19: Confirmation a0: on is "2023-02-29"; right is a day such as "2026-11-24"
x.yaml:3:19: Confirmation a1: on is "23-01-01"; right is a day such as "2026-11-24"
x.yaml:4:19: Confirmation a2: on is "2023-1-1"; right is a day such as "2026-11-24"
x.yaml:5:19: Confirmation a3: on is "today"; right is a day such as "2026-11-24"
x.yaml:6:19: Confirmation a4: on is "2023-01-01T00:00:00Z"; right is a day such as "2026-11-24"`},
		{"instants", `
meetings:
  - {key: a0, title: A, startsAt: 2023-10-02, sources: [doc]}
  - {key: a1, title: A, startsAt: "2023-10-02 15:00", sources: [doc]}
  - {key: a2, title: A, startsAt: "2023-10-02T15:00:00", sources: [doc]}
  - {key: a3, title: A, startsAt: "2023-10-02T15:00:00.5Z", sources: [doc]}
  - {key: a4, title: A, startsAt: "0000-01-01T00:00:00+01:00", sources: [doc]}
`, `x.yaml:2:35: Meeting a0: startsAt is "2023-10-02"; right is an instant with its zone, such as "2026-11-24T18:00:00Z"
x.yaml:3:35: Meeting a1: startsAt is "2023-10-02 15:00"; right is an instant with its zone, such as "2026-11-24T18:00:00Z"
x.yaml:4:35: Meeting a2: startsAt is "2023-10-02T15:00:00"; right is an instant with its zone, such as "2026-11-24T18:00:00Z"
x.yaml:5:35: Meeting a3: startsAt is "2023-10-02T15:00:00.5Z"; right is "2023-10-02T15:00:00Z": whole seconds
x.yaml:6:35: Meeting a4: startsAt is "0000-01-01T00:00:00+01:00"; right is a year between 0 and 9999`},
		{"texts", `
topics:
  - {key: a, title: [A], summary: {a: b}, sources: [doc]}
  - {key: b, title: , sources: [doc]}
  - key: c
    title: "a\0b"
    sources: [doc]
`, `x.yaml:2:21: Topic a: title is a list; right is text
x.yaml:2:35: Topic a: summary is a mapping; right is text
x.yaml:3: Topic b: title has no value; right is text
x.yaml:5:12: Topic c: title is "a\x00b"; it holds a NUL character; right is text without it`},
		{"empty value with a default", `
topics:
  - key: a
    title: A
    votes:
    sources: [doc]
`, `x.yaml:4: Topic a: votes has no value; right is a whole number such as 3, or no line at all for 0`},
		{"list is a word", `
practices:
  - {key: a, title: A, actor: BOTH, status: WANTED, steps: Do it., sources: [doc]}
`, `x.yaml:2:60: Practice a: steps is "Do it."; right is a list: - and text`},
		{"list holds nothing", `
practices:
  - {key: a, title: A, actor: BOTH, status: WANTED, steps: [Do it., null, [x]], sources: [doc]}
`, `x.yaml:2:69: Practice a: an item of steps is empty; right is text
x.yaml:2:75: Practice a: an item of steps is a list; right is text`},
		{"object", `
topics:
  - {key: a, title: A, disclosure: PUBLIC, sources: [doc]}
  - {key: b, title: A, disclosure: {typically: PUBLIC, contentKnd: HOW_TO}, sources: [doc]}
`, `x.yaml:2:36: Topic a: disclosure is "PUBLIC"; right is a mapping of typically, dependsOn, opensWhen, contentKind
x.yaml:3:36: Topic b: disclosure has no contentKind; add contentKind: with HOW_TO or EXPERIENCE
x.yaml:3:56: Topic b: there is no "contentKnd" in disclosure; did you mean "contentKind"?`},
		{"object with a wrong value", `
topics:
  - {key: a, title: A, disclosure: {typically: PUBLIK, contentKind: , dependsOn: legal}, sources: [doc]}
`, `x.yaml:2: Topic a: disclosure.contentKind has no value; right is HOW_TO or EXPERIENCE
x.yaml:2:48: Topic a: disclosure.typically is "PUBLIK"; did you mean "PUBLIC"?
x.yaml:2:82: Topic a: disclosure.dependsOn is "legal"; right is a list: - and the key of a DisclosureFactor`},
	} {
		c.check(t)
	}
}
