package linking

import "strings"

// stem is a word without its ending, where enough of it is left, and of words for one
// thing always the same.
func stem(w string) string {
	s := ending(w)
	if one, ok := synonyms[s]; ok {
		return one
	}
	return s
}

// ending drops an ending.
func ending(w string) string {
	if cut, ok := strings.CutSuffix(w, "ies"); ok && len(cut) >= 3 {
		return cut + "y"
	}
	if cut, ok := strings.CutSuffix(w, "s"); ok && len(cut) >= 4 && !strings.HasSuffix(cut, "s") {
		w = cut
	}
	for _, gone := range []string{"ing", "ed"} {
		if cut, ok := strings.CutSuffix(w, gone); ok && len(cut) >= 4 {
			return strings.TrimSuffix(undoubled(cut), "e")
		}
	}
	if cut, ok := strings.CutSuffix(w, "ion"); ok && len(cut) >= 5 && strings.HasSuffix(cut, "t") {
		return cut
	}
	if cut, ok := strings.CutSuffix(w, "ment"); ok && len(cut) >= 6 {
		w = cut
	}
	if len(w) > 4 {
		return strings.TrimSuffix(w, "e")
	}
	return w
}

// undoubled is planned without its ending as plan has it.
func undoubled(w string) string {
	n := len(w)
	if n > 4 && w[n-1] == w[n-2] && !strings.ContainsRune("aeilosz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}

// synonyms are words for one thing: of a line the first stands for all. They are other
// spellings, usual short forms, and the German words of English titles.
var synonyms = func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(`backup sicherung sicherungen datensicherung
		catalogue catalog katalog
		certificate cert zertifikat zertifikate zertifikaten
		cleanup aufraumen bereinigung bereinigen
		customer kunde kunden
		database db datenbank datenbanken
		disk festplatte festplatten platte
		failure ausfall ausfalle
		federation foderation foderiert
		flavor flavour
		image abbild abbilder
		inventory inventar
		kubernetes k8s kube
		maintenance wartung wartungen
		migrate migrieren umzug umziehen
		monitor monitoring uberwachung uberwachen
		network netzwerk netzwerke netz
		node knoten
		orphan verwaist verwaiste
		outage
		password passwort passworter kennwort
		power strom
		renew erneuern erneuerung
		replace tauschen austausch austauschen tausch ersetzen
		restore wiederherstellen wiederherstellung
		rotate wechsel wechseln
		storage speicher
		upgrade aktualisierung aktualisieren
		vm vms
		volume datentrager
		worker arbeiter`) {
		words := strings.Fields(line)
		for _, w := range words {
			out[ending(w)] = ending(words[0])
		}
	}
	return out
}()
