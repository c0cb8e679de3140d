package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// reply writes answers.
type reply struct {
	w     http.ResponseWriter
	media string
	// sends is told how many bytes are sent now, and what it returns, that they were.
	sends func(size int) (sent func())
	// streams: the client takes a stream of events; only: and nothing else.
	streams, only bool
}

// refuse answers a request that is no GraphQL request.
func (r *reply) refuse(status int, format string, args ...any) {
	r.refuseAs("BAD_REQUEST", status, format, args...)
}

func (r *reply) refuseAs(code fault.Code, status int, format string, args ...any) {
	e := gqlerror.Errorf(format, args...)
	e.Extensions = map[string]any{"code": string(code)}
	r.send(status, &graphql.Response{Errors: gqlerror.List{e}})
}

// unread answers a request that could not be read.
func (r *reply) unread(status int, err error) {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		r.refuseAs(e.Code, status, "%s", e.Message)
		return
	}
	r.refuse(status, "%s", err.Error())
}

// requestError answers a request that was understood and cannot be run. Clients
// of the older media type expect 200 whatever the answer.
func (r *reply) requestError(response *graphql.Response) {
	status := http.StatusOK
	if r.media == typeResponse {
		status = http.StatusBadRequest
		switch fault.Code(code(response)) {
		case fault.Internal:
			status = http.StatusInternalServerError
		case fault.Unavailable, fault.Timeout:
			status = http.StatusServiceUnavailable
		}
	}
	r.send(status, response)
}

func code(response *graphql.Response) string {
	if len(response.Errors) == 0 {
		return ""
	}
	c, _ := response.Errors[0].Extensions["code"].(string)
	return c
}

// send sends the response, whose data is gone then.
func (r *reply) send(status int, response *graphql.Response) {
	body := buffers.get()
	defer buffers.put(body)
	body.b = appendResponse(body.b, response)
	// While it is sent there is one copy of it.
	buffers.put(&buffer{response.Data})
	response.Data = nil
	if r.sends != nil {
		defer r.sends(len(body.b))()
	}
	header := r.w.Header()
	header.Set("Content-Type", r.media+"; charset=utf-8")
	// Without it a long answer would be sent in chunks.
	header.Set("Content-Length", strconv.Itoa(len(body.b)))
	r.w.WriteHeader(status)
	// A client that has left is no error of ours.
	_, _ = r.w.Write(body.b)
}

// appendResponse writes a response as JSON, on one line.
func appendResponse(b []byte, response *graphql.Response) []byte {
	b = append(b, '{')
	if len(response.Errors) > 0 {
		errs, err := json.Marshal(response.Errors)
		if err != nil {
			panic("BUG: errors are always JSON: " + err.Error())
		}
		b = append(append(append(b, `"errors":`...), errs...), ',')
	}
	if response.Data != nil {
		b = append(append(append(b, `"data":`...), response.Data...), ',')
	}
	if len(response.Extensions) > 0 {
		extensions, err := json.Marshal(response.Extensions)
		if err != nil {
			panic("BUG: extensions are always JSON: " + err.Error())
		}
		b = append(append(append(b, `"extensions":`...), extensions...), ',')
	}
	return append(bytes.TrimSuffix(b, []byte(",")), '}')
}
