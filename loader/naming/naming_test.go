package naming

import (
	"fmt"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

func TestFind(t *testing.T) {
	solution := func(key string, names ...string) loader.Named {
		return loader.Named{ID: record.ID{Type: "Solution", Key: key}, Names: names}
	}
	x := New([]loader.Named{
		solution("osism", "OSISM", "OpenStack"), solution("yaook", "Yaook", "OpenStack"), solution("k8s", "Self-run Kubernetes (RKE2)", "Kubernetes"),
		{ID: record.ID{Type: "Provider", Key: "otc"}, Names: []string{"Open Telekom Cloud", "T-Cloud Öffentlich"}},
		{ID: record.ID{Type: "Practice", Key: "openstack"}, Names: []string{"OpenStack"}},
	})
	for name, want := range map[string]string{
		"osism": "[Solution:osism]", "OSISM": "[Solution:osism]", "kubernetes": "[Solution:k8s]", "self run kubernetes": "[Solution:k8s]", "Self-run Kubernetes (RKE2": "[Solution:k8s]",
		"open-telekom-cloud": "[Provider:otc]", "t-cloud offentlich": "[Provider:otc]", "OpenStack": "[Solution:osism Solution:yaook]", "cloud": "[]", "": "[]",
	} {
		if got := fmt.Sprint(x.Find(name, "Solution", "Provider")); got != want {
			t.Errorf("%q finds %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{"OSISM 9.1": "[osism]", "Open Telekom Cloud, since May": "[otc]", "OpenStack 2025.1": "[osism yaook]", "my cloud": "[]"} {
		var got []string
		for _, id := range x.Begins(name, "Solution", "Provider") {
			got = append(got, id.Key)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q begins with %v, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{"osims": "[osism]", "Open Telecom Cloud": "[otc]", "kubernets": "[k8s]", "openstak": "[osism]", "mainframe": "[]"} {
		if got := fmt.Sprint(x.Near(name, "Solution", "Provider")); got != want {
			t.Errorf("%q may mean %s, want %s", name, got, want)
		}
	}
}
