package httpd

import (
	"net/http"
	"time"
)

// An answer is written in pieces, and each has to be taken within a time: a deadline
// for the whole would cut off whoever is far away, and without any a client that does
// not read keeps its answer in memory for good.
const (
	pieceSize   = 64 << 10
	pieceWithin = 10 * time.Second
)

// paced ends the connections of clients that take no piece of their answer in time.
func paced(within time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&pacedWriter{ResponseWriter: w, control: http.NewResponseController(w), within: within}, r)
	})
}

type pacedWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	within  time.Duration
}

// Unwrap lets an http.ResponseController reach the connection.
func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Write writes b piece by piece. What stays in a buffer until the handler ends falls
// under the last deadline.
func (w *pacedWriter) Write(b []byte) (written int, err error) {
	for {
		if err := w.control.SetWriteDeadline(time.Now().Add(w.within)); err != nil {
			return written, err
		}
		n, err := w.ResponseWriter.Write(b[:min(len(b), pieceSize)])
		written, b = written+n, b[n:]
		if err != nil || len(b) == 0 {
			return written, err
		}
	}
}
