package linking_test

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/linking"
)

// said is a statement of a file about a topic.
func said(source string, line int, title string, links map[string][]record.ID) record.Statement {
	return record.Statement{
		Source: source, ID: record.ID{Type: "Topic", Key: fmt.Sprint(source, "-", line)}, Links: links,
		Fields: map[string]any{"title": title, "sources": []any{record.Object{"", source, int64(line)}}},
	}
}

// each of the statements.
func each(say []record.Statement) iter.Seq[*record.Statement] {
	return func(yield func(*record.Statement) bool) {
		for i := range say {
			if !yield(&say[i]) {
				return
			}
		}
	}
}

// shown are proposals as a text each.
func shown(proposals []record.Statement) []string {
	var out []string
	for _, p := range proposals {
		out = append(out, fmt.Sprint(p.ID.Key, " ", p.Fields["confidence"], " ", p.Fields["reason"]))
	}
	return out
}

// TestProposeEachFileByItself: what is proposed for a file does not depend on the files that are loaded with it.
func TestProposeEachFileByItself(t *testing.T) {
	v := linking.NewVocabulary(world())
	var one, two []record.Statement
	for i := range 12 {
		one = append(one, said("one", i, fmt.Sprintf("Gardener of house %d", i), nil))
		two = append(two, said("two", i, fmt.Sprintf("Back up volume %d", i), nil))
	}
	two = append(two, said("two", 99, "Gardener too", nil))
	apart := append(shown(v.Propose(each(one))), shown(v.Propose(each(two)))...)
	if got := shown(v.Propose(each(append(slices.Clone(one), two...)))); !slices.Equal(got, apart) {
		t.Errorf("together %q\napart %q", got, apart)
	}
	for i, want := range map[int]string{
		0: "one-0-platforms-gardener 40 it is called “gardener”, as do most topics of the file", 12: "two-0-practices-volume-backup 75 ",
		24: "two-99-platforms-gardener 85 it is called “gardener”",
	} {
		if i >= len(apart) || !strings.HasPrefix(apart[i], want) {
			t.Errorf("%q, want %q", apart[min(i, len(apart)-1)], want)
		}
	}
}

// TestProposeNot: what is linked is not proposed, and a text that names everything has six proposals.
func TestProposeNot(t *testing.T) {
	v := linking.NewVocabulary(world())
	gardener := record.ID{Type: "Solution", Key: "gardener"}
	if got := v.Propose(each([]record.Statement{said("a", 1, "Gardener", map[string][]record.ID{"platforms": {gardener}})})); len(got) > 0 {
		t.Errorf("what is linked is proposed: %q", shown(got))
	}
	all := v.Propose(each([]record.Statement{said("a", 1, "Gardener, Kubernetes, Wavestack, S3, Cloud&Heat, IaaS, OpenStack, etcd backup, volume backup", nil)}))
	if len(all) != 6 || all[0].Fields["confidence"] != int64(95) || all[5].Fields["confidence"] != int64(85) {
		t.Errorf("a text that names everything has %q", shown(all))
	}
	story := record.Statement{
		Source: "rca", ID: record.ID{Type: "Story", Key: "s"}, Links: map[string][]record.ID{"platform": {gardener}},
		Fields: map[string]any{"title": "Wavestack went down", "rootCause": "Nobody had\nan etcd backup", "lessons": []any{"Back up the volumes"}, "impact": "no OpenStack"},
	}
	want := []string{
		"s-distilled-into-etcd-backup 80 it is called “etcd backup”, word for word, in its root cause",
		"s-distilled-into-volume-backup 60 all the words of “volume backup”, in its lessons",
		"s-layers-iaas 50 it is called “OpenStack”, which names a platform, in its impact",
	}
	if got := shown(v.Propose(each([]record.Statement{story}))); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzFind: whatever a text is, what is found are words of it, the surest first, each record once.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"Back up etcd on K8s!", "Kubernetes-Upgrades & Cloud&Heat", "a@b.c @x k8s/#1 ../..", "ﬁ İ ß 𝔎ubernetes Ü̈ber cloud", "\xff\x00 etcd\u00adbackup"} {
		f.Add(s)
	}
	v := linking.NewVocabulary(world())
	f.Fuzz(func(t *testing.T, s string) {
		seen, last := map[record.ID]bool{}, 100
		for _, m := range v.Find(s) {
			if seen[m.ID] || m.Confidence > last || m.Confidence < 40 || m.Reason == "" || len(m.Words) == 0 {
				t.Errorf("%q: %+v", s, m)
			}
			seen[m.ID], last = true, m.Confidence
			for _, w := range m.Words {
				if w == "" || !strings.Contains(s, w) {
					t.Errorf("%q: %q is not in it", s, w)
				}
			}
		}
	})
}
