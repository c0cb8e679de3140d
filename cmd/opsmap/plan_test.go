package main

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

// TestPlanExit prints the report from the shipped catalogue.
func TestPlanExit(t *testing.T) {
	out, code := ask(t, "plan", "exit", "--from", "VMware", "--to", "osism,aws")
	if code != exitOK {
		t.Fatalf("exit %d\n%s", code, out)
	}
	for _, part := range []string{
		"# Leaving VMware vSphere for", "*Exit report of 24 November 2026.", "## Summary", "practices (72 %) have a way", "## Numbers", "## Targets",
		"## Moves, in this order", "## What the provider does from then on", "## What cannot be done", "## What nobody has said",
		"## Lock-ins that are left behind", "### vsphere-licence", "## Lock-ins that are entered", "## Next steps",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("%q is missing in\n%s", part, out)
		}
	}
}

func TestPlanExitAssuming(t *testing.T) {
	args := []string{"plan", "exit", "--from", "vsphere", "--to", "osism", "--json"}
	totals := func(more ...string) (known int, assumed int) {
		out, code := ask(t, append(args, more...)...)
		if code != exitOK {
			t.Fatalf("exit %d\n%s", code, out)
		}
		var plan struct {
			Totals  struct{ Practices, Unknown int }
			Assumed []map[string]string
		}
		if err := json.Unmarshal([]byte(out), &plan); err != nil {
			t.Fatal(err)
		}
		return plan.Totals.Practices - plan.Totals.Unknown, len(plan.Assumed)
	}
	before, none := totals()
	after, one := totals("--assume", "status-page vsphere osism unchanged")
	if after != before+1 || none != 0 || one != 1 {
		t.Errorf("%d are known, with one more assumed %d", before, after)
	}
}

func TestPlanMatrix(t *testing.T) {
	out, code := ask(t, "plan", "matrix", "--rows", "practices", "--from", "vsphere", "--to", "osism,aws", "--csv")
	if code != exitOK {
		t.Fatalf("exit %d\n%s", code, out)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 1+2*54 {
		t.Errorf("%d lines, %v", len(rows), err)
	}
	if out, _ := ask(t, "plan", "matrix", "--from", "aws", "--to", "osism"); !strings.Contains(out, "| Amazon Web Services | 37 / 54, 17? |") {
		t.Errorf("the table is\n%s", out)
	}
}

func TestPlanMistakes(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
	}{
		{"plan exit --from vsphere", exitUsage},
		{"plan exit --from vsphere --to nowhere", exitFailed},
		{"plan exit --from vsphere --to osism --assume nothing", exitUsage},
		{"plan matrix --rows planets", exitUsage},
		{"plan matrix --csv --json", exitUsage},
		{"plan somewhere", exitUsage},
	} {
		if _, code := ask(t, strings.Fields(c.args)...); code != c.code {
			t.Errorf("opsmap %s ends with %d, want %d", c.args, code, c.code)
		}
	}
	out, code := ask(t, "plan", "exit", "--from", "vsphere", "--to", "osism", "--assume", "osism gpu YES", "--assume", "osism gpu NO")
	if code != exitFailed || out != "" {
		t.Errorf("assumptions that contradict each other: %d %s", code, out)
	}
}
