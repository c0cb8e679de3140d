package linking_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/linking"
)

func practice(key, title string) linking.Term {
	return linking.Term{ID: record.ID{Type: "Practice", Key: key}, Names: []string{strings.ReplaceAll(key, "-", " "), title}, Title: title}
}

func TestFind(t *testing.T) {
	v := linking.NewVocabulary([]linking.Term{
		practice("etcd-backup", "Back up etcd"),
		practice("project-resource-cleanup", "Clean up the resources of a project"),
		practice("os-upgrade", "Rolling upgrade of the host OS"),
		{ID: record.ID{Type: "Solution", Key: "osism"}, Names: []string{"osism", "OpenStack", "SCS"}},
		{ID: record.ID{Type: "Solution", Key: "k8s"}, Names: []string{"k8s", "Kubernetes"}},
		{ID: record.ID{Type: "Layer", Key: "hardware-dc"}, Names: []string{"hardware dc", "Hardware ", " DC automation"}},
		{ID: record.ID{Type: "Provider", Key: "uber"}, Names: []string{"Über Cloud"}},
		{ID: record.ID{Type: "Solution", Key: "gardener"}, Names: []string{"Gardener", "shoot"}},
		{ID: record.ID{Type: "Solution", Key: "golang"}, Names: []string{"go"}},
		{ID: record.ID{Type: "Solution", Key: "near"}, Names: []string{"edge"}},
		{ID: record.ID{Type: "Provider", Key: "aws"}, Names: []string{"s3"}},
		{ID: record.ID{Type: "Template", Key: "maintenance"}, Names: []string{"maintenance"}},
	})
	for _, c := range []struct{ text, want string }{
		{"How do you do an etcd backup?", "etcd-backup 95 [etcd backup]"},
		{"ETCD-Backup, again", "etcd-backup 95 [ETCD-Backup]"},
		{"cleaning up the resources of projects", "project-resource-cleanup 75 [cleaning resources projects]"},
		{"On different layers (k8s, openstack, ovs, ...)", "k8s 80 [k8s]; osism 80 [openstack]"},
		{"Hardware / DC automation", "hardware-dc 95 [Hardware / DC]"},
		{"what SCS is", "osism 60 [SCS]"},
		{"at uber cloud", "uber 95 [uber cloud]"},
		{"see https://kubernetes.io/docs and http://scs.example", ""},
		{"a cleanup of rooms", ""},
		{"topology.kubernetes.io/zone and registry.scs.example/central/openstack", ""},
		{"shooting OpenStacks at sunset", "osism 80 [OpenStacks]"},
		{"a k8s-cluster-api-provider, kubernetes_sigs", "k8s 60 [k8s]"},
		{"we go to the edge of S3", "aws 80 [S3]"},
		{"Go is a language; we like Go", "golang 60 [Go]"},
		{"Edge is where it ends", ""},
		{"Kubernetesbetrieb und Hardwarekosten", ""},
		{"ein Kubernetes-Cluster", "k8s 60 [Kubernetes]"},
		{"maintenance", "maintenance 60 [maintenance]"},
		{"", ""},
	} {
		var got []string
		for _, m := range v.Find(c.text) {
			got = append(got, fmt.Sprint(m.ID.Key, " ", m.Confidence, " ", m.Words))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestDistil: stories that share a recurring issue, or name one recurring practice.
func TestDistil(t *testing.T) {
	issue := record.ID{Type: "Topic", Key: "reconnect"}
	restart := practice("broker-restart-reconnect", "Reconnect clients after a restart of the broker")
	stories := []linking.Story{
		{ID: record.ID{Type: "Story", Key: "a"}, Issues: []record.ID{issue}, Distilled: []record.ID{restart.ID}},
		{ID: record.ID{Type: "Story", Key: "b"}, Issues: []record.ID{issue}},
		{ID: record.ID{Type: "Story", Key: "c"}, Text: "After the broker restart reconnect failed for all clients"},
		{ID: record.ID{Type: "Story", Key: "d"}, Text: "Quite something else"},
	}
	var got []string
	for _, s := range linking.Distil(stories, []linking.Term{restart}) {
		got = append(got, s.ID.Key)
	}
	want := []string{"b-distilled-into-broker-restart-reconnect", "c-distilled-into-broker-restart-reconnect"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if alone := linking.Distil(stories[2:], []linking.Term{restart}); len(alone) > 0 {
		t.Errorf("one story alone is distilled: %v", alone)
	}
}
