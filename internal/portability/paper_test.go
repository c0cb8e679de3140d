package portability_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/portability"
)

// The cases in testdata are worlds with questions whose answers were worked out on
// paper from the sentences of the design; nothing ever writes them. A file is a
// common part, and cases that begin with "== " and the sentence they are about:
//
//	solution|provider KEY [runs=a,b] [by=SELF|PROVIDER] [aliases=a,b]
//	capability KEY [SERVICE|OPERATOR_ACCESS]
//	practice KEY [OPERATOR|TENANT|BOTH] [requires=a,b] [after=p,q]
//	offer PLATFORM CAPABILITY STATE [src=…]
//	impl PRACTICE PLATFORM MECHANISM [key=…] [src=…]
//	note KEY PRACTICE FROM>TO VERDICT [on=DAY] [until=DAY] [days=MIN-MAX] [because=KIND:VERDICT,…] [if=CONDITION] [src=URI/PATH,…]
//	lockin KEY PLATFORM [of=p,q]
//
// A note's source is its key and its reason TECHNOLOGY unless given, "-" is none.
// The verbs of ask and the form of their answers are in paperverbs_test.go.
type paperCase struct {
	name  string
	world portability.Input
	asks  []paperAsk
}

type paperAsk struct {
	question string
	answer   []string
}

var paperNow = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

func TestPaper(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	cases, asks := 0, 0
	for _, file := range files {
		for _, c := range readPaper(t, file) {
			cases++
			asks += len(c.asks)
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) { checkPaper(t, c) })
		}
	}
	t.Logf("%d cases with %d questions", cases, asks)
	if cases < 40 {
		t.Errorf("only %d cases; some are not read", cases)
	}
}

func checkPaper(t *testing.T, c paperCase) {
	if len(c.asks) == 0 {
		t.Fatal("nothing is asked")
	}
	w := portability.NewWorld(c.world, portability.Config{Now: paperNow})
	for _, ask := range c.asks {
		got, want := strings.Join(answerPaper(t, w, ask.question), "\n"), strings.Join(ask.answer, "\n")
		if got != want {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", ask.question, got, want)
		}
	}
}

func readPaper(t *testing.T, file string) []paperCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var common portability.Input
	var cases []paperCase
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimRight(line, " ")
		last := len(cases) - 1
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "== "):
			cases = append(cases, paperCase{name: line[3:], world: cloneInput(common)})
		case strings.HasPrefix(line, "ask "):
			cases[last].asks = append(cases[last].asks, paperAsk{question: line[4:]})
		case strings.HasPrefix(line, "  "):
			asks := cases[last].asks
			asks[len(asks)-1].answer = append(asks[len(asks)-1].answer, strings.TrimSpace(line))
		case last < 0:
			readFact(t, &common, line, n+1)
		default:
			readFact(t, &cases[last].world, line, n+1)
		}
	}
	return cases
}

func cloneInput(in portability.Input) portability.Input {
	return portability.Input{
		Practices: slices.Clone(in.Practices), Platforms: slices.Clone(in.Platforms), Capabilities: slices.Clone(in.Capabilities),
		Offers: slices.Clone(in.Offers), Implementations: slices.Clone(in.Implementations), Notes: slices.Clone(in.Notes), LockIns: slices.Clone(in.LockIns),
	}
}

// words are a line taken apart: the plain words and those of the form name=value.
type words struct {
	plain []string
	named map[string]string
}

func (w words) list(name string) []string {
	if w.named[name] == "" {
		return nil
	}
	return strings.Split(w.named[name], ",")
}

func (w words) at(i int) string {
	if i < len(w.plain) {
		return w.plain[i]
	}
	return ""
}

func readFact(t *testing.T, in *portability.Input, line string, n int) {
	t.Helper()
	w := words{named: map[string]string{}}
	for word := range strings.FieldsSeq(line) {
		if name, value, ok := strings.Cut(word, "="); ok {
			w.named[name] = value
		} else {
			w.plain = append(w.plain, word)
		}
	}
	switch w.plain[0] {
	case "solution", "provider":
		kind := portability.PlatformKind(strings.ToUpper(w.plain[0]))
		in.Platforms = append(in.Platforms, portability.Platform{
			Key: w.at(1), Kind: kind, Runs: w.list("runs"), OperatedBy: portability.OperatedBy(w.named["by"]), Aliases: w.list("aliases"),
		})
	case "capability":
		in.Capabilities = append(in.Capabilities, portability.Capability{Key: w.at(1), Kind: portability.CapabilityKind(w.at(2))})
	case "practice":
		in.Practices = append(in.Practices, portability.Practice{
			Key: w.at(1), Actor: portability.Actor(w.at(2)), Requires: w.list("requires"), DependsOn: w.list("after"),
		})
	case "offer":
		key := w.at(1) + "--" + w.at(2)
		in.Offers = append(in.Offers, portability.Offer{
			Key: key, Platform: w.at(1), Capability: w.at(2), State: portability.OfferState(w.at(3)), Sources: readSources(w, key),
		})
	case "impl":
		key := w.at(1) + "--" + w.at(2)
		if w.named["key"] != "" {
			key = w.named["key"]
		}
		in.Implementations = append(in.Implementations, portability.Implementation{
			Key: key, Practice: w.at(1), Platform: w.at(2), Mechanism: w.at(3), Sources: readSources(w, key),
		})
	case "note":
		in.Notes = append(in.Notes, readNote(t, w))
	case "lockin":
		in.LockIns = append(in.LockIns, portability.LockIn{Key: w.at(1), Platform: w.at(2), Practices: w.list("of")})
	default:
		t.Fatalf("line %d is nothing known: %s", n, line)
	}
}

func readNote(t *testing.T, w words) portability.Note {
	t.Helper()
	from, to, ok := strings.Cut(w.at(3), ">")
	verdict := portability.ParseVerdict(w.at(4))
	if !ok || !verdict.Known() {
		t.Fatalf("no note: %v", w)
	}
	n := portability.Note{
		Key: w.at(1), Practice: w.at(2), From: from, To: to, Verdict: verdict, Conditions: w.list("if"),
		ObservedOn: w.named["on"], ExpiresOn: w.named["until"], Sources: readSources(w, w.at(1)),
	}
	because := w.list("because")
	if because == nil && verdict != portability.Unchanged {
		because = []string{"TECHNOLOGY:" + verdict.String()}
	}
	for _, b := range because {
		kind, forces, _ := strings.Cut(b, ":")
		n.Reasons = append(n.Reasons, portability.Reason{
			Kind: portability.ReasonKind(kind), Text: "said:" + n.Key, Verdict: portability.ParseVerdict(forces),
		})
	}
	if days := w.named["days"]; days != "" {
		n.EffortDays = readDays(t, days)
	}
	return n
}

func readSources(w words, key string) []portability.Source {
	given, ok := w.named["src"]
	switch {
	case !ok:
		return []portability.Source{{URI: key}}
	case given == "-":
		return nil
	}
	var out []portability.Source
	for i, s := range strings.Split(given, ",") {
		// The line differs on purpose: it is no part of what makes a source.
		uri, path, _ := strings.Cut(s, "/")
		out = append(out, portability.Source{URI: uri, Path: path, Line: len(key) + i, Revision: key})
	}
	return out
}
