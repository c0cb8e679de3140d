package socket

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
)

// viewAs carries the lower viewer that a command asks as.
const viewAs = "Opsmap-View-As"

// statusRefused marks an answer that is an error of ours, as JSON.
const statusRefused = http.StatusUnprocessableEntity

// wireError is an error as it crosses the socket.
type wireError struct {
	Code    fault.Code `json:"code"`
	Message string     `json:"message"`
}

// refuse sends an error. The command is the owner's and sees all of it.
func refuse(w http.ResponseWriter, err error) {
	w.WriteHeader(statusRefused)
	message := err.Error()
	if fault.CodeOf(err) != fault.Internal {
		message = fault.Message(err)
	}
	//nolint:errchkjson // a command that has left does not miss it
	_ = json.NewEncoder(w).Encode(wireError{fault.CodeOf(err), message})
}

func refusal(answer []byte) error {
	var e wireError
	if err := json.Unmarshal(answer, &e); err != nil {
		return fault.Wrap(fault.Internal, err, "the server's answer cannot be read")
	}
	return fault.New(e.Code, "%s", e.Message)
}

// wireToken is a new token with its secret.
type wireToken struct {
	Secret string      `json:"secret"`
	Token  token.Token `json:"token"`
}

// tokenRoutes let the owner's commands make, list and revoke tokens.
func tokenRoutes(mux *http.ServeMux, local Local) {
	route := func(pattern string, answer func(r *http.Request) (any, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			value, err := answer(r)
			if err != nil {
				refuse(w, err)
				return
			}
			_ = json.NewEncoder(w).Encode(value) // a command that has left asks again
		})
	}
	route("POST /tokens", func(r *http.Request) (any, error) {
		var g token.Grant
		if err := json.NewDecoder(r.Body).Decode(&g); err != nil {
			return nil, fault.Wrap(fault.BadInput, err, "the request cannot be read")
		}
		secret, t, err := local.CreateToken(r.Context(), g)
		return wireToken{secret, t}, err
	})
	route("GET /tokens", func(r *http.Request) (any, error) { return local.ListTokens(r.Context()) })
	route("DELETE /tokens/{id}", func(r *http.Request) (any, error) {
		return struct{}{}, local.RevokeToken(r.Context(), r.PathValue("id"))
	})
}

// CreateToken makes a token; the secret is not kept.
func (r *Remote) CreateToken(ctx context.Context, g token.Grant) (string, token.Token, error) {
	body, err := json.Marshal(g)
	if err != nil {
		return "", token.Token{}, err
	}
	var made wireToken
	err = r.ask(ctx, http.MethodPost, "/tokens", body, &made)
	return made.Secret, made.Token, err
}

// ListTokens is all tokens, by the time they were made.
func (r *Remote) ListTokens(ctx context.Context) ([]token.Token, error) {
	var all []token.Token
	err := r.ask(ctx, http.MethodGet, "/tokens", nil, &all)
	return all, err
}

// RevokeToken ends a token at once.
func (r *Remote) RevokeToken(ctx context.Context, id string) error {
	return r.ask(ctx, http.MethodDelete, "/tokens/"+url.PathEscape(id), nil, &struct{}{})
}

func (r *Remote) ask(ctx context.Context, method, path string, body []byte, into any) error {
	answer, err := r.do(ctx, method, path, body)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fault.Wrap(fault.Internal, err, "the server's answer cannot be read")
	}
	return nil
}
