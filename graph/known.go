package graph

import (
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/vektah/gqlparser/v2/ast"
)

// known is a request that has been read, found valid and compiled. The same bytes
// come again and again, from pages and from clients that poll; what they mean does
// not change, only who asks and when.
type known struct {
	request   *request
	document  *ast.QueryDocument
	operation *ast.OperationDefinition
	compiled  atomic.Pointer[compile.Operation]
}

// Requests that are kept: single ones up to knownRequest bytes, all together and
// with what they were compiled to up to about knownBytes.
const (
	knownRequest = 16 << 10
	knownBytes   = 16 << 20
)

// knownRequests are the requests that were asked of late, by their bytes.
type knownRequests struct {
	mu    sync.Mutex
	lru   *simplelru.LRU[string, *known]
	bytes int
}

func newKnownRequests() *knownRequests {
	k := &knownRequests{}
	// The bound in bytes is reached first.
	lru, err := simplelru.NewLRU(knownBytes/knownLeast, func(body string, of *known) { k.bytes -= weight(body, of) })
	if err != nil {
		panic("BUG: " + err.Error())
	}
	k.lru = lru
	return k
}

func (k *knownRequests) get(body []byte) *known {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, _ := k.lru.Get(string(body))
	return found
}

// keep a request that was answered.
func (k *knownRequests) keep(body []byte, of *known) {
	op := of.compiled.Load()
	if len(body) > knownRequest || op == nil || of.request.Hash != "" {
		// A persisted query is looked up each time, as each token has its own.
		return
	}
	for i := range op.Fields {
		if op.Fields[i].Err != nil {
			return
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	text := string(body)
	if k.lru.Contains(text) {
		return
	}
	k.lru.Add(text, of)
	for k.bytes += weight(text, of); k.bytes > knownBytes; {
		k.lru.RemoveOldest()
	}
}

// About what is kept for a request at least, for each of its bytes (as JSON, as
// text, as a document), and for each column that is read.
const (
	knownLeast  = 2 << 10
	knownByte   = 24
	knownColumn = 320
)

// weight is about how many bytes a request is kept in.
func weight(body string, of *known) int {
	n := knownLeast + knownByte*len(body)
	op := of.compiled.Load()
	for _, r := range op.Plan.Roots {
		n += knownColumn * columns(r)
	}
	for i := range op.Fields {
		if q := op.Fields[i].Question; q != nil {
			for _, j := range q.Joins {
				n += knownColumn * columns(j.Read)
			}
		}
	}
	return n
}

func columns(r *plan.Read) int {
	n := 1 + len(r.Columns)
	for _, c := range r.Columns {
		if c.Read != nil {
			n += columns(c.Read)
		}
	}
	return n
}
