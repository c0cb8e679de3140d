package merge_test

import (
	"reflect"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

func TestCodecGivesBackWhatItGot(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	topic := catalog.Type("Topic")
	said := fields{
		"title": "a <b> & \"c\" \u2028 \x00 \U0001F600", "summary": nil, "votes": int64(-1 << 62), "cluster": true,
		"sources":    []any{record.Object{"u", nil, int64(3), nil, "ISSUE"}},
		"disclosure": record.Object{"SECRET", []any{}, nil, "HOW_TO"},
	}
	text := merge.EncodeFields(topic, said)
	got, err := new(merge.Decoder).Fields(topic, text)
	if err != nil || !reflect.DeepEqual(got, said) {
		t.Errorf("%s became %v, %v", text, got, err)
	}
	values := make([]any, len(topic.Fields))
	for name, v := range said {
		values[topic.Field(name).Index] = v
	}
	back := make([]any, len(topic.Fields))
	if err := new(merge.Decoder).Values(topic, merge.EncodeValues(topic, values), back); err != nil || !reflect.DeepEqual(values, back) {
		t.Errorf("%v became %v, %v", values, back, err)
	}
	l := links{"layers": ids("Layer:a", "Layer:b:c"), "parent": {}}
	text = merge.EncodeLinks(l)
	if text != `{"layers":["Layer:a","Layer:b:c"],"parent":[]}` {
		t.Errorf("links as %s", text)
	}
	if back, err := merge.DecodeLinks(text); err != nil || !reflect.DeepEqual(back, l) {
		t.Errorf("%v became %v, %v", l, back, err)
	}
}

func TestCodecOfAnOlderModel(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	layer := catalog.Type("Layer")
	got, err := new(merge.Decoder).Fields(layer, `{"gone":[{"a":15}],"name":"n","ordinal":7}`)
	if want := (fields{"name": "n", "ordinal": int64(7)}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	// What the model wants otherwise now is as good as not said.
	got, err = new(merge.Decoder).Fields(layer, `{"sources":[1],"name":[],"ordinal":"x","summary":{"a":"b"},"remark":"r"}`)
	if want := (fields{"remark": "r"}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	values := make([]any, len(layer.Fields))
	if err := new(merge.Decoder).Values(layer, `{"gone":1}`, values); err != nil {
		t.Fatal(err)
	}
	if v, ok := values[layer.Field("sources").Index].([]any); !ok || v == nil {
		t.Errorf("a list that is not there became %#v", v)
	}
	for _, text := range []string{"", "{", "[]", "{\"name\":}", "{\"name\":1}x", "{\"name\":\"x}", "{\"name\":\"\\", "{\"ordinal\":1.5}", "{\"ordinal\":1,}", "{\"name\" 1}", "{\"sources\":[1 2]}", "{\"name\":nul}"} {
		if got, err := new(merge.Decoder).Fields(layer, text); err == nil {
			t.Errorf("%q became %v, want an error", text, got)
		}
	}
	for _, text := range []string{"", "[]", `{"a":["b"]}`, `{"a":1}`} {
		if got, err := merge.DecodeLinks(text); err == nil {
			t.Errorf("%q became %v, want an error", text, got)
		}
	}
}
