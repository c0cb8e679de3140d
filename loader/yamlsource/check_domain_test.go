package yamlsource_test

import "testing"

func TestMistakesInTheDomain(t *testing.T) {
	for _, c := range []mistake{
		{"verdict is not the worst", `
portabilityNotes:
  - practice: restore
    from: alpha
    to: beta
    verdict: ADAPT
    reasons:
      - {kind: WORKFLOW, verdict: REWORK, text: x}
      - {kind: WORKFLOW, verdict: NOT_NEEDED, text: x}
    basis: CITED
    sources: [doc]
`, `x.yaml:5: PortabilityNote restore--alpha--beta: the verdict is ADAPT, its worst reason is REWORK; right is REWORK`},
		{"verdict without reasons", `
portabilityNotes:
  - {practice: restore, from: alpha, to: beta, verdict: BLOCKED, basis: CITED, sources: [doc]}
`, `x.yaml:2: PortabilityNote restore--alpha--beta: the verdict is BLOCKED, and no reason forces it; right is UNCHANGED, or a reason with that verdict`},
		{"verdict in spite of reasons", `
portabilityNotes:
  - {practice: restore, from: alpha, to: beta, verdict: UNCHANGED, reasons: [{kind: PROVIDER, verdict: PROVIDER_OPERATED, text: x}], basis: CITED, sources: [doc]}
`, `x.yaml:2: PortabilityNote restore--alpha--beta: the verdict is UNCHANGED, its worst reason is PROVIDER_OPERATED; right is PROVIDER_OPERATED`},
		{"reasons that force nothing", `
portabilityNotes:
  - practice: restore
    from: alpha
    to: beta
    verdict: ADAPT
    reasons:
      - {kind: WORKFLOW, verdict: UNCHANGED, text: x}
      - {kind: WORKFLOW, verdict: UNKNOWN, text: x}
    basis: CITED
    sources: [doc]
`, `x.yaml:7: PortabilityNote restore--alpha--beta: a reason forces UNCHANGED; right is NOT_NEEDED, PROVIDER_OPERATED, ADAPT, REWORK or BLOCKED
x.yaml:8: PortabilityNote restore--alpha--beta: a reason forces UNKNOWN; right is NOT_NEEDED, PROVIDER_OPERATED, ADAPT, REWORK or BLOCKED`},
		{"unknown verdict", `
portabilityNotes:
  - {practice: restore, from: alpha, to: beta, verdict: UNKNOWN, basis: CITED, sources: [doc]}
`, `x.yaml:2: PortabilityNote restore--alpha--beta: the verdict is UNKNOWN; right is no note at all: UNKNOWN is what opsmap answers when there is none`},
		{"reason without a verdict", `
portabilityNotes:
  - {practice: restore, from: alpha, to: beta, verdict: ADAPT, reasons: [{kind: PROVIDER, text: x}], basis: CITED, sources: [doc]}
`, `x.yaml:2:74: PortabilityNote restore--alpha--beta: reasons has no verdict; add verdict: with NOT_NEEDED, PROVIDER_OPERATED, UNCHANGED, ADAPT, REWORK, BLOCKED or UNKNOWN`},
		{"to itself", `
portabilityNotes:
  - {practice: restore, from: alpha, to: alpha, verdict: UNCHANGED, basis: CITED, sources: [doc]}
`, `x.yaml:2: PortabilityNote restore--alpha--alpha leads from alpha to itself; right is another platform; on the same one nothing changes`},
		{"effort", `
portabilityNotes:
  - {practice: restore, from: alpha, to: beta, verdict: UNCHANGED, effortDays: {min: 3, max: 1}, basis: CITED, sources: [doc]}
  - {practice: restore, from: beta, to: alpha, verdict: UNCHANGED, effortDays: {min: -1, max: 1}, basis: CITED, sources: [doc]}
  - {practice: restore, from: alpha, to: gamma, verdict: UNCHANGED, effortDays: 3, basis: CITED, sources: [doc]}
`, `x.yaml:2: PortabilityNote restore--alpha--beta: effortDays goes from 3 down to 1; right is {min: 1, max: 3}
x.yaml:3: PortabilityNote restore--beta--alpha: effortDays begins at -1; right is 0 or more days
x.yaml:4:81: PortabilityNote restore--alpha--gamma: effortDays is "3"; right is a mapping of min, max`},
		{"dates out of order", `
portabilityNotes:
  - practice: restore
    from: alpha
    to: beta
    verdict: UNCHANGED
    observedOn: "2024-02-01"
    expiresOn: "2024-01-31"
    basis: CITED
    sources: [doc]
stories:
  - {key: a, title: A, outcome: FAILURE, happenedOn: "2024-02-01", reportedOn: "2024-01-31", sources: [doc]}
`, `x.yaml:7: PortabilityNote restore--alpha--beta: expiresOn 2024-01-31 comes before observedOn 2024-02-01; right is the same day or a later one
x.yaml:11: Story a: reportedOn 2024-01-31 comes before happenedOn 2024-02-01; right is the same day or a later one`},
		{"second offer", `
offers:
  - {key: other, platform: alpha, capability: disk-access, state: NO, basis: CITED, sources: [doc]}
`, `x.yaml:2:5: Offer other is a second offer of disk-access for alpha, first at more/practices.yml:37; right is one of them`},
		{"offer twice", `
offers:
  - {platform: alpha, capability: disk-access, state: NO, basis: CITED, sources: [doc]}
`, `x.yaml:2:5: Offer alpha--disk-access is there twice, first at more/practices.yml:37; right is one of them`},
		{"practices in a circle", `
practices:
  - {key: a, title: A, actor: BOTH, status: WANTED, dependsOn: [backup, b], sources: [doc]}
  - {key: b, title: A, actor: BOTH, status: WANTED, dependsOn: [c], sources: [doc]}
  - {key: c, title: A, actor: BOTH, status: WANTED, dependsOn: [a], sources: [doc]}
`, `x.yaml:4: Practice c: dependsOn goes round in a circle: a -> b -> c -> a; right is a practice that can be done first`},
		{"topic is its own parent", `
topics:
  - {key: a, title: A, parent: a, sources: [doc]}
`, `x.yaml:2: Topic a: parent goes round in a circle: a -> a; right is a topic at the top, without a parent`},
		{"ranks", `
confidentialityLevels:
  - {key: blue, name: B, rank: 4, meaning: x, sources: [doc]}
  - {key: black, name: B, rank: -1, meaning: x, sources: [doc]}
`, `x.yaml:2: ConfidentialityLevel blue: the rank 4 is that of ConfidentialityLevel red too (base.yaml:15); right is a rank of its own for each level
x.yaml:3: ConfidentialityLevel black: the rank is -1; right is 0 for what is open to everyone, and more for what travels less far`},
	} {
		c.check(t)
	}
}
