package data

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/record"
)

func level(i int) record.Statement {
	key := []string{"clear", "green", "amber", "amber-strict", "red"}[i]
	return says(record.ID{Type: "ConfidentialityLevel", Key: key}, opened[0],
		map[string]any{"name": "TLP:" + key, "rank": int64(i), "meaning": "How far it may travel."}, nil)
}

func layer(i int) record.Statement {
	name := []string{"Hardware and data centre", "Infrastructure as a service", "Containers", "Platform services", "Applications"}[i]
	return says(id("Layer", i), opened[0], map[string]any{"name": name, "ordinal": int64(i + 1)}, nil)
}

func provider(i int) record.Statement {
	return says(id("Provider", i), opened[0], map[string]any{
		"name": fmt.Sprintf("%s Cloud %d", places[mixed(i, 1, len(places))], i), "operatedBy": "PROVIDER", "regions": int64(1 + mixed(i, 2, 9)),
	}, nil)
}

func person(i int) record.Statement {
	return says(id("Person", i), opened[0], map[string]any{
		"handle": fmt.Sprintf("op%d", i), "name": names[mixed(i, 1, len(names))] + " " + places[mixed(i, 2, len(places))],
	}, nil)
}

func practice(i int) record.Statement {
	return says(id("Practice", i), opened[0], map[string]any{
		"title": title(i, 3), "summary": summaries[mixed(i, 4, len(summaries))], "votes": int64(mixed(i, 5, 200)),
		"actor": "OPERATOR", "status": "WANTED", "signals": []any{"etcdserver: request timed out", fmt.Sprint("exit status ", mixed(i, 6, 255))},
	}, map[string][]record.ID{"layers": {id("Layer", i%layers)}})
}

func (s Size) topic(i int) record.Statement {
	links := map[string][]record.ID{
		"raisedBy":  {id("Person", mixed(i, 1, s.Persons))},
		"practices": {id("Practice", mixed(i, 2, s.Practices))},
	}
	if i >= s.roots() {
		links["parent"] = []record.ID{id("Topic", mixed(i, 3, s.roots()))}
	}
	return says(id("Topic", i), class(i, 9), map[string]any{
		"title": title(i, 7), "summary": summaries[mixed(i, 8, len(summaries))], "votes": int64(mixed(i, 5, 1000)),
	}, links)
}

// note compares a practice on two providers. Each provider is compared with as
// many others at every scale.
func (s Size) note(i int) record.Statement {
	from := i % s.Providers
	to := (from + 1 + (i/s.Providers)%49) % s.Providers
	verdict := verdicts[mixed(i, 3, len(verdicts))]
	fields := map[string]any{
		"verdict": verdict, "basis": "CITED",
		"observedOn": fmt.Sprintf("20%02d-%02d-%02d", 23+mixed(i, 4, 3), 1+mixed(i, 5, 12), 1+mixed(i, 6, 28)),
	}
	if verdict != "UNCHANGED" {
		fields["reasons"] = []any{record.Object{"WORKFLOW", "the console differs, the API does not", verdict}}
	}
	if i%3 == 0 {
		fields["effortDays"] = record.Object{int64(1 + i%5), int64(5 + i%20)}
	}
	return says(id("PortabilityNote", i), class(i, 10), fields, map[string][]record.ID{
		"practice": {id("Practice", mixed(i, 1, s.Practices))}, "from": {id("Provider", from)}, "to": {id("Provider", to)},
	})
}

var verdicts = []string{"UNCHANGED", "ADAPT", "REWORK", "BLOCKED"}

// title has what titles have: capitals, umlauts, and now and then a quote.
func title(i, salt int) string {
	what := subjects[mixed(i, salt, len(subjects))]
	if mixed(i, salt+20, 40) == 0 {
		what = `the "` + what + `"`
	}
	return fmt.Sprintf("%s %s after %s, case %d", verbs[mixed(i, salt+10, len(verbs))], what, events[mixed(i, salt+30, len(events))], i)
}

var (
	verbs    = []string{"Rotate", "Restore", "Debug", "Migrate", "Monitor", "Drain", "Patch", "Overprovision", "Audit", "Überwache"}
	subjects = []string{
		"etcd", "Ceph OSDs", "the ingress", "tenant networks", "certificates", "the control plane", "node pools",
		"object storage", "Keystone tokens", "hypervisors", "GPU quotas", "the CSI driver", "Straßen von Leitungen", "load balancers",
	}
	events    = []string{"a failed upgrade", "an outage", "the audit", "a disk failure", "a noisy neighbour", "the move", "a zone went away", "Störungen"}
	names     = []string{"Ada", "Björn", "Chen", "Dorothea", "Edsger", "Frances", "Grace", "Hedy", "Ivan", "Jürgen"}
	places    = []string{"Ulm", "Kiel", "Aarhus", "Lyon", "Graz", "Łódź", "Turku", "Gent", "Porto", "Brno", "Zürich", "Bergen"}
	summaries = []string{
		"What to do in which order, what it costs, and how to know that it worked.",
		"Three operators did it differently and compared notes; one way survived.",
		"It goes well until the second node is gone; then the order of the steps matters.",
		"Wer es nachts um drei tut, soll nicht nachdenken müssen.",
	}
)
