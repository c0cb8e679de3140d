package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

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
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, POST")
		}
		reply.unread(status, err)
		return
	}
	place, ok := t.enter(r.Context())
	if !ok {
		w.Header().Set("Retry-After", retryAfter)
		reply.refuseAs(fault.Unavailable, http.StatusServiceUnavailable, "the server has as much to do as it can; try again in a moment")
		return
	}
	defer place.leave()
	reply.sends = place.sends
	x := &exchange{transport: t, w: w, r: r, reply: reply, body: body, asked: asked, exec: exec, place: place}
	x.run()
}

// exchange is a request that was read and let in, with what answers it.
type exchange struct {
	*transport
	w     http.ResponseWriter
	r     *http.Request
	reply *reply
	// body is the bytes of a POST.
	body  *buffer
	asked *known
	exec  graphql.GraphExecutor
	place *place
}

// run answers the request.
func (x *exchange) run() {
	if x.asked.document == nil {
		if errs := x.prepare.find(x.r.Context(), x.asked); errs != nil {
			x.reply.requestError(&graphql.Response{Errors: errs})
			return
		}
	}
	follows := x.asked.operation.Operation == ast.Subscription
	if follows && !x.reply.streams {
		x.reply.refuse(http.StatusNotAcceptable, "a subscription is answered in %s; ask for it in Accept", typeStream)
		return
	}
	if x.r.Method == http.MethodGet && x.asked.operation.Operation == ast.Mutation {
		x.w.Header().Set("Allow", http.MethodPost)
		x.reply.refuse(http.StatusMethodNotAllowed, "a GET answers queries only; send a %s by POST", x.asked.operation.Operation)
		return
	}
	if follows || x.reply.only {
		x.stream(follows)
		return
	}
	fresh := x.asked.compiled.Load() == nil
	ctx := context.WithValue(x.r.Context(), knownKey, x.asked)
	ctx = context.WithValue(ctx, extensionsKey, x.asked.request.Wanted.and(wantedExtensions(x.r.Header.Values(ExtensionsHeader))))
	responses, ctx := x.exec.DispatchOperation(ctx, x.asked.context())
	response := responses(ctx)
	if response == nil {
		// The client has left.
		return
	}
	if response.Data == nil {
		x.reply.requestError(response)
		return
	}
	if fresh && x.r.Method == http.MethodPost {
		x.known.keep(x.body.b, x.asked)
	}
	x.reply.send(http.StatusOK, response)
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
