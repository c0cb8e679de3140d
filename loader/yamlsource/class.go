package yamlsource

import (
	"fmt"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// The names in a record that say who may see it.
const (
	levelName      = "confidentiality"
	conditionsName = string(schema.Conditions)
	audienceName   = string(schema.Audience)
)

func isAccess(name string) bool {
	return name == levelName || name == conditionsName || name == audienceName
}

// access reads who may see a record.
func (d *document) access(r *draft, name, v *yaml.Node) {
	if r.class.line == 0 {
		r.class.line = name.Line
	}
	switch name.Value {
	case levelName:
		if v.Kind != yaml.ScalarNode || isNull(v) {
			d.problem(r.node(v), fmt.Sprintf("%s: %s is %s", r.label, levelName, kindOf(v)), "right is the key of a "+levelType)
			return
		}
		r.class.level = target{key: v.Value, line: v.Line}
	case conditionsName:
		d.conditions(r, name.Line, v)
	default:
		groups, _, ok := d.coerce(r, r.typ.Field(audienceName), audienceName, name.Line, v)
		if !ok {
			return
		}
		for _, g := range groups.([]any) {
			if g == "" {
				d.problem(r.node(name), r.label+": audience names an empty group", "right is the name of a group")
			}
			r.class.audience = append(r.class.audience, g.(string))
		}
	}
}

func (d *document) conditions(r *draft, line int, v *yaml.Node) {
	f := r.typ.Field(conditionsName)
	list, lines, ok := d.coerce(r, f, conditionsName, line, v)
	if !ok {
		return
	}
	r.class.then = lines
	text := func(o record.Object, name string) string {
		s, _ := o[f.Object.Field(name).Index].(string)
		return s
	}
	for _, item := range list.([]any) {
		o := item.(record.Object)
		until, err := time.Parse(time.RFC3339, text(o, "until"))
		if err != nil {
			panic("BUG: an instant that was read is no instant: " + err.Error())
		}
		r.class.conditions = append(r.class.conditions, access.Condition{Reason: text(o, "reason"), Until: until, Then: text(o, "then")})
	}
}

// class is the record's own, or that of the load where it states none.
func (d *draft) access(fallback access.Class) access.Class {
	if d.class.line == 0 {
		return fallback
	}
	return access.NewClass(access.Atom{Level: d.class.level.key, Conditions: d.class.conditions, Audience: d.class.audience})
}
