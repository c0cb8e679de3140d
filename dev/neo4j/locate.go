package neo4jdev

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// Locate finds a Neo4j for tests: the one that OPSMAP_TEST_NEO4J_URI names (with OPSMAP_TEST_NEO4J_USER and
// OPSMAP_TEST_NEO4J_PASSWORD), else one from Maven's jars, else one in a container. Where there is none, the server is
// nil and the sentence says why. The error is for what was asked for and did not work: a named server that does not
// answer, or a context that ended. Tests delete everything in the database that they are given.
func Locate(ctx context.Context) (s *Server, whyNot string, err error) {
	if os.Getenv("OPSMAP_TEST_NEO4J") == "off" {
		return nil, "OPSMAP_TEST_NEO4J=off", nil
	}
	if uri := os.Getenv("OPSMAP_TEST_NEO4J_URI"); uri != "" {
		s, err = named(ctx, uri)
		return s, "", err
	}
	s, noJars := Start(ctx, Options{KeepPlans: true})
	if noJars == nil {
		return s, "", nil
	}
	s, noDocker := startDocker(ctx)
	if noDocker == nil {
		return s, "", nil
	}
	if err := ctx.Err(); err != nil {
		return nil, "", errors.Join(noJars, err)
	}
	return nil, whyNone(noJars, noDocker), nil
}

func whyNone(noJars, noDocker error) string {
	return fmt.Sprintf("no Neo4j: %v; and %v. Or name one that runs in OPSMAP_TEST_NEO4J_URI (tests empty it)",
		noJars, noDocker)
}

// Outlook says in a few words where Locate would take its Neo4j from, and fetches the jars, but starts nothing: what a
// test run can say, and spend, before it begins.
func Outlook(ctx context.Context) (string, error) {
	if os.Getenv("OPSMAP_TEST_NEO4J") == "off" {
		return "", errors.New("OPSMAP_TEST_NEO4J=off")
	}
	if uri := os.Getenv("OPSMAP_TEST_NEO4J_URI"); uri != "" {
		s, err := named(ctx, uri)
		if err != nil {
			return "", err
		}
		return s.Origin, nil
	}
	_, noJars := findJava(ctx)
	if noJars == nil {
		_, noJars = Jars(ctx)
	}
	if noJars == nil {
		return "Neo4j " + Version + " from Maven's jars", nil
	}
	_, noDocker := findDocker(ctx)
	if noDocker == nil {
		return Image + " in Docker", nil
	}
	return "", errors.New(whyNone(noJars, noDocker))
}

func named(ctx context.Context, uri string) (*Server, error) {
	version, err := probe(ctx, uri)
	if err != nil {
		return nil, fmt.Errorf("OPSMAP_TEST_NEO4J_URI=%s does not answer (%w): start it, or unset the variable to have "+
			"one started", uri, err)
	}
	return &Server{
		URI: uri, Version: version,
		User: os.Getenv("OPSMAP_TEST_NEO4J_USER"), Password: os.Getenv("OPSMAP_TEST_NEO4J_PASSWORD"),
		Origin: "Neo4j " + version + " from OPSMAP_TEST_NEO4J_URI",
		stop:   func() {},
	}, nil
}

// Required tells whether a missing Neo4j is a failure: in CI, and where OPSMAP_TEST_NEO4J=required says so.
func Required() bool {
	ci := os.Getenv("CI")
	return os.Getenv("OPSMAP_TEST_NEO4J") == "required" || (ci != "" && ci != "false" && ci != "0")
}

const locateWithin = 15 * time.Minute // the other packages' tests run first, and the jars may have to be fetched

var shared = sync.OnceValues(func() (*Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), locateWithin)
	defer cancel()
	// Never unlocked: the lock ends with this process, as its Neo4j does.
	if _, err := Lock(ctx); err != nil {
		return nil, err
	}
	s, whyNot, err := Locate(ctx)
	if err == nil && s == nil {
		err = unavailableError(whyNot)
	}
	return s, err
})

type unavailableError string

// Error returns the sentence that says why there is no Neo4j.
func (e unavailableError) Error() string { return string(e) }

// Shared returns the one Neo4j of this test process: the first caller takes the lock of Lock and starts it, the end of
// the process ends it. What is in it when a test begins is for the test to delete. It skips the test under -short, and
// where there is no Neo4j and none is required.
func Shared(t testing.TB) *Server {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Neo4j")
	}
	s, err := shared()
	if why, ok := errors.AsType[unavailableError](err); ok && !Required() {
		t.Skip(string(why))
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}
