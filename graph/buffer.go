package graph

import (
	"errors"
	"io"
	"sync"
)

// buffer is bytes that are used again for another request.
type buffer struct{ b []byte }

// readFrom reads to the end.
func (b *buffer) readFrom(r io.Reader) error {
	for {
		if len(b.b) == cap(b.b) {
			b.b = append(b.b, 0)[:len(b.b)]
		}
		n, err := r.Read(b.b[len(b.b):cap(b.b)])
		b.b = b.b[:len(b.b)+n]
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// bufferPool keeps buffers between requests. What is in one must not be looked at
// once it has been put back.
type bufferPool struct{ pool sync.Pool }

var buffers bufferPool

// The size of a new buffer, and up to which one is kept: a single large answer is
// no reason to hold on to its memory.
const (
	newBuffer  = 4 << 10
	keptBuffer = 256 << 10
)

func (p *bufferPool) get() *buffer {
	if b, ok := p.pool.Get().(*buffer); ok {
		return b
	}
	return &buffer{make([]byte, 0, newBuffer)}
}

func (p *bufferPool) put(b *buffer) {
	if c := cap(b.b); c >= newBuffer && c <= keptBuffer {
		b.b = b.b[:0]
		p.pool.Put(b)
	}
}
