package main

import (
	"context"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// called are the records of the store that forms may name by what they are called.
func (p *program) called(ctx context.Context, s session) ([]loader.Named, error) {
	type node struct {
		Type             string `json:"__typename"`
		Key, Name, Title string
		Aliases          []string
	}
	var all []loader.Named
	for _, of := range [][2]string{{"platforms", "__typename key name aliases"}, {"practices", "__typename key title"}, {"capabilities", "__typename key name"}} {
		err := pages(ctx, s, of[0], of[1], func(n node) {
			names := make([]string, 0, len(n.Aliases)+1)
			for _, name := range append([]string{n.Name, n.Title}, n.Aliases...) {
				if name != "" {
					names = append(names, name)
				}
			}
			all = append(all, loader.Named{ID: record.ID{Type: n.Type, Key: n.Key}, Names: names})
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
