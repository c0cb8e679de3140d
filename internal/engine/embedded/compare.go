package embedded

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/text"
)

// tests makes several comparisons of one value ready: it has to pass all of them.
func (w *walk) tests(all []plan.Test) (func(any) bool, error) {
	ready := make([]func(any) bool, len(all))
	for i, t := range all {
		var err error
		if ready[i], err = w.test(t.Op, t.Fold, t.Param); err != nil {
			return nil, err
		}
	}
	if len(ready) == 1 {
		return ready[0], nil
	}
	return func(v any) bool {
		return !slices.ContainsFunc(ready, func(test func(any) bool) bool { return !test(v) })
	}, nil
}

// test makes the comparison of a value with a param ready. A value that is absent
// meets no comparison but that it does not exist.
func (w *walk) test(op plan.Op, fold bool, p plan.Param) (func(any) bool, error) {
	var param any
	if p != plan.NoParam {
		param = w.params[p]
	}
	switch op {
	case plan.Exists:
		want, _ := param.(bool)
		return func(v any) bool { return (v != nil) == want }, nil
	case plan.Eq:
		return testIn([]any{param}, fold), nil
	case plan.In:
		list, _ := param.([]any)
		return testIn(list, fold), nil
	case plan.Contains, plan.StartsWith, plan.EndsWith:
		part, ok := param.(string)
		if !ok {
			return func(any) bool { return false }, nil
		}
		return testPart(op, fold, part), nil
	case plan.Lt:
		return testOrder(param, func(c int) bool { return c < 0 }), nil
	case plan.Lte:
		return testOrder(param, func(c int) bool { return c <= 0 }), nil
	case plan.Gt:
		return testOrder(param, func(c int) bool { return c > 0 }), nil
	case plan.Gte:
		return testOrder(param, func(c int) bool { return c >= 0 }), nil
	}
	return nil, fmt.Errorf("BUG: an operator %q", op)
}

func testOrder(param any, holds func(int) bool) func(any) bool {
	return func(v any) bool {
		if v == nil || param == nil {
			return false
		}
		return holds(ascending.compareValues(v, param))
	}
}

// ascending compares values of no particular field.
var ascending = &term{}

// listed is the length of a list from which on a set is worth its price.
const listed = 8

func testIn(list []any, fold bool) func(any) bool {
	if fold {
		return func(v any) bool {
			s, ok := v.(string)
			return ok && containsValue(list, foldOf(s))
		}
	}
	if len(list) == 1 {
		param := list[0]
		return func(v any) bool { return v != nil && v == param }
	}
	if len(list) <= listed {
		return func(v any) bool { return v != nil && containsValue(list, v) }
	}
	set := make(map[any]struct{}, len(list))
	for _, v := range list {
		set[v] = struct{}{}
	}
	return func(v any) bool {
		_, ok := set[v]
		return ok && v != nil
	}
}

func containsValue(list []any, v any) bool {
	return slices.Contains(list, v)
}

func testPart(op plan.Op, fold bool, part string) func(any) bool {
	holds := strings.Contains
	switch op {
	case plan.StartsWith:
		holds = strings.HasPrefix
	case plan.EndsWith:
		holds = strings.HasSuffix
	}
	if !fold {
		return func(v any) bool {
			s, ok := v.(string)
			return ok && holds(s, part)
		}
	}
	return func(v any) bool {
		s, ok := v.(string)
		switch {
		case !ok:
			return false
		case !isASCII(s):
			return holds(text.Fold(s), part)
		case op == plan.StartsWith:
			return len(s) >= len(part) && isFold(s[:len(part)], part)
		case op == plan.EndsWith:
			return len(s) >= len(part) && isFold(s[len(s)-len(part):], part)
		}
		return containsFold(s, part)
	}
}

// foldOf is text.Fold, which for ASCII is its lower case and far cheaper.
func foldOf(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return text.Fold(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// containsFold reports whether the fold of s, which is ASCII, contains part,
// without making it.
func containsFold(s, part string) bool {
	if part == "" {
		return true
	}
	first := part[0]
	for i := 0; i+len(part) <= len(s); i++ {
		if lower(s[i]) == first && isFold(s[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// isFold reports whether the fold of s, which is ASCII and as long as folded, is
// folded.
func isFold(s, folded string) bool {
	for i := range len(s) {
		if lower(s[i]) != folded[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
