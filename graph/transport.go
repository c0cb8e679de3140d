package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Handler serves GraphQL over HTTP (the specification of that name, 2025-05
// draft): POST with JSON, and GET for queries.
func Handler(s *Schema) http.Handler {
	server := handler.New(s)
	server.AddTransport(&transport{schema: s, prepare: newPreparer(s.Schema(), s.config.Document), known: newKnownRequests(), watch: newWatch(s.config), admission: newAdmission(s.config)})
	return server
}

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

// transport reads requests and writes answers. gqlgen's own would read a body of
// any size, repeat a malformed one in its error, and check every byte of an
// answer that was only just encoded.
type transport struct {
	schema  *Schema
	prepare *preparer
	known   *knownRequests
	watch   *watch
	*admission
}

var _ graphql.Transport = (*transport)(nil)

// Supports every request: what cannot be served is refused with a reason.
func (t *transport) Supports(*http.Request) bool { return true }

// The media types of answers.
const (
	typeResponse = "application/graphql-response+json"
	typeJSON     = "application/json"
)

// Do answers one request.
func (t *transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media, ok := accepted(r.Header.Values("Accept"))
	reply := &reply{w: w, media: media, streams: acceptsStream(r.Header.Values("Accept"))}
	defer func() {
		if fault := recover(); fault != nil && !aborts(fault) {
			err := fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
			reply.requestError(&graphql.Response{Errors: gqlerror.List{t.schema.present(r.Context(), err, nil)}})
		}
	}()
	if !ok {
		reply.media, reply.only = typeJSON, reply.streams
	}
	if !ok && !reply.streams {
		reply.refuse(http.StatusNotAcceptable, "this server answers in %s or %s; ask for one of them in Accept", typeResponse, typeJSON)
		return
	}
	body := buffers.get()
	defer buffers.put(body)
	asked, status, err := t.read(r, body)
	if err != nil {
		reply.unread(status, err)
		return
	}
	if !t.enter(r.Context()) {
		w.Header().Set("Retry-After", retryAfter)
		reply.refuseAs(fault.Unavailable, http.StatusServiceUnavailable, "the server has as much to do as it can; try again in a moment")
		return
	}
	left := false
	leave := func() {
		if !left {
			left = true
			t.leave()
		}
	}
	defer leave()
	t.run(w, r, reply, asked, body, exec, leave)
}

// run answers a request that was read and let in.
func (t *transport) run(w http.ResponseWriter, r *http.Request, reply *reply, asked *known, body *buffer, exec graphql.GraphExecutor, leave func()) {
	if asked.document == nil {
		if errs := t.prepare.find(asked); errs != nil {
			reply.requestError(&graphql.Response{Errors: errs})
			return
		}
	}
	follows := asked.operation.Operation == ast.Subscription
	if follows && !reply.streams {
		reply.refuse(http.StatusNotAcceptable, "a subscription is answered in %s; ask for it in Accept", typeStream)
		return
	}
	if r.Method == http.MethodGet && asked.operation.Operation == ast.Mutation {
		w.Header().Set("Allow", http.MethodPost)
		reply.refuse(http.StatusMethodNotAllowed, "a GET answers queries only; send a %s by POST", asked.operation.Operation)
		return
	}
	if follows || reply.only {
		// Whoever follows waits most of the time, and takes a place while there is work.
		leave()
		t.stream(&stream{transport: t, w: w, control: http.NewResponseController(w), asked: asked, exec: exec, follows: follows}, r, reply)
		return
	}
	fresh := asked.compiled.Load() == nil
	ctx := context.WithValue(r.Context(), knownKey, asked)
	ctx = context.WithValue(ctx, extensionsKey, asked.request.Wanted.and(wantedExtensions(r.Header.Values(ExtensionsHeader))))
	responses, ctx := exec.DispatchOperation(ctx, asked.context())
	response := responses(ctx)
	if response == nil {
		// The client has left.
		return
	}
	if response.Data == nil {
		reply.requestError(response)
		return
	}
	if fresh && r.Method == http.MethodPost {
		t.known.keep(body.b, asked)
	}
	reply.send(http.StatusOK, response)
	buffers.put(&buffer{response.Data})
}

// read reads what is asked; body gets the bytes of a POST.
func (t *transport) read(r *http.Request, body *buffer) (asked *known, status int, err error) {
	var req *request
	switch r.Method {
	case http.MethodGet:
		req, err = fromQuery(r.URL.Query())
		status = http.StatusBadRequest
	case http.MethodPost:
		if status, err = t.readBody(r, body); err != nil {
			return nil, status, err
		}
		if asked = t.known.get(body.b); asked != nil {
			return asked, 0, nil
		}
		req, err = fromJSON(body.b)
		status = http.StatusBadRequest
	default:
		return nil, http.StatusMethodNotAllowed, errors.New("GraphQL is asked by POST, or by GET for queries")
	}
	return &known{request: req}, status, err
}

func (t *transport) readBody(r *http.Request, body *buffer) (status int, err error) {
	if !isJSON(r.Header.Get("Content-Type")) {
		return http.StatusUnsupportedMediaType, errors.New("the body has to be JSON in UTF-8; right is the header content-type: application/json")
	}
	if r.Header.Get("Content-Encoding") != "" {
		return http.StatusUnsupportedMediaType, errors.New("compressed bodies are not read; send the JSON as it is")
	}
	if err := body.readFrom(http.MaxBytesReader(nil, r.Body, t.schema.config.MaxBody)); err != nil {
		if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return http.StatusRequestEntityTooLarge, fault.New(fault.LimitExceeded, "the body is larger than %d bytes", large.Limit)
		}
		return http.StatusBadRequest, errors.New("the body could not be read to its end")
	}
	return 0, nil
}

// isJSON reports whether a content type is JSON in UTF-8.
func isJSON(contentType string) bool {
	if contentType == typeJSON {
		return true
	}
	media, params, err := mime.ParseMediaType(contentType)
	charset := params["charset"]
	return err == nil && media == typeJSON && (charset == "" || strings.EqualFold(charset, "utf-8"))
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

// accepted chooses the media type of the answer; ok is false when the client takes
// neither.
func accepted(headers []string) (media string, ok bool) {
	if len(headers) == 0 {
		return typeJSON, true
	}
	if len(headers) == 1 {
		switch headers[0] {
		case typeJSON, "*/*":
			return typeJSON, true
		case typeResponse:
			return typeResponse, true
		}
	}
	best, bestQuality := "", 0.0
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
			continue
		}
		switch media {
		case "*/*", "application/*":
			media = typeJSON
		case typeJSON, typeResponse:
		default:
			continue
		}
		if q := quality(params["q"]); q > bestQuality {
			best, bestQuality = media, q
		}
	}
	return best, best != ""
}

func quality(q string) float64 {
	if q == "" {
		return 1
	}
	var f float64
	if json.Unmarshal([]byte(q), &f) != nil {
		return 0
	}
	return f
}

// reply writes answers.
type reply struct {
	w     http.ResponseWriter
	media string
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

func (r *reply) send(status int, response *graphql.Response) {
	body := buffers.get()
	defer buffers.put(body)
	body.b = appendResponse(body.b, response)
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
