// Package client asks an HTTP server as fast as it answers, on a number of
// connections that stay open. It spends as little as it can itself, because it
// runs on the same processors as the server it measures.
package client

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Request is one request as it goes over the wire.
type Request []byte

// Post is a POST of a JSON body.
func Post(host, path string, body []byte) Request {
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n",
		path, host, len(body))
	return append([]byte(head), body...)
}

// Conn is one connection, asked one request at a time.
type Conn struct {
	conn net.Conn
	in   *bufio.Reader
}

// Dial connects.
func Dial(addr string) (*Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &Conn{conn: c, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

// Close ends the connection.
func (c *Conn) Close() error { return c.conn.Close() }

// Do sends a request and reads the whole answer; body, when it is not nil, gets
// what the server sent. Any status but 200 is an error.
func (c *Conn) Do(r Request, body *bytes.Buffer) error {
	if _, err := c.conn.Write(r); err != nil {
		return err
	}
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	ok := bytes.HasPrefix(status, []byte("HTTP/1.1 200"))
	if !ok {
		status = bytes.Clone(status)
	}
	length, chunked, err := c.head()
	if err != nil {
		return err
	}
	into := io.Discard
	if body != nil {
		into = body
	}
	if chunked {
		err = c.chunks(into)
	} else {
		err = c.copy(into, length)
	}
	if err == nil && !ok {
		err = fmt.Errorf("the server answers %s", bytes.TrimSpace(status))
	}
	return err
}

// head reads the header up to the empty line.
func (c *Conn) head() (length int, chunked bool, err error) {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return length, chunked, nil
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case len(name) == len("Content-Length") && bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, false, err
			}
		case len(name) == len("Transfer-Encoding") && bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
}

func (c *Conn) copy(into io.Writer, n int) error {
	if into == io.Discard {
		_, err := c.in.Discard(n)
		return err
	}
	_, err := io.CopyN(into, c.in, int64(n))
	return err
}

func (c *Conn) chunks(into io.Writer) error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if err := c.copy(into, int(n)); err != nil {
			return err
		}
		if _, err := c.in.Discard(2); err != nil || n == 0 {
			return err
		}
	}
}

// Connections is how many ask at once.
const Connections = 8

// Rate asks the requests in turn, on all connections at once, for a while, and
// tells how many were answered in a second.
func Rate(addr string, requests []Request, during time.Duration) (float64, error) {
	var group sync.WaitGroup
	var done atomic.Int64
	errs := make([]error, Connections)
	start := time.Now()
	for i := range Connections {
		group.Go(func() {
			n, err := ask(addr, requests, i, start.Add(during))
			done.Add(n)
			errs[i] = err
		})
	}
	group.Wait()
	return float64(done.Load()) / time.Since(start).Seconds(), errors.Join(errs...)
}

func ask(addr string, requests []Request, first int, until time.Time) (n int64, err error) {
	c, err := Dial(addr)
	if err != nil {
		return 0, err
	}
	defer c.Close() //nolint:errcheck // everything was read
	for i := first * len(requests) / Connections; time.Now().Before(until); i++ {
		if err := c.Do(requests[i%len(requests)], nil); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
