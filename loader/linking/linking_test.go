package linking_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/linking"
)

func practice(key, title string) linking.Term {
	words := strings.ReplaceAll(key, "-", " ")
	return linking.Term{ID: record.ID{Type: "Practice", Key: key}, Names: []string{words, title}, Title: title, Key: words}
}

func term(typ, key string, names ...string) linking.Term {
	t := linking.Term{ID: record.ID{Type: typ, Key: key}, Names: append([]string{strings.ReplaceAll(key, "-", " ")}, names...)}
	if typ == "Template" {
		t.Title = names[0]
	}
	return t
}

// world is what the texts of these tests may mention.
func world() []linking.Term {
	signs := practice("queue-drain", "Drain the queues of a message broker")
	signs.Signals = []string{"Queues pile up without consumers", "timeout"}
	return []linking.Term{
		practice("etcd-backup", "Back up etcd"),
		practice("project-resource-cleanup", "Clean up the resources of a project"),
		practice("os-upgrade", "Rolling upgrade of the host OS"),
		practice("cluster-upgrade", "Upgrade Kubernetes clusters by their declaration"),
		practice("cert-rotation", "Rotate the control-plane certificates of a Kubernetes cluster"),
		practice("login-federation", "Federate logins from an external identity provider"),
		practice("mirror-operation", "Run a container registry with a mirror"),
		practice("volume-backup", "Back up tenant volumes"),
		practice("power-outage-recovery", "Bring a site back after a power outage"),
		signs,
		practice("agent-restart", "Restart the agents of a fleet"),
		practice("broker-restart", "Restart the broker of a fleet"),
		term("Solution", "osism", "OpenStack", "SCS"),
		term("Solution", "kolla", "Kolla OpenStack", "kolla-scs"),
		term("Solution", "k8s", "Kubernetes", "cluster-api", "cluster-stacks"),
		term("Provider", "heat", "Cloud&Heat IaaS", "cloud-and-heat"),
		term("Solution", "harbor", "Harbor"),
		term("Layer", "hardware-dc", "Hardware ", " DC automation"),
		term("Layer", "iaas", "IaaS ", " OpenStack"),
		term("Layer", "monitoring", "Monitoring"),
		term("Layer", "applications", "Applications"),
		term("Provider", "uber", "Über Cloud"),
		term("Provider", "gcp", "Google Cloud", "google"),
		term("Solution", "gardener", "Gardener", "shoot"),
		term("Solution", "golang", "go"),
		term("Solution", "near", "edge"),
		term("Provider", "aws", "s3", "ecs"),
		term("Provider", "wavestack", "Wavestack"),
		term("Template", "maintenance", "Announce maintenance"),
		term("Template", "rca", "Root cause analysis", "RCA"),
	}
}

// TestFind: what is found with which words, and what is not.
func TestFind(t *testing.T) {
	v := linking.NewVocabulary(world())
	for name, cases := range map[string][][2]string{
		"names": {
			{"How do you do an etcd backup?", "etcd-backup 95 [etcd backup]"},
			{"ETCD-Backup, again", "etcd-backup 95 [ETCD-Backup]"},
			{"Queues pile up without consumers again; a timeout", "queue-drain 85 [Queues pile up without consumers]"},
			{"at uber cloud, or Ueber Cloud", "uber 95 [uber cloud]"},
			{"with Cloud&Heat", "heat 95 [Cloud&Heat]"}, {"cloud and heat", "heat 95 [cloud and heat]"},
			{"Cluster API and a Cluster Stack", "k8s 95 [Cluster API]"}, {"a Cluster Stack", "k8s 95 [Cluster Stack]"},
			{"plans of Wavestack", "wavestack 85 [Wavestack]"},
			{"shooting Gardeners at sunset", "gardener 85 [Gardeners]"},
			{"kept in ECS", "aws 75 [ECS]"}, {"kept in ecs", "aws 55 [ecs]"},
			{"", ""},
		},
		"names of others too": {
			{"what SCS is", ""},
			{"moving to OpenStack", "iaas 65 [OpenStack]; osism 60 [OpenStack]"},
			{"moving to Kolla OpenStack", "kolla 95 [Kolla OpenStack]; iaas 65 [OpenStack]"},
			{"a shared Google Drive", ""}, {"a network of Google Cloud", "gcp 95 [Google Cloud]"},
		},
		"layers": {
			{"Hardware / DC automation", "hardware-dc 95 [Hardware / DC]"},
			{"Team IaaS", "iaas 85 [IaaS]"},
			{"Monitoring", "monitoring 85 [Monitoring]"}, {"the monitoring layer", "monitoring 85 [monitoring]"},
			{"more monitoring of pods", "monitoring 40 [monitoring]"},
			{"application credentials", ""}, {"Status Page Application", ""}, {"Applications", "applications 85 [Applications]"},
		},
		"words of every day": {
			{"we go to the edge", ""}, {"Edge is where it ends", ""}, {"Go is a language; we like Go", "golang 55 [Go]"},
			{"eine Edge", ""}, {"with go 1", "golang 55 [go]"},
			{"Harbor again", "harbor 55 [Harbor]"}, {"in the harbor", ""}, {"harbor 2 is out", "harbor 55 [harbor]"}, {"Upgrade Of Harbor Project", ""},
			{"maintenance", ""}, {"announcing a maintenance", "maintenance 65 [announcing maintenance]"},
			{"an RCA of it", "rca 75 [RCA]"},
		},
		"what mentions nothing": {
			{"see https://kubernetes.io/docs and http://scs.example", ""},
			{"topology.kubernetes.io/zone and registry.scs.example/central/openstack", ""},
			{"@gardener-bot and ops@gardener.example ask", ""},
			{"a cleanup of rooms", ""},
			{"openstack-health-monitor", ""}, {"central_openstack", ""},
			{"Hardwareleute", ""},
		},
		"parts of longer words": {
			{"a k8s-capi image", "k8s 55 [k8s]"}, {"Kubernetes-based things", "k8s 75 [Kubernetes]"},
			{"merged gardener/#335 and gardener#12", "gardener 55 [gardener]"},
			{"gardener/gardener-extension", "gardener 55 [gardener]"},
			{"ein Kubernetes-Cluster", "k8s 75 [Kubernetes]"},
			{"Kubernetesbetrieb und Gardenerkosten", "gardener 75 [Gardenerkosten]; k8s 75 [Kubernetesbetrieb]"},
			{"ClusterAPI", "k8s 85 [ClusterAPI]"},
		},
		"titles": {
			{"cleaning up the resources of projects", "project-resource-cleanup 75 [cleaning up resources projects]"},
			{"back up the volumes", "volume-backup 75 [back up volumes]"},
			{"K8s upgrade", "k8s 85 [K8s]; cluster-upgrade 60 [K8s upgrade]"},
			{"Kubernetes-Upgrades im Mai", "k8s 75 [Kubernetes]; cluster-upgrade 60 [Kubernetes Upgrades]"},
			{"Clusterupgrades", "cluster-upgrade 85 [Clusterupgrades]"},
			{"Wechsel der Zertifikate", "cert-rotation 75 [Wechsel Zertifikate]"},
			{"federated logins", "login-federation 75 [federated logins]"},
			{"a container registry", "mirror-operation 50 [container registry]"},
			{"after the Stromausfall", "power-outage-recovery 50 [Stromausfall]"},
			{"upgraded the cluster of the site", "cluster-upgrade 75 [upgraded cluster]"},
			{"rotating the cluster", "cert-rotation 60 [rotating cluster]"},
			{"backup of queues", ""},
			{"restarting the fleet", "agent-restart 45 [restarting fleet]; broker-restart 45 [restarting fleet]"},
			{"restarting the agents of the fleet", "agent-restart 75 [restarting agents fleet]"},
			{"restarted and upgraded", ""},
			{"the Kubernetes cluster", "k8s 85 [Kubernetes]"},
			{"a cluster that was moved in one go, and which needs no upgrade", "cluster-upgrade 60 [cluster upgrade]"},
		},
	} {
		for _, c := range cases {
			var got []string
			for _, m := range v.Find(c[0]) {
				got = append(got, fmt.Sprint(m.ID.Key, " ", m.Confidence, " ", m.Words))
			}
			if strings.Join(got, "; ") != c[1] {
				t.Errorf("%s: %q: got %q, want %q", name, c[0], got, c[1])
			}
		}
	}
}

// TestNamesOfOthers: two words of a practice that name something else mention that, unless something is done there.
func TestNamesOfOthers(t *testing.T) {
	v := linking.NewVocabulary([]linking.Term{
		practice("metal-provisioning", "Provision bare metal hosts on demand"), practice("vm-debug", "Debug the clock source of virtual machines"), term("Solution", "own-hosts", "Bare metal"),
	})
	for text, want := range map[string]string{
		"Power consumption of bare metal": "[own-hosts 95]", "Provisioning bare metal": "[own-hosts 95 metal-provisioning 75]", "The clock source is wrong": "[vm-debug 50]",
	} {
		var got []string
		for _, m := range v.Find(text) {
			got = append(got, fmt.Sprintf("%s %d", m.ID.Key, m.Confidence))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q mentions %v, want %s", text, got, want)
		}
	}
}
