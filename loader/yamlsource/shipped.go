package yamlsource

import (
	"context"
	"fmt"

	"github.com/open-operations/opsmap/catalogue"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// ShippedName is the name under which the shipped catalogue speaks.
const ShippedName = "catalogue"

// Shipped is the catalogue that ships, as the changeset that brings a store up to
// it. Its id holds the hash of the catalogue, so a store takes each version once.
func Shipped(c *schema.Catalog) (*record.Changeset, error) {
	result, err := FS(catalogue.Files(), "catalogue").Read(context.Background(), loader.Input{Catalog: c, Name: ShippedName})
	if err != nil {
		return nil, err
	}
	if err := result.Err(); err != nil {
		return nil, fmt.Errorf("the catalogue that is built in is wrong:\n%w", err)
	}
	result.Changeset.ID = "catalogue:" + catalogue.Hash()
	return result.Changeset, nil
}
