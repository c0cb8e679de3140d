package embedded_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/fault"
)

// closedStore is the path of a small store that nobody holds, and what is in it.
func closedStore(t *testing.T) (path, dump string) {
	t.Helper()
	w := &world{t: t, catalog: catalogOnce, path: filepath.Join(t.TempDir(), "map.db")}
	w.open()
	w.say(base()...)
	for i := range 40 {
		w.say(says(fmt.Sprintf("Topic:t%d", i), fields{"summary": strings.Repeat("long ", 50)}, links{"layers": ids("Layer:a")}))
	}
	dump = w.dump()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.path, dump
}

// refused opens the file, which must fail with Unavailable and a message that
// names the file and all of words.
func refused(t *testing.T, path string, words ...string) {
	t.Helper()
	e, err := embedded.Open(context.Background(), embedded.Config{Path: path, Catalog: catalogOnce})
	if err == nil {
		_ = e.Close() // it should not be open at all
		t.Fatalf("%s was opened", path)
	}
	if fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("error %v, want UNAVAILABLE", err)
	}
	for _, w := range append(words, path) {
		if !strings.Contains(fault.Message(err), w) {
			t.Errorf("message %q does not say %q", fault.Message(err), w)
		}
	}
}

func TestOneHolder(t *testing.T) {
	w := onDisk(t)
	refused(t, w.path, "in use", fmt.Sprint("process ", os.Getpid()), "OPSMAP_STORE")
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(w.path, link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if _, err := embedded.Open(context.Background(), embedded.Config{Path: link, Catalog: catalogOnce}); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("error %v: a second name is no second store", err)
	}
	w.say(says("Topic:x", nil, nil))
	w.reopen()
}

func TestOnlyItsOwnerReadsTheFile(t *testing.T) {
	w := openAt(t, filepath.Join(t.TempDir(), "new", "deep", "map.db"))
	w.say(ladder()...)
	for _, name := range []string{w.path, w.path + "-wal", filepath.Dir(w.path)} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v, %v", name, info.Mode(), err)
		}
	}
}

func TestNotAStore(t *testing.T) {
	dir := t.TempDir()
	thesis := filepath.Join(dir, "thesis.txt")
	content := bytes.Repeat([]byte("A thesis, and no store. "), 500)
	if err := os.WriteFile(thesis, content, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, thesis, "no store of opsmap")
	if now, err := os.ReadFile(thesis); err != nil || !bytes.Equal(now, content) {
		t.Error("it was written to", err)
	}
	refused(t, dir, "no store of opsmap")

	other := filepath.Join(dir, "other.db")
	rawSQL(t, other, "CREATE TABLE books (title TEXT)", "PRAGMA application_id = 7")
	refused(t, other, "no store of opsmap")
	plain := filepath.Join(dir, "plain.db")
	rawSQL(t, plain, "CREATE TABLE books (title TEXT)")
	refused(t, plain, "no store of opsmap")
	refused(t, filepath.Join(thesis, "map.db"), "cannot be created")
}

func TestAnEmptyFileBecomesAStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?c#d%20.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := openAt(t, path)
	w.say(ladder()...)
	w.reopen()
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Error("the store is not in the file it was given", err)
	}
}

// rawSQL runs statements on a file as some other tool would.
func rawSQL(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOtherVersions(t *testing.T) {
	path, dump := closedStore(t)
	rawSQL(t, path, "PRAGMA user_version = 99")
	refused(t, path, "newer opsmap", "version 99")
	rawSQL(t, path, "PRAGMA user_version = 0")
	refused(t, path, "version 0")
	rawSQL(t, path, "DROP TABLE token", "PRAGMA user_version = 1")
	if w := openAt(t, path); w.dump() != dump {
		t.Error("what was refused has been changed")
	}
}

func TestRowsThatDoNotFit(t *testing.T) {
	for name, statement := range map[string]string{
		"a class made open":    `UPDATE class SET class = '{}' WHERE number = 0`,
		"a class that is gone": `DELETE FROM class WHERE number = 0`,
		"another title":        `UPDATE node SET fields = replace(fields, 'long', 'lung') WHERE key = 't3'`,
		"another class":        `UPDATE node SET class = 1 WHERE key = 't3'`,
		"a record that sleeps": `UPDATE node SET fields = NULL WHERE key = 't3'`,
		"a record that moved":  `UPDATE node SET number = 9999 WHERE key = 't3'`,
		"a link's class":       `UPDATE link SET class = class + 1`,
		"a link's end":         `UPDATE link SET target = target + 1`,
		"a record that went":   `DELETE FROM node WHERE key = 'a' AND type = 'Layer'`,
		"a revision back":      `UPDATE meta SET value = '3' WHERE name = 'revision'`,
		"no revision":          `DELETE FROM meta WHERE name = 'revision'`,
		"no fields":            `UPDATE node SET fields = '{' WHERE key = 't3'`,
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := closedStore(t)
			rawSQL(t, path, statement)
			refused(t, path, "damaged", "backup")
		})
	}
}

func TestAnotherProgramWrites(t *testing.T) {
	w := onDisk(t)
	w.say(says("Topic:x", nil, nil))
	rawSQL(t, w.path, "SELECT * FROM record", "SELECT * FROM record_link")
	w.say(says("Topic:y", nil, nil))
	rawSQL(t, w.path, "UPDATE meta SET value = 'x' WHERE name = 'store'")
	_, err := w.Apply(context.Background(), changesetOf(says("Topic:z", nil, nil)))
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.Message(err), "another program") {
		t.Errorf("error %v", err)
	}
	w.reopen()
	w.say(says("Topic:z", nil, nil))
}

func TestWithoutTheRightToWrite(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("nothing is forbidden to root, and Windows has other rights")
	}
	path, dump := closedStore(t)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	refused(t, path, "does not allow it")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path + ".lock"); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(path)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	refused(t, path, "lock file", "right to write")
	refused(t, filepath.Join(dir, "new.db"), "cannot be created")
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if w := openAt(t, path); w.dump() != dump {
		t.Error("what was refused has been changed")
	}
}

func TestStatementThatDoesNotFit(t *testing.T) {
	path, _ := closedStore(t)
	rawSQL(t, path, `UPDATE statement SET class = 1 - class`)
	w := openAt(t, path)
	c := changesetOf(says("Topic:t3", fields{"title": "new"}, nil))
	if _, err := w.Apply(context.Background(), c); fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("error %v, want the statement to be found damaged", err)
	}
}

func TestTruncated(t *testing.T) {
	path, _ := closedStore(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []int{100, 4096, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		if err := os.WriteFile(path, whole[:part], 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, path)
	}
}

// TestFlippedBytes flips one byte after the other, all over the file. Either that
// is found out, or it was where nothing is.
func TestFlippedBytes(t *testing.T) {
	path, dump := closedStore(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	step := 2503
	if os.Getenv("OPSMAP_NIGHTLY") != "" {
		step = 97
	}
	found := 0
	for at := 0; at < len(whole); at += step {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0x55
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := embedded.Open(context.Background(), embedded.Config{Path: path, Catalog: catalogOnce})
		if err != nil {
			if found++; fault.CodeOf(err) != fault.Unavailable {
				t.Errorf("byte %d: %v, want UNAVAILABLE", at, err)
			}
			continue
		}
		w := &world{Engine: e, t: t, catalog: catalogOnce}
		if w.dump() != dump {
			t.Errorf("byte %d: something else is served", at)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	if found < len(whole)/step/4 {
		t.Errorf("only %d of %d flipped bytes were found out", found, len(whole)/step)
	}
}
