package socket

import (
	"crypto/sha256"
	"fmt"
	"net/http"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/schema"
)

// revision of the protocol: another for every change of the routes, of the JSON that
// crosses the socket (testdata/protocol.txt), or of what is meant by it.
const revision = 5

// protocolHeader carries the protocol of whoever speaks, with every request and every
// answer. Until revision 1 nobody sent it.
const protocolHeader = "Opsmap-Protocol"

// protocolOf is what two sides have to have in common to understand each other: the
// revision, and the model, which says how statements and questions are read.
func protocolOf(catalog *schema.Catalog) string {
	model := sha256.Sum256([]byte(catalog.SDL()))
	return fmt.Sprintf("%d-%x", revision, model[:6])
}

// errForeign is that of a command and a server that have no protocol in common.
var errForeign = fault.New(fault.Unavailable,
	"The server that holds the store runs another version of opsmap than this command, and they do not understand each other. Restart the server with this opsmap, or use the opsmap that it runs.")

// speaking makes a handler say which protocol it speaks, and refuse whoever speaks
// another. Anybody may ask whether a server is there.
func speaking(protocol string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(protocolHeader, protocol)
		if r.URL.Path != pingPath && r.Header.Get(protocolHeader) != protocol {
			refuse(w, errForeign)
			return
		}
		next.ServeHTTP(w, r)
	})
}
