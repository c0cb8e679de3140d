package embedded

import "github.com/open-operations/opsmap/schema"

// cells are the values of a record. Of a type's many fields most records use a few: what
// they have of their own is kept with them, and that the rest is empty, or as the model
// has it, is kept once for all records of which the same is so. The zero cells are those
// of no record.
type cells struct {
	form *form
	own  []any
}

// form is which fields of a type have a value of their own.
type form struct {
	// places in cells.own by schema.Field.Index; usual where a field has none.
	places []int16
	// values that the fields have which have none of their own, by index.
	values []any
	// own is how many have one.
	own int
}

const usual = -1

// of is the value of a field.
func (c cells) of(field int) any {
	if at := c.form.places[field]; at != usual {
		return c.own[at]
	}
	return c.form.values[field]
}

// fields is how many there are.
func (c cells) fields() int { return len(c.form.places) }

// all values by schema.Field.Index, as merge.Record has them.
func (c cells) all() []any {
	out := make([]any, c.fields())
	for field := range out {
		out[field] = c.of(field)
	}
	return out
}

// formsMost is how many forms are kept of a type: whoever writes records of ever new ones
// gains nothing by it.
const formsMost = 1000

// forms of a type, by which values are usual in what way. They are used by who writes.
type forms map[string]*form

// The ways in which a value can be usual, and none of them.
const (
	ownValue     byte = '0'
	noValue      byte = '1'
	emptyValue   byte = '2'
	defaultValue byte = '3'
)

// cellsOf puts values, by schema.Field.Index, into cells. They are not kept.
func (k *kind) cellsOf(values []any) cells {
	f := k.formOf(values)
	c := cells{form: f, own: make([]any, 0, f.own)}
	for i, at := range f.places {
		if at != usual {
			c.own = append(c.own, values[i])
		}
	}
	return c
}

func (k *kind) formOf(values []any) *form {
	var room [64]byte
	sign := room[:0]
	for i, v := range values {
		sign = append(sign, usualness(k.Fields[i], v))
	}
	if f := k.forms[string(sign)]; f != nil {
		return f
	}
	if len(k.forms) >= formsMost {
		for i := range sign {
			sign[i] = ownValue
		}
		if f := k.forms[string(sign)]; f != nil {
			return f
		}
	}
	f := newForm(sign, values)
	k.forms[string(sign)] = f
	return f
}

// usualness says in what way a value is usual.
func usualness(f *schema.Field, v any) byte {
	switch v := v.(type) {
	case nil:
		return noValue
	case []any:
		if len(v) == 0 {
			return emptyValue
		}
	case bool, int64, string:
		if v == f.Default || f.System == schema.Version && v == any(int64(1)) {
			return defaultValue
		}
	}
	return ownValue
}

// newForm of values of which it is known in what way they are usual.
func newForm(sign []byte, values []any) *form {
	f := &form{places: make([]int16, len(values)), values: make([]any, len(values))}
	for i, v := range values {
		if sign[i] != ownValue {
			f.places[i], f.values[i] = usual, v
			continue
		}
		f.places[i] = int16(f.own)
		f.own++
	}
	return f
}
