package gather

import (
	"context"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// elsewhere is what the store has of a record from sources that are not read now.
func (r *reader) elsewhere(ctx context.Context, id record.ID) ([]loader.Elsewhere, error) {
	stored, err := r.config.SaidOf(ctx, []record.ID{id})
	if err != nil {
		return nil, err
	}
	var out []loader.Elsewhere
	for i := range stored {
		file := owner(stored[i].Source)
		if r.current[file] {
			continue
		}
		for _, s := range loader.NewPrior(r.config.Catalog, stored[i:i+1]).Of() {
			out = append(out, loader.Elsewhere{Statement: s, Gone: r.speaksFor(file) && r.gone(file)})
		}
	}
	return out, nil
}

// sources of the files of the load.
func (l *Load) sources() map[string]bool {
	out := map[string]bool{}
	for _, files := range l.byFormat {
		for _, f := range files {
			out[f.Source] = true
		}
	}
	return out
}
