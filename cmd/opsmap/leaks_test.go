package main

import "testing"

// TestExportTellsNoMore: what a stranger may have exported is what there would be were
// the hidden not there, in every format (row 16 of the table of leaks); the counts in
// it, too.
func TestExportTellsNoMore(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = write(t, "map.yaml", exportedMap)
		without := map[string]string{}
		for format := range exportFormats {
			without[format], _ = must(t, env, "export", "--as", "anonymous", "--format", format)
		}
		must(t, env, "load", "--level", "amber", "--allow-handles", write(t, "hidden.yaml", routesHidden+hiddenEnds))
		for format, want := range without {
			if got, _ := must(t, env, "export", "--as", "anonymous", "--format", format); got != want {
				t.Errorf("%s as a stranger\n%s\nwithout what is hidden\n%s", format, got, want)
			}
			if cleared, _ := must(t, env, "export", "--as", "amber", "--format", format); cleared == want {
				t.Errorf("%s is the same for a viewer who may see more", format)
			}
		}
	})
}

// exportedMap is all that a stranger may see.
const exportedMap = `confidentialityLevels:
  - {key: clear, name: Clear, rank: 0, meaning: Anybody., unverified: true}
  - {key: amber, name: Amber, rank: 2, meaning: Few., unverified: true}
layers:
  - {key: iaas, name: IaaS, ordinal: 2, unverified: true, confidentiality: clear}
practices:
  - {key: live-migrate-before-maintenance, title: Live migration, actor: OPERATOR, status: PREDEFINED, layers: [iaas], unverified: true, confidentiality: clear}
solutions:
  - {key: gardener, name: Gardener, operatedBy: SELF, unverified: true, confidentiality: clear}
  - {key: proxmox, name: Proxmox, operatedBy: SELF, unverified: true, confidentiality: clear}
` + routesOpen

// hiddenEnds lead from what is hidden to what is open.
const hiddenEnds = `volunteers:
  - {topic: zz-open, person: grace, dates: ["2027-01-10"], unverified: true, confidentiality: amber}
`
