package linking

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joined are compounds that some write in one and others do not.
var joined = map[string][]string{
	"baremetal": {"bare", "metal"}, "loadbalancer": {"load", "balancer"}, "loadbalancers": {"load", "balancer"}, "loadbalancing": {"load", "balancer"},
	"statuspage": {"status", "page"}, "statusseite": {"status", "page"}, "statusseiten": {"status", "page"},
	"clusterapi": {"cluster", "api"}, "clusterstack": {"cluster", "stack"}, "clusterstacks": {"cluster", "stacks"}, "cloudnative": {"cloud", "native"},
	"stromausfall": {"power", "outage"}, "stromausfalle": {"power", "outage"}, "sicherheitsvorfall": {"security", "incident"}, "sicherheitsvorfalle": {"security", "incident"},
	"ursachenanalyse": {"root", "cause", "analysis"}, "postmortem": {"root", "cause", "analysis"}, "postmortems": {"root", "cause", "analysis"},
	"onprem": {"on", "prem"}, "healthmonitor": {"health", "monitor"}, "rechenzentrum": {"data", "center"}, "datacenter": {"data", "center"},
}

// heads end German compounds about operations, by the word they are compared as.
var heads = func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(`anbieter
		ausfall ausfalle
		backup backups sicherung sicherungen
		betreiber
		betrieb
		cluster clustern clusters
		dienst dienste
		ebene ebenen
		flotte
		fehler
		installation installationen
		instanz instanzen
		knoten
		kosten
		migration migrationen umzug
		netz netzwerk netze
		plattform plattformen
		schicht schichten
		schulung
		speicher
		storung storungen
		tausch austausch wechsel
		thema themen
		uberwachung monitoring
		umgebung umgebungen
		update updates
		upgrade upgrades aktualisierung
		version versionen
		verwaltung
		wartung
		wiederherstellung
		zertifikat zertifikate`) {
		words := strings.Fields(line)
		for _, w := range words {
			out[w] = words[0]
		}
	}
	return out
}()

// The shortest first part of a compound, and the longest word that is looked at.
const (
	shortestPart = 4
	longestWord  = 48
)

// partsOf are the parts of a compound that is written in one; nil for other words.
func partsOf(folded string) []string {
	if parts, ok := joined[folded]; ok {
		return parts
	}
	if len(folded) > longestWord {
		return nil
	}
	for i := shortestPart; i <= len(folded)-shortestPart; i++ {
		if head, ok := heads[folded[i:]]; ok {
			return []string{strings.TrimSuffix(folded[:i], "-"), head}
		}
	}
	return nil
}

// surrounding says in what a mention stands.
type surrounding uint8

const (
	// free: it is a word by itself.
	free surrounding = iota
	// compound: hyphens join it to other words, as in Kubernetes-Upgrade.
	compound
	// identifier: it is a part of the name of something else, as in openstack-health-monitor.
	identifier
)

// surroundingOf is in what a mention stands, and all of that.
func surroundingOf(s string, from, to int) (surrounding, string) {
	mention := s[from:to]
	if wide, end := grown(s, from, to, "-_/."); isPath(s[wide:end]) && s[wide:end] != mention {
		return identifier, strings.Trim(s[wide:end], "-_/.")
	}
	if rest := strings.TrimPrefix(s[to:], "/"); strings.HasPrefix(rest, "#") && numbered(rest[1:]) {
		return identifier, mention + s[to:len(s)-len(rest)] + "#"
	}
	from, to = grown(s, from, to, "-_")
	around := strings.Trim(s[from:to], "-_")
	switch {
	case around == mention:
		return free, around
	case isName(around):
		return identifier, around
	}
	return compound, around
}

// furthest is how far from a mention the end of its compound is looked for, in bytes.
const furthest = 80

// grown is a span with the letters, digits and joining characters around it.
func grown(s string, from, to int, joining string) (start, end int) {
	joins := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune(joining, r)
	}
	for least := max(0, from-furthest); from > least; {
		r, size := utf8.DecodeLastRuneInString(s[:from])
		if !joins(r) {
			break
		}
		from -= size
	}
	for most := min(len(s), to+furthest); to < most; {
		r, size := utf8.DecodeRuneInString(s[to:])
		if !joins(r) {
			break
		}
		to += size
	}
	return from, to
}

// numbered reports whether a text begins with a number: k8s/#12 is an issue of k8s.
func numbered(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// adjectives end compounds that say something of what they begin with.
var adjectives = stemsIn(`based native like compatible hosted managed backed ready specific related only side wide free aware basiert basierte`)

// isName reports whether a compound is the name of something: all in small letters, as
// repositories and packages have them.
func isName(s string) bool {
	if strings.Contains(s, "_") {
		return true
	}
	at := strings.LastIndex(s, "-")
	return strings.ToLower(s) == s && (at < 0 || !adjectives[stem(s[at+1:])])
}

// isPath reports whether it is a path or a file.
func isPath(s string) bool {
	s = strings.Trim(s, "-_/.")
	return strings.ContainsAny(s, "/.") && strings.ContainsAny(s, "-_") && strings.ToLower(s) == s
}
