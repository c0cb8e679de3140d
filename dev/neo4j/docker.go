package neo4jdev

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"time"
)

// Image is the container image that is used where Maven's jars cannot be.
const Image = "neo4j:5.26-community"

// A container outlives the program that started it. This one ends with its standard input, as the JVM of Start does:
// when we end, the client's input closes, it closes the shell's, and --rm removes the container.
const untilInputEnds = `/startup/docker-entrypoint.sh neo4j </dev/null & cat >/dev/null; kill $!; wait`

const dockerWithin = 10 * time.Minute // the image may have to be pulled

func findDocker(ctx context.Context) (string, error) {
	docker, err := exec.LookPath("docker")
	if err != nil {
		return "", errors.New("no Docker either")
	}
	// A client without an engine says its own version, so the engine's is what is asked for.
	if err := exec.CommandContext(ctx, docker, "version", "--format", "{{.Server.Version}}").Run(); err != nil {
		return "", errors.New("no Docker engine answers either")
	}
	return docker, nil
}

func startDocker(ctx context.Context) (*Server, error) {
	docker, err := findDocker(ctx)
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr(ctx)
	if err != nil {
		return nil, err
	}
	tail := &tailBuffer{}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), docker, "run", "--rm", "-i",
		"--publish", addr+":7687", "--env", "NEO4J_AUTH=none",
		"--env", "NEO4J_server_memory_heap_max__size=1G", "--env", "NEO4J_dbms_usage__report_enabled=false",
		"--env", "NEO4J_db_tx__log_rotation_retention__policy=512M size",
		"--entrypoint", "tini", Image, "-g", "--", "sh", "-c", untilInputEnds)
	cmd.Stdout, cmd.Stderr = tail, tail
	p, err := startChild(cmd)
	if err != nil {
		return nil, fmt.Errorf("docker run: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, dockerWithin)
	defer cancel()
	version, err := awaitBolt(ctx, "bolt://"+addr, p.done)
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("docker run %s gave no Neo4j (%w): %s", Image, err, lastLine(tail.String()))
	}
	return &Server{
		URI: "bolt://" + addr, Version: version, Origin: "Neo4j " + version + " from Docker", done: p.done, stop: p.stop,
	}, nil
}

// awaitBolt asks until there is an answer or nobody left to give one.
func awaitBolt(ctx context.Context, uri string, done <-chan struct{}) (string, error) {
	for {
		version, err := probe(ctx, uri)
		if err == nil {
			return version, nil
		}
		select {
		case <-ctx.Done():
			return "", errors.Join(err, ctx.Err())
		case <-done:
			return "", errors.New("the container ended")
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// freeAddr is only as good as the moment: somebody else may take the port first. Docker cannot say in time which one
// it took itself.
func freeAddr(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("no free port on 127.0.0.1: %w", err)
	}
	return l.Addr().String(), l.Close()
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexByte(s, '\n')+1:]
}
