package minutes

import (
	"encoding/json"
	"io"
)

// Write prints a document as one line of JSON.
func Write(w io.Writer, doc *Document) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}
