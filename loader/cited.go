package loader

import "github.com/open-operations/opsmap/internal/record"

// Cited is where a statement says that it comes from.
type Cited struct {
	// Address is of the web, or that of a collection in which Path leads to a file; Line
	// of it, from 1, 0 for none.
	Address, Path string
	Line          int
}

// CitedBy is the first source that a statement names; zero for none. The members of a
// Source are uri, path, line, as the SDL declares it.
func CitedBy(s *record.Statement) Cited {
	const address, path, line = 0, 1, 2
	var c Cited
	sources, _ := s.Fields["sources"].([]any)
	if len(sources) == 0 {
		return c
	}
	first, _ := sources[0].(record.Object)
	if len(first) <= line {
		return c
	}
	c.Address, _ = first[address].(string)
	c.Path, _ = first[path].(string)
	number, _ := first[line].(int64)
	c.Line = int(number)
	return c
}
