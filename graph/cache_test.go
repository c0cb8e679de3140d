package graph

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/schema"
)

func TestByteCacheStaysWithinItsBound(t *testing.T) {
	c := newByteCache[int](1000)
	for i := range 100 {
		c.add(fmt.Sprint(i), i, 100)
	}
	if c.used > 1000 || c.entries.Len() != 10 {
		t.Errorf("%d bytes in %d entries", c.used, c.entries.Len())
	}
	if _, known := c.get("0"); known {
		t.Error("the oldest is still there")
	}
	if v, known := c.get("90"); !known || v != 90 {
		t.Error("what was used last is gone")
	}
	c.add("99", 7, 100)
	if v, _ := c.get("99"); v != 99 || c.used != 1000 {
		t.Errorf("an entry that is there already was counted again: %d bytes", c.used)
	}
	c.add("large", 1, 126)
	if _, known := c.get("large"); known {
		t.Error("an entry of more than its share is kept")
	}
}

// TestDocumentsAreKeptWithinBytes fills the cache with documents of several kinds
// and holds the memory they take against the bound.
func TestDocumentsAreKeptWithinBytes(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	const bound = 8 << 20
	for name, text := range map[string]string{
		"fields":     "{ topics { nodes { key title votes summary kind status id version } } layers { nodes { key name } } } # %d",
		"arguments":  "{ topics(where: {and: [{title: {eq: \"a\"}}, {votes: {gt: 1}}, {votes: {lt: 9}}]}) { totalCount } } # %d",
		"short":      "{t:topics{nodes{id}}l:layers{nodes{id}}p:persons{nodes{id}}} # %d",
		"fragments":  "{ topics { nodes { ...a ...b } } } fragment a on Topic { key } fragment b on Topic { votes } # %d",
		"directives": "{ topics { nodes { key @skip(if: false) title @include(if: true) } } } # %d",
	} {
		t.Run(name, func(t *testing.T) {
			p := newPreparer(catalog.Served, DocumentLimits{Cache: bound}.withDefaults())
			before := heap()
			for i := range 3_000 {
				if _, errs := p.document(strings.Replace(text, "%d", fmt.Sprint(i), 1)); errs != nil {
					t.Fatal(errs)
				}
			}
			took := heap() - before
			t.Logf("%d documents, counted %d KiB, took %d KiB", p.documents.entries.Len(), p.documents.used>>10, took>>10)
			if took > bound {
				t.Errorf("documents take %d bytes of memory, the bound is %d", took, bound)
			}
			runtime.KeepAlive(p)
		})
	}
}

// heap is what is in use after everything that can go has gone.
func heap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func TestOnlyValidTextsArePersisted(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := newPreparer(catalog.Served, DocumentLimits{}.withDefaults())
	for _, text := range []string{"{ nothing }", "{ topics {", "{ " + strings.Repeat("a: __typename ", 201) + "}"} {
		if errs := p.find(t.Context(), &known{request: &request{Query: text, Hash: hashOf(text)}}); errs == nil {
			t.Errorf("%s is valid", text)
		}
	}
	if n := p.texts.entries.Len(); n != 0 {
		t.Errorf("%d texts are kept that are not valid", n)
	}
	text := "{ topics { totalCount } }"
	if errs := p.find(t.Context(), &known{request: &request{Query: text, Hash: hashOf(text)}}); errs != nil {
		t.Fatal(errs)
	}
	k := &known{request: &request{Hash: hashOf(text)}}
	if errs := p.find(t.Context(), k); errs != nil || k.request.Query != text {
		t.Errorf("%v", errs)
	}
	for i := range 5_000 {
		text := fmt.Sprintf("{ topics { totalCount } } # %s %d", strings.Repeat("x", 10_000), i)
		if errs := p.find(t.Context(), &known{request: &request{Query: text, Hash: hashOf(text)}}); errs != nil {
			t.Fatal(errs)
		}
	}
	if p.texts.used > p.limits.Cache {
		t.Errorf("persisted queries take %d bytes", p.texts.used)
	}
}
