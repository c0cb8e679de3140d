package question

import (
	"net/url"
	"strings"
)

// contribute is the address of the form on which somebody who knows can add it,
// with what is asked filled in. values are pairs of a field's name and its value.
func (a *Asker) contribute(values ...string) string {
	base := a.config.ContributeURL
	form := url.Values{}
	for i := 0; i+1 < len(values); i += 2 {
		if values[i+1] != "" {
			form.Set(values[i], values[i+1])
		}
	}
	sep := "?"
	if strings.Contains(base, "?") {
		sep = "&"
	}
	return base + sep + form.Encode()
}

// contributeMove is the form for what somebody knows about a practice and a move.
func (a *Asker) contributeMove(practice, from, to string) string {
	return a.contribute("title", "Portability: "+practice+" from "+from+" to "+to, "about", "practice="+practice+" from="+from+" to="+to)
}
