package main

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	neo4jdev "github.com/open-operations/opsmap/dev/neo4j"
)

func TestCheckSaysInOneLineWhatTheTestsWouldUse(t *testing.T) {
	t.Setenv("OPSMAP_TEST_NEO4J", "off")
	t.Setenv("CI", "")
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-check"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "Neo4j tests are SKIPPED: OPSMAP_TEST_NEO4J=off\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	t.Setenv("CI", "true")
	if err := run(t.Context(), []string{"-check"}, io.Discard, io.Discard); err == nil {
		t.Error("in CI a missing Neo4j is a failure")
	}
}

func TestWrongArguments(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"start"}, {"-port", "1"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
}

func TestHowToUseNamesTheStore(t *testing.T) {
	t.Parallel()
	s := &neo4jdev.Server{URI: "bolt://127.0.0.1:7687", Version: "5.26.28"}
	if got := howToUse(s); !strings.Contains(got, "  OPSMAP_STORE=bolt://127.0.0.1:7687 bin/opsmap") {
		t.Error(got)
	}
	s.User, s.Password = "neo4j", "not to be printed"
	if got := howToUse(s); !strings.Contains(got, "OPSMAP_NEO4J_USER=neo4j") || strings.Contains(got, s.Password) {
		t.Error(got)
	}
}

func TestUserDataDir(t *testing.T) {
	want := t.TempDir()
	t.Setenv("XDG_DATA_HOME", want)
	if got, err := userDataDir(); got != want || err != nil {
		t.Error(got, err)
	}
	t.Setenv("XDG_DATA_HOME", "relative")
	if got, err := userDataDir(); !filepath.IsAbs(got) || err != nil {
		t.Error(got, err)
	}
}
