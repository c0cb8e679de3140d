package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/bench/byhand"
	"github.com/open-operations/opsmap/internal/bench/data"
)

// serve listens where the benchmark says.
func serve(ctx context.Context, h http.Handler) error {
	s := &http.Server{Addr: os.Getenv("OPSMAP_BENCH_ADDR"), Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = s.Close()
	}()
	if err := s.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// serveByHand serves the hand-written Cypher.
func serveByHand(ctx context.Context, uri string) error {
	s, err := byhand.Connect(ctx, uri, data.At)
	if err != nil {
		return err
	}
	return errors.Join(serve(ctx, s), s.Close(context.WithoutCancel(ctx)))
}

// serveLimit serves answers that are there already: what net/http can do at best.
// It reads each request to its end, as everybody has to.
func serveLimit(ctx context.Context, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var answers map[string][]string
	if err := json.Unmarshal(text, &answers); err != nil {
		return err
	}
	bodies := map[string][]byte{}
	for shape, variants := range answers {
		for i, answer := range variants {
			bodies["/"+shape+"/"+strconv.Itoa(i)] = []byte(answer)
		}
	}
	return serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := bodies[r.URL.Path]
		if _, err := io.Copy(io.Discard, r.Body); err != nil || !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(body)
	}))
}

// limitPath is where serveLimit has a variant of a shape.
func limitPath(shape string, variant int) string {
	return strings.Join([]string{"", shape, strconv.Itoa(variant)}, "/")
}
