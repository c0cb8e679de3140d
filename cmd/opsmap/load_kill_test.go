package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/bench/data"
)

// childLoad names the folder that the test binary loads when it is started as the
// child that is to be killed; childEnv is its environment.
const (
	childLoad = "OPSMAP_TEST_CHILD_LOAD"
	childEnv  = "OPSMAP_TEST_CHILD_ENV"
)

// TestChildThatLoads is the child.
func TestChildThatLoads(t *testing.T) {
	root := os.Getenv(childLoad)
	if root == "" {
		return // it is started by the test below only
	}
	var env map[string]string
	if err := json.Unmarshal([]byte(os.Getenv(childEnv)), &env); err != nil {
		t.Fatal(err)
	}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	run(context.Background(), []string{"load", "--level", "clear", root}, streams{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr}, lookup)
}

// TestKilledLoad kills a load at many points: the store is as before or as after,
// and the load can be run again.
func TestKilledLoad(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		rounds, files := 4, 40
		if strings.Contains(env["OPSMAP_STORE"], "bolt") {
			rounds = 2
		}
		root := folder(t, manyMinutes(files))
		loadJSON(t, env, exitOK, "--level", "clear", "--collection", "first", folder(t, map[string]string{"a.md": "# 2026-01-01\n\n- first\n"}))
		const count = "{ topics { totalCount } meetings { totalCount } persons { totalCount } }"
		before := mustQuery(t, env, count)
		whole, after := time.Duration(0), ""
		for round := range rounds {
			started := time.Now()
			killLoad(t, env, root, whole*time.Duration(round)/time.Duration(rounds))
			if whole == 0 {
				// The first is let through, to learn how long it takes; then it is undone.
				whole, after = time.Since(started), mustQuery(t, env, count)
				if after == before {
					t.Fatal("nothing was loaded")
				}
			}
			if got := mustQuery(t, env, count); got != before && got != after {
				t.Errorf("round %d: the store is %s, neither %s nor %s", round, got, before, after)
			}
			if r := loadJSON(t, env, exitOK, "--level", "clear", root); round > 0 && len(r.Created) == 0 && mustQuery(t, env, count) != after {
				t.Errorf("round %d: the load cannot be run again", round)
			}
			if got := mustQuery(t, env, count); got != after {
				t.Errorf("round %d: after another load %s, want %s", round, got, after)
			}
			undo(t, env, root)
			if got := mustQuery(t, env, count); got != before {
				t.Errorf("round %d: undone it is %s", round, got)
			}
		}
	})
}

// manyMinutes are invented minutes of n meetings.
func manyMinutes(n int) map[string]string { return maps.Collect(data.Minutes(n)) }

// killLoad starts a load and kills it after a while; 0 lets it end.
func killLoad(t *testing.T, env map[string]string, root string, after time.Duration) {
	t.Helper()
	given, err := json.Marshal(env)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestChildThatLoads$")
	child.Env = append(os.Environ(), childLoad+"="+root, childEnv+"="+string(given))
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		time.AfterFunc(after, func() { _ = child.Process.Kill() }) // it may have ended
	}
	_ = child.Wait() // it was killed
}

// undo empties the folder, loads what is left, and puts the files back.
func undo(t *testing.T, env map[string]string, root string) {
	t.Helper()
	away := filepath.Join(t.TempDir(), "ops")
	if err := os.Rename(filepath.Join(root, "ops"), away); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(root, "README.md"), "# Nothing\n")
	loadJSON(t, env, exitOK, "--level", "clear", root)
	if err := os.Rename(away, filepath.Join(root, "ops")); err != nil {
		t.Fatal(err)
	}
}
