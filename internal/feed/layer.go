package feed

import (
	"context"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/fault"
)

// findLayer refuses a layer that cannot be seen: whoever subscribes to a misspelt one
// would wait for ever. An empty key stands for all layers.
func findLayer(ctx context.Context, by asking.By, key string) error {
	if key == "" {
		return nil
	}
	data, err := asking.Data[struct{ Layer *struct{ Key string } }](ctx, by, `query Layer($key: String!) { layer(key: $key) { key } }`, map[string]any{"key": key})
	if err != nil {
		return err
	}
	if data.Layer == nil {
		return fault.New(fault.NotFound, "there is no layer %q that you may see; { layers { nodes { key } } } lists them", key)
	}
	return nil
}
