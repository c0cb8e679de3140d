package question

import (
	"slices"

	"github.com/open-operations/opsmap/internal/access"
)

// viewer says who is asking: nothing of it comes from the map.
func (a *Asker) viewer(c Call) Result {
	v := c.Guard.Viewer
	role := v.Role
	if role == "" {
		role = access.Reader
	}
	groups := []any{}
	for _, g := range slices.Sorted(slices.Values(v.Groups)) {
		groups = append(groups, g)
	}
	return Result{"clearance": v.Clearance, "role": string(role), "groups": groups}
}
