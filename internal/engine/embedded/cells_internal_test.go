package embedded

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/open-operations/opsmap/schema"
)

// TestCellsGiveBackWhatTheyGot: whatever is usual in them, also when a type has had more
// forms than are kept.
func TestCellsGiveBackWhatTheyGot(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	k := newModel(catalog).byName["Practice"]
	if len(k.Fields) < 12 {
		t.Fatalf("%d fields make too few forms", len(k.Fields))
	}
	for pattern := range 2 * formsMost {
		values := make([]any, len(k.Fields))
		for i, f := range k.Fields {
			switch {
			case pattern>>(i%12)&1 == 1:
				values[i] = fmt.Sprint(i)
			case i%3 == 0:
				values[i] = f.Default
			case i%3 == 1:
				values[i] = []any{}
			}
		}
		if got := k.cellsOf(values).all(); !reflect.DeepEqual(got, values) {
			t.Fatalf("%v came back as %v", values, got)
		}
	}
	if got := len(k.forms); got > formsMost+1 {
		t.Errorf("%d forms are kept", got)
	}
}
