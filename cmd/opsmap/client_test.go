package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// reply is what came back over HTTP.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a query with headers: pairs of names and values.
func (s *server) ask(query string, headers ...string) reply {
	s.t.Helper()
	return read(s.t, s.post(map[string]string{"query": query}, headers...))
}

// post sends a GraphQL request; the caller closes the body.
func (s *server) post(request map[string]string, headers ...string) *http.Response {
	s.t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.open(http.MethodPost, s.url, body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// do asks for an address and reads the whole answer.
func (s *server) do(method, url string, body []byte, headers ...string) reply {
	s.t.Helper()
	return read(s.t, s.open(method, url, body, headers...))
}

// open asks for an address; the caller closes the body.
func (s *server) open(method, url string, body []byte, headers ...string) *http.Response {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp
}

func read(t *testing.T, resp *http.Response) reply {
	t.Helper()
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(text)}
}
