package main

import (
	"encoding/json"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
)

// logLines are lines as software writes them, with the practices of the shipped
// catalogue that have to come first, in any order.
var logLines = []struct {
	line  string
	wants []string
}{
	{"2026-11-24T03:12:55.123456+0000 mon.node-03 (mon.0) 1234 : cluster [WRN] Health check failed: 1 osds down (OSD_DOWN)", []string{"ceph-osd-replace"}},
	{"Nov 24 03:12:55 compute-17 kernel: [ 8812.331002] blk_update_request: I/O error, dev sdb, sector 123456 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 0", []string{"ceph-osd-replace"}},
	{"2026-11-24 03:12:55.410 12 ERROR nova.conductor.manager [None req-7d9f6a1e-3c55-4b8a-9d0e-5f1f5a2b7c11 admin admin - default default] Failed to schedule instances: nova.exception_Remote.NoValidHost_Remote: No valid host was found. There are not enough hosts available.", []string{"live-migrate-before-maintenance", "capacity-management"}},
	{"[ 1234.567890] clocksource: timekeeping watchdog on CPU3: Marking clocksource 'tsc' as unstable because the skew is too large:", []string{"vm-clocksource-debug"}},
	{"MariaDB [(none)]> SHOW STATUS LIKE 'wsrep_ready'; | wsrep_ready | OFF |", []string{"galera-cold-start"}},
	{`{"level":"warn","ts":"2026-11-24T03:12:55.123Z","caller":"etcdserver/util.go:170","msg":"apply request took too long","took":"7.1s","error":"etcdserver: mvcc: database space exceeded"}`, []string{"etcd-backup"}},
	{"E1124 03:12:55.123456       1 authentication.go:63] Unable to authenticate the request due to an error: x509: certificate has expired or is not yet valid: current time 2026-11-24T03:12:55Z is after 2026-11-01T00:00:00Z", []string{"k8s-cert-rotation", "guest-time-sync"}},
	{"2026-11-24 03:12:55.123 23 ERROR neutron.agent.rpc [-] Failed reporting state!: oslo_messaging.exceptions.MessagingTimeout: Timed out waiting for a reply to message ID 1f3b9c2d; agents still shown up", []string{"broker-restart-reconnect"}},
	{`time="2026-11-24T03:12:55Z" level=error msg="Backup completed" backup=velero/daily-20261124 phase=PartiallyFailed errors=3 logSource="pkg/controller/backup_controller.go:621"`, []string{"workload-backup-velero"}},
	{"2026-11-24 03:12:55.901 WARNING octavia.api.v2.controllers.load_balancer Load balancer 3f2c1d7e-aaaa-4bbb-8ccc-0123456789ab stays in PENDING_UPDATE", []string{"stuck-orphan-cleanup", "power-outage-recovery"}},
	{"java.io.EOFException: Failed to read transaction log /var/lib/zookeeper/version-2/log.100000001 of size 0", []string{"ci-service-datastore-guard"}},
	{"Error: Error acquiring the state lock: ConditionalCheckFailedException: Lock Info: ID: 9db590f1-b6fe-c5f2-2678-8804f089deba Path: prod/terraform.tfstate", []string{"iac-state"}},
	{"vim.fault.RestrictedVersion: Current license or ESXi version prohibits execution of the requested operation.", []string{"vm-import-vmware"}},
	{"dial tcp 10.20.30.40:5672: connect: connection refused", []string{"app-broker-client-recovery"}},
	{`2026-11-24 03:12:55 INFO ironic.conductor.task_manager [req-5] Node 5d1e2f3a-1b2c-4d5e-8f90-a1b2c3d4e5f6 moved to provision state "clean wait" from state "cleaning"; target provision state is "available"`, []string{"bare-metal-provisioning"}},
	{`time="2026-11-24T03:12:55Z" level=warning msg="Reboot blocked: 1 active alerts: [KubePodNotReady]"`, []string{"node-reboot-daemon"}},
	{`E1124 03:12:55.000000 1 status.go:71] apiserver received an error that is not an metav1.Status: rpctypes.EtcdError{code:0xe, desc:"etcdserver: no leader"}`, []string{"etcd-backup"}},
}

// TestLogLines pastes lines of logs into the search of a store with the shipped
// catalogue.
func TestLogLines(t *testing.T) {
	catalog, e := embeddedtest.Open(t)
	local := loaded(t, catalog, e)
	for _, c := range logLines {
		request, err := json.Marshal(map[string]any{
			"query":     "query ($line: String!) { practices(search: $line, first: 3) { totalCount nodes { key } } search(text: $line, first: 5) { nodes { node { key } } } }",
			"variables": map[string]any{"line": c.line},
		})
		if err != nil {
			t.Fatal(err)
		}
		body, err := local.Query(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Data struct {
				Practices struct{ Nodes []struct{ Key string } }
			}
		}
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatal(err)
		}
		found := answer.Data.Practices.Nodes
		for i, want := range c.wants {
			if i >= len(found) || !contains(found[:len(c.wants)], want) {
				t.Errorf("%s\nfinds %s\nwant %s first", c.line, body, c.wants)
				break
			}
		}
	}
}

func contains(nodes []struct{ Key string }, key string) bool {
	for _, n := range nodes {
		if n.Key == key {
			return true
		}
	}
	return false
}
