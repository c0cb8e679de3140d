package minutes

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	monthWords = `(jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|mär(?:z)?|maerz|apr(?:il)?|ma[yi]|june?|juni|july?|juli|` +
		`aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|` + frenchMonths + `|` + spanishMonths + `)`
	frenchMonths  = `janvier|f[ée]vrier|mars|avril|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre`
	spanishMonths = `enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|diciembre`
	dayWord       = `(\d{1,2})(?:st|nd|rd|th|er|\.)?`
	dash          = `[-‐‑‒–]`
)

// dateForm is one way to write a date; year, month and day are the numbers of its groups.
type dateForm struct {
	re               *regexp.Regexp
	year, month, day int
}

var dateForms = []dateForm{
	{regexp.MustCompile(`(?:^|[^\d])(\d{4})` + dash + `(\d{1,2})` + dash + `(\d{1,2})(?:$|[^\d])`), 1, 2, 3},
	{regexp.MustCompile(`(?:^|[^\d])(\d{4})(\d{2})(\d{2})(?:$|[^\d])`), 1, 2, 3},
	{regexp.MustCompile(`(?:^|[^\d])(\d{4})/(\d{1,2})/(\d{1,2})(?:$|[^\d])`), 1, 2, 3},
	{regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:$|[^\d.]|\.(?:$|[^\d]))`), 3, 2, 1},
	{regexp.MustCompile(`(?i)(?:^|[^\pL\d])` + monthWords + `\.? ` + dayWord + `,? (\d{4})(?:$|[^\d])`), 3, 1, 2},
	{regexp.MustCompile(`(?i)(?:^|[^\pL\d])` + dayWord + `(?:[ -]| de )` + monthWords + `\.?,?(?:[ -]| del? )(\d{4})(?:$|[^\d])`), 3, 2, 1},
	{regexp.MustCompile(`(?i)(?:^|[^\d])(\d{4})[ -]` + monthWords + `\.?[ -]` + dayWord + `(?:$|[^\pL\d])`), 1, 2, 3},
}

// found is a date in a text, as YYYY-MM-DD, and where it stands.
type found struct {
	date     string
	from, to int
}

// findDate is the first date in s.
func findDate(s string) (found, bool) {
	var first found
	ok := false
	if !strings.ContainsAny(s, "0123456789") {
		return first, false
	}
	for _, f := range dateForms {
		m := f.re.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		date := isoDate(group(s, m, f.year), group(s, m, f.month), group(s, m, f.day))
		from, to := m[2], m[7]
		if date != "" && (!ok || from < first.from) {
			first, ok = found{date, from, to}, true
		}
	}
	return first, ok
}

// DateIn is the first date in a text, in any of the forms that minutes may have, as YYYY-MM-DD; empty for none.
func DateIn(s string) string {
	f, _ := findDate(s)
	return f.date
}

func group(s string, m []int, n int) string { return s[m[2*n]:m[2*n+1]] }

// isoDate puts a date together; it is empty when there is no such day.
func isoDate(year, month, day string) string {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	m := monthNumber(month)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y == 0 || m == 0 || t.Day() != d || t.Month() != time.Month(m) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

var monthStarts = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "mär": 3, "mae": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
	"oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
	"fév": 2, "fev": 2, "avr": 4, "aoû": 8, "aou": 8, "déc": 12,
	"ene": 1, "abr": 4, "ago": 8, "dic": 12,
}

func monthNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	runes := []rune(strings.ToLower(s))
	switch string(runes) {
	case "juin":
		return 6
	case "juillet":
		return 7
	}
	return monthStarts[string(runes[:min(3, len(runes))])]
}

// yearOf is the year of a date as YYYY-MM-DD.
func yearOf(date string) int {
	y, _ := strconv.Atoi(date[:4])
	return y
}

// nameForms are the ways to write a date in the name of a file.
var nameForms = []dateForm{
	{regexp.MustCompile(`(?:^|[^\d])(\d{4})[-‐‑‒–._](\d{1,2})[-‐‑‒–._](\d{1,2})(?:$|[^\d])`), 1, 2, 3},
	dateForms[1],
}

// fileDate is the date in a file's name, or in that of its folder where the file is the only one meant: index.md.
func fileDate(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' })
	if len(parts) == 0 {
		return ""
	}
	name := parts[len(parts)-1]
	if stem, _, _ := strings.Cut(strings.ToLower(name), "."); len(parts) > 1 && (stem == "index" || stem == "readme") {
		name = parts[len(parts)-2]
	}
	for _, f := range nameForms {
		if m := f.re.FindStringSubmatchIndex(name); m != nil {
			return isoDate(group(name, m, f.year), group(name, m, f.month), group(name, m, f.day))
		}
	}
	return ""
}
