package graph

import (
	"encoding/json"
	"mime"
	"strings"
)

// The media types of requests and answers; a stream is GraphQL over SSE, distinct
// connections.
const (
	typeResponse = "application/graphql-response+json"
	typeJSON     = "application/json"
	typeStream   = "text/event-stream"
)

// isJSON reports whether a content type is JSON in UTF-8.
func isJSON(contentType string) bool {
	if contentType == typeJSON {
		return true
	}
	media, params, err := mime.ParseMediaType(contentType)
	charset := params["charset"]
	return err == nil && media == typeJSON && (charset == "" || strings.EqualFold(charset, "utf-8"))
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

// acceptsStream reports whether a client names the type of streams; whoever takes
// everything has not asked for one.
func acceptsStream(headers []string) bool {
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err == nil && media == typeStream && quality(params["q"]) > 0 {
			return true
		}
	}
	return false
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
