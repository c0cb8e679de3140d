package asking_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/fault"
)

type topic struct{ Topic *struct{ Title string } }

func said(body string) asking.By {
	return func(context.Context, []byte) ([]byte, error) { return []byte(body), nil }
}

func TestData(t *testing.T) {
	var request map[string]any
	by := func(_ context.Context, body []byte) ([]byte, error) {
		return []byte(`{"data": {"topic": {"title": "Etcd"}}}`), json.Unmarshal(body, &request)
	}
	data, err := asking.Data[topic](t.Context(), by, "{ topic }", map[string]any{"key": "etcd"})
	if err != nil || data.Topic == nil || data.Topic.Title != "Etcd" {
		t.Errorf("%+v, %v", data, err)
	}
	if request["query"] != "{ topic }" || request["variables"].(map[string]any)["key"] != "etcd" {
		t.Errorf("it was asked %v", request)
	}
}

func TestErrors(t *testing.T) {
	const both = `{"data": {"topic": {"title": "Etcd"}}, "errors": [{"message": "a", "extensions": {"code": "NOT_FOUND"}}, {"message": "b"}]}`
	_, err := asking.Data[topic](t.Context(), said(both), "", nil)
	if fault.CodeOf(err) != fault.NotFound || fault.Message(err) != "a\nb" {
		t.Errorf("two errors are %v", err)
	}
	data, errs, err := asking.Partly[topic](t.Context(), said(both), "", nil)
	if err != nil || errs.String() != "a\nb" || data.Topic == nil {
		t.Errorf("what there is: %+v, %v, %v", data, errs, err)
	}
	if _, err := asking.Data[topic](t.Context(), said("<html>"), "", nil); err == nil {
		t.Error("HTML is an answer")
	}
	lost := errors.New("lost")
	if _, err := asking.Data[topic](t.Context(), func(context.Context, []byte) ([]byte, error) { return nil, lost }, "", nil); !errors.Is(err, lost) {
		t.Errorf("nobody answers, and it is %v", err)
	}
}
