package neo4jdev

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// The driver is fenced into internal/engine/neo4j, and all that is asked here is "do you answer, and which Neo4j are
// you". From Bolt 5.1 on the greeting needs no login.
var (
	handshake = []byte{
		0x60, 0x60, 0xB0, 0x17, // "this is Bolt"
		0, 7, 8, 5, // 5.8 and the seven versions before it
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	}
	agent       = "opsmap-dev/1"
	serverAgent = regexp.MustCompile(`Neo4j/([0-9A-Za-z.+-]+)`)
)

const probeWithin = 10 * time.Second

// probe returns the version that a server states.
func probe(ctx context.Context, uri string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	conn, err := dial(ctx, uri)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return "", err
		}
	}
	if err := agree(conn); err != nil {
		return "", err
	}
	answer, err := hello(conn)
	if err != nil {
		return "", err
	}
	stated := serverAgent.FindSubmatch(answer)
	if stated == nil {
		return "", errors.New("it speaks Bolt but does not say that it is Neo4j")
	}
	return string(stated[1]), nil
}

func dial(ctx context.Context, uri string) (net.Conn, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, err
	}
	port := u.Port()
	if port == "" {
		port = "7687"
	}
	addr := net.JoinHostPort(u.Hostname(), port)
	if !strings.Contains(u.Scheme, "+s") {
		return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	}
	// Nothing is sent that a false server could use, so that +ssc, which trusts any certificate, can be honoured here.
	secure := &tls.Config{InsecureSkipVerify: strings.HasSuffix(u.Scheme, "+ssc")} //nolint:gosec // see above
	return (&tls.Dialer{Config: secure}).DialContext(ctx, "tcp", addr)
}

func agree(conn io.ReadWriter) error {
	if _, err := conn.Write(handshake); err != nil {
		return err
	}
	var version [4]byte
	if _, err := io.ReadFull(conn, version[:]); err != nil {
		return fmt.Errorf("it does not speak Bolt: %w", err)
	}
	if version == [4]byte{} {
		return errors.New("it speaks no Bolt of version 5.1 to 5.8: Neo4j 5.26 is wanted")
	}
	return nil
}

// hello sends HELLO {user_agent, bolt_agent: {product}} in one chunk and returns the answer's first chunk.
func hello(conn io.ReadWriter) ([]byte, error) {
	text := func(s string) []byte { return append([]byte{0xD0, byte(len(s))}, s...) } // PackStream, up to 255 bytes
	message := []byte{0xB1, 0x01, 0xA2}
	message = append(append(message, text("user_agent")...), text(agent)...)
	message = append(append(message, text("bolt_agent")...), 0xA1)
	message = append(append(message, text("product")...), text(agent)...)
	chunk := binary.BigEndian.AppendUint16(nil, uint16(len(message)))
	if _, err := conn.Write(append(append(chunk, message...), 0, 0)); err != nil {
		return nil, err
	}
	var size uint16
	if err := binary.Read(conn, binary.BigEndian, &size); err != nil {
		return nil, err
	}
	answer := make([]byte, size)
	_, err := io.ReadFull(conn, answer)
	return answer, err
}
