package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"

	"github.com/open-operations/opsmap/internal/fault"
)

// request is the body of a POST or the parameters of a GET.
type request struct {
	Query         string
	OperationName string
	Variables     map[string]any
	// Hash of a persisted query, empty for none.
	Hash string
	// Wanted beside the answer.
	Wanted wanted
}

// Bounds of a body: encoding/json itself allows 10,000 levels and takes some 100
// times the memory of a short value.
const (
	maxJSONDepth  = 60
	maxJSONValues = 20_000
)

func fromJSON(body []byte) (*request, error) {
	switch depth, values := jsonSize(body); {
	case depth > maxJSONDepth:
		return nil, fault.New(fault.LimitExceeded, "the body is nested more than %d levels deep", maxJSONDepth)
	case values > maxJSONValues:
		return nil, fault.New(fault.LimitExceeded, "the body has more than %d values; send fewer variables", maxJSONValues)
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil || fields == nil {
		return nil, errors.New(`the body is no JSON object; right is {"query": "{ … }"}`)
	}
	req := &request{}
	if err := field(fields, "query", &req.Query); err != nil {
		return nil, err
	}
	if err := field(fields, "operationName", &req.OperationName); err != nil {
		return nil, err
	}
	if err := field(fields, "variables", &req.Variables); err != nil {
		return nil, err
	}
	var extensions map[string]any
	if err := field(fields, "extensions", &extensions); err != nil {
		return nil, err
	}
	var err error
	if req.Hash, err = persistedHash(extensions); err != nil {
		return nil, err
	}
	req.Wanted = wanted{cost: extensions["cost"] == true, explain: extensions["explain"] == true}
	if req.Query == "" && req.Hash == "" {
		return nil, errors.New("the body has no query")
	}
	return req, nil
}

// jsonSize is how deeply brackets are nested outside strings, and about how many
// values there are.
func jsonSize(body []byte) (deepest, values int) {
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		case c == ',' || c == ':':
			values++
		}
	}
	return deepest, values
}

// field reads one member of the body; null and an absent one are the same.
func field(fields map[string]json.RawMessage, name string, into any) error {
	raw, given := fields[name]
	if !given {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if dec.Decode(into) != nil {
		return errors.New("the member " + name + " of the body has the wrong type; query and operationName are strings, variables and extensions are objects")
	}
	return nil
}

func fromQuery(values url.Values) (*request, error) {
	body := map[string]json.RawMessage{}
	for _, name := range []string{"query", "operationName"} {
		if values.Has(name) {
			raw, err := json.Marshal(values.Get(name))
			if err != nil {
				return nil, err
			}
			body[name] = raw
		}
	}
	for _, name := range []string{"variables", "extensions"} {
		if values.Get(name) != "" {
			body[name] = json.RawMessage(values.Get(name))
		}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, errors.New("the parameters variables and extensions hold JSON objects")
	}
	return fromJSON(raw)
}
