package graph

import (
	"context"
	"crypto/sha256"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// stream is an operation whose answers are sent as events.
type stream struct {
	*exchange
	control *http.ResponseController
	// follows: the operation is a subscription.
	follows bool
	// sent is a hash of the last answer.
	sent [sha256.Size]byte
}

// writeWithin is how long a client may take to read an event.
const writeWithin = 10 * time.Second

// stream answers with events until there is nothing to follow any more. Whoever
// follows waits most of the time, and takes a place while there is work.
func (x *exchange) stream(follows bool) {
	x.place.leave()
	s := &stream{exchange: x, control: http.NewResponseController(x.w), follows: follows}
	if follows {
		if !s.watch.follow() {
			s.w.Header().Set("Retry-After", retryAfter)
			s.reply.refuseAs(fault.Unavailable, http.StatusServiceUnavailable, "as many as there may be follow something already; try again in a moment")
			return
		}
		defer s.watch.unfollow()
	}
	header := s.w.Header()
	header.Set("Content-Type", typeStream+"; charset=utf-8")
	// A proxy that collects answers would hold events back.
	header.Set("X-Accel-Buffering", "no")
	// The deadline for reading requests would end the stream. A writer that has none,
	// as that of a command, needs no other.
	_ = s.control.SetReadDeadline(time.Time{})
	s.w.WriteHeader(http.StatusOK)
	s.sendEach(s.r.Context())
}

// sendEach sends the answer, then each other one there is.
func (s *stream) sendEach(ctx context.Context) {
	ctx = context.WithValue(ctx, knownKey, s.asked)
	stopping, _ := ctx.Value(stoppingKey).(<-chan struct{})
	beat := time.NewTicker(s.schema.config.Heartbeat)
	defer beat.Stop()
	for {
		changed := s.watch.next()
		if !s.answer(ctx) || !s.follows {
			s.event("complete", nil)
			return
		}
		select {
		case <-changed:
		case <-beat.C:
			// Levels change by the clock, too: it is asked again.
			if !s.send([]byte(":\n\n")) {
				return
			}
		case <-stopping:
			s.event("complete", nil)
			return
		case <-ctx.Done():
			return
		}
	}
}

// answer sends the answer where it is another one than the last; false ends the
// stream.
func (s *stream) answer(ctx context.Context) bool {
	ctx, err := renewed(ctx)
	if err != nil {
		s.next(&graphql.Response{Errors: gqlerror.List{s.schema.present(ctx, err, nil)}})
		return false
	}
	place, ok := s.enter(ctx)
	if !ok {
		// It is asked again when the store changes, or at the next beat.
		return true
	}
	response := s.respond(ctx, place)
	switch {
	case response == nil:
		return false
	case response.Data == nil && passing(response):
		return true
	}
	return s.next(response) && response.Data != nil
}

// respond asks once more. The place is left before a slow client reads the answer.
func (s *stream) respond(ctx context.Context, place *place) *graphql.Response {
	defer place.leave()
	responses, ctx := s.exec.DispatchOperation(ctx, s.asked.context())
	return responses(ctx)
}

// passing reports whether an error may be gone the next time.
func passing(response *graphql.Response) bool {
	c := fault.Code(code(response))
	return c == fault.Unavailable || c == fault.Timeout
}

// renewed finds out again who asks.
func renewed(ctx context.Context) (context.Context, error) {
	renew, _ := ctx.Value(renewalKey).(func(context.Context) (access.Viewer, error))
	if renew == nil {
		return ctx, nil
	}
	viewer, err := renew(ctx)
	return WithViewer(ctx, viewer), err
}

// next sends a response unless it is the last one again; false when the client has
// left.
func (s *stream) next(response *graphql.Response) bool {
	body := buffers.get()
	defer buffers.put(body)
	body.b = appendResponse(body.b, response)
	if response.Data != nil {
		buffers.put(&buffer{response.Data})
	}
	sum := sha256.Sum256(body.b)
	if sum == s.sent {
		return true
	}
	s.sent = sum
	return s.event("next", body.b)
}

// event sends one.
func (s *stream) event(name string, data []byte) bool {
	b := make([]byte, 0, len(name)+len(data)+32)
	b = append(append(b, "event: "...), name...)
	b = append(append(b, "\ndata: "...), data...)
	return s.send(append(b, "\n\n"...))
}

func (s *stream) send(b []byte) bool {
	_ = s.control.SetWriteDeadline(time.Now().Add(writeWithin)) // see stream
	if _, err := s.w.Write(b); err != nil {
		return false
	}
	// A writer that keeps everything, as that of a command, has nothing to flush.
	_ = s.control.Flush()
	return true
}
