package issues

import (
	"errors"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader"
)

// TestDecode reads what gh and the API print, and refuses the rest with its place.
func TestDecode(t *testing.T) {
	const one = `{"number": 1, "title": "A"}`
	for _, c := range []struct {
		name, text string
		// want is how many issues there are, says what the problem is; neither is text
		// about something else.
		want int
		says string
	}{
		{"a list", "[" + one + "]", 1, ""},
		{"none", "[]", 0, ""},
		{"one alone", one, 1, ""},
		{"several lists, as gh api --paginate prints them", "[" + one + `][{"number":2,"title":"B"}]`, 2, ""},
		{"a list of lists, as --slurp does", "[[" + one + `],[{"number":2,"title":"B"}]]`, 2, ""},
		{"the same twice", "[" + one + "," + one + "]", 1, ""},
		{"the same number in two repositories", `[{"number":1,"title":"A","url":"https://github.com/o/a/issues/1"},{"number":1,"title":"B","url":"https://github.com/o/b/issues/1"}]`, 2, ""},
		{"an empty file", " \n", 0, ":1:1: is empty; no issues are []"},
		{"a NUL character", `[{"number":1,"title":"A\u0000"}]`, 0, ":1:2: issue #1 holds a NUL character; right is text without it"},
		{"a title that says nothing", `[{"number":1,"title":" \n"}]`, 0, ":1:2: an issue has no title"},
		{"labels as words, nothing as null", `[{"number":1,"title":"A","body":null,"labels":["a"],"user":null,"comments":3}]`, 1, ""},
		{"cut off in a value", "[\n" + one + ",\n{\"number\": 2, \"ti", 0, ":3:18: ends in the middle: the JSON is cut off"},
		{"cut off between two", "[\n" + one + ",\n", 0, ":3:1: ends in the middle"},
		{"cut off before the end", "[\n" + one + "\n", 0, ":3:1: ends in the middle"},
		{"a comma too many", "[\n" + one + ",]", 0, ":2:26: is no JSON"},
		{"HTML", "\n<!DOCTYPE html>", 0, ":2:1: is an HTML page"},
		{"an error", `{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}`, 0, "Not Found"},
		{"no number", `[{"title":"A"}]`, 0, "an issue has no number"},
		{"no number, but an address", `[{"title":"A","url":"https://github.com/a/b/issues/7"}]`, 1, ""},
		{"lines of JSON", one + "\n" + `{"number":2,"title":"B"}` + "\n", 2, ""},
		{"nobody, nothing", `[{"number":1,"title":"A","author":null,"labels":[null,"x",{"name":"y"}],"reactionGroups":[{"content":"EYES","users":null}],"comments":{"totalCount":3},"unknown":{"a":[1]}}]`, 1, ""},
		{"a number that is a word", `[{"number":"x","title":"A"}]`, 0, ":1:15: number of an issue is a string"},
		{"something else", `{"name":"opsmap","version":1}`, -1, ""},
		{"something else with a title", `[{"title": 7}]`, -1, ""},
		{"a number", `7`, -1, ""},
		{"nested", strings.Repeat("[", 20000), 0, "f:1:"},
	} {
		found, err := decode([]byte(c.text))
		p, isProblem := errors.AsType[loader.Problem](err)
		p.File = "f"
		switch {
		case c.want < 0:
			if !errors.Is(err, errNoIssues) {
				t.Errorf("%s: %v", c.name, err)
			}
		case c.says != "":
			if !isProblem || !strings.Contains(p.String(), c.says) {
				t.Errorf("%s: %v does not say %q", c.name, p, c.says)
			}
		case err != nil || len(found) != c.want:
			t.Errorf("%s: %d issues, %v", c.name, len(found), err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`[{"number":1,"title":"A","labels":[{"name":"x"}],"reactionGroups":[{"content":"HEART","users":{"totalCount":2}}],"comments":[{"url":"https://github.com/a/b/issues/1#c"}]}]`,
		`[[{"number":1,"title":"A","comments":3,"reactions":{"+1":1}}]]`, `[{"number":1,"ti`, `<html>`, `{"message":"x","documentation_url":"y"}`, `[]{}`, "[\xff]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := decode(data)
		if err != nil && len(found) > 0 {
			t.Errorf("%d issues and %v", len(found), err)
		}
		for _, i := range found {
			if i.number <= 0 || i.title == "" || i.line < 1 {
				t.Errorf("an issue without a number, a title or a line: %+v", i)
			}
			if form := formOf(i); form != nil {
				form.about()
			}
			summaryOf(i.body)
		}
	})
}

// FuzzForm reads bodies of issues as forms: what GitHub writes comes back, whatever
// people type into the fields.
func FuzzForm(f *testing.F) {
	f.Add("practice=etcd-backup from=vsphere to=osism", "The path differs.")
	f.Add("", "### Verdict\n\nADAPT")
	f.Add("a=b=c", "_No response_")
	f.Fuzz(func(t *testing.T, about, sentence string) {
		body := "### About\n\n" + about + "\n\n### Verdict\n\nADAPT (small changes)\n\n### Reason\n\nTECHNOLOGY\n\n### In one sentence\n\n" + sentence + "\n\n### Link\n\n_No response_"
		form := formOf(&issue{body: body})
		if form == nil {
			t.Fatalf("%q is no form", body)
		}
		if formHeading.MatchString(about+"\n"+sentence) || strings.ContainsRune(about+sentence, '\r') {
			return // somebody who writes the headings of the form gets what they ask for
		}
		if form[formVerdict] != "ADAPT (small changes)" || form[formLink] != "" || form[formAbout] != answer(about) || form[formSentence] != answer(sentence) {
			t.Errorf("%q reads as %v", body, form)
		}
	})
}
