package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// store is the SQLite side: one connection, used by one goroutine at a time, and
// what has to be known of the file to write to it.
type store struct {
	// path of the file, empty for a store in memory.
	path     string
	db       *sql.DB
	conn     *sql.Conn
	prepared map[string]*sql.Stmt

	// relations are the numbers of the relations' names.
	relations map[string]int64
	// dormant are the records that have a row but no values.
	dormant map[record.ID]dormant
	// free are numbers of records that are not in use below next.
	free []number
	next number
	// version of the file's content that only other connections change.
	version int64
	// statements is the highest number of a statement so far.
	statements int64
}

// dormant is a record that is not materialised.
type dormant struct {
	number number
	// spoken is true when there is a statement about it; else it is only linked to.
	spoken bool
}

// connect opens the file without changing anything in it.
func connect(ctx context.Context, path string) (*store, error) {
	name := ":memory:"
	if path != "" {
		// A drive letter needs the slash that other systems have anyway.
		slashed := "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")
		name = "file:" + (&url.URL{Path: slashed}).EscapedPath()
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &store{
		path: path, db: db, prepared: map[string]*sql.Stmt{},
		relations: map[string]int64{}, dormant: map[record.ID]dormant{},
	}
	if s.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(s.fault(err, "opened"), db.Close())
	}
	if err := s.exec(ctx, "PRAGMA busy_timeout = 5000"); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// settings of a file that is known to be ours.
func (s *store) settings(ctx context.Context) error {
	for _, pragma := range []string{
		"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -32000",
		"PRAGMA temp_store = MEMORY", "PRAGMA journal_size_limit = 67108864", "PRAGMA cell_size_check = ON",
	} {
		if err := s.exec(ctx, pragma); err != nil {
			return err
		}
	}
	return nil
}

// begin a transaction. The file must be as it was read: another program that
// wrote to it in between has left what is in memory behind.
func (s *store) begin(ctx context.Context) error {
	if err := s.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	version, err := s.contentVersion(ctx)
	if err == nil && version != s.version {
		err = fault.New(fault.Unavailable, "The store %s was written to by another program while opsmap had it open, so nothing more is written to it. Start opsmap again to read what is there now, and stop the other program from writing.", s.name())
	}
	if err != nil {
		s.rollBack(ctx)
	}
	return err
}

func (s *store) contentVersion(ctx context.Context) (int64, error) {
	var version int64
	_, err := s.one(ctx, []any{&version}, "PRAGMA data_version")
	return version, err
}

// close ends the connection; what is in the write-ahead log goes into the file.
func (s *store) close() error {
	var errs []error
	for _, stmt := range s.prepared {
		errs = append(errs, stmt.Close())
	}
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
	}
	return errors.Join(append(errs, s.db.Close())...)
}

// stmt prepares a statement once.
func (s *store) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := s.prepared[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, s.fault(err, "read")
	}
	s.prepared[query] = stmt
	return stmt, nil
}

func (s *store) exec(ctx context.Context, query string, args ...any) error {
	stmt, err := s.stmt(ctx, query)
	if err != nil {
		return err
	}
	return s.execStmt(ctx, stmt, args)
}

func (s *store) execStmt(ctx context.Context, stmt *sql.Stmt, args []any) error {
	if _, err := stmt.ExecContext(ctx, args...); err != nil {
		return s.fault(err, "written")
	}
	return nil
}

// rows calls visit for every row of a query. What visit scans as sql.RawBytes is
// good until the next row.
func (s *store) rows(ctx context.Context, visit func(*sql.Rows) error, query string, args ...any) (err error) {
	stmt, err := s.stmt(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return s.fault(err, "read")
	}
	defer func() {
		if closeErr := rows.Close(); err == nil && closeErr != nil {
			err = s.fault(closeErr, "read")
		}
	}()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return s.fault(err, "read")
	}
	return nil
}

// one reads a single row; found is false when there is none.
func (s *store) one(ctx context.Context, into []any, query string, args ...any) (found bool, err error) {
	err = s.rows(ctx, func(r *sql.Rows) error {
		found = true
		return s.scan(r, into...)
	}, query, args...)
	return found, err
}

func (s *store) scan(r *sql.Rows, into ...any) error {
	if err := r.Scan(into...); err != nil {
		return s.damaged("a row cannot be read: %v", err)
	}
	return nil
}

// name of the store in messages.
func (s *store) name() string {
	if s.path == "" {
		return "in memory"
	}
	return s.path
}

// damaged is what is said of a store that holds what it cannot hold.
func (s *store) damaged(format string, args ...any) error {
	return fault.New(fault.Unavailable,
		"The store %s is damaged: %s. Nothing in it was changed and nothing of it is served. Restore it from a backup, or move the file away together with its -wal and -shm files and start again with an empty store; the catalogue and other sources can be loaded anew.",
		s.name(), fmt.Sprintf(format, args...))
}

// fault turns an error of SQLite into what a person can act on. done is what
// could not be done to the store.
func (s *store) fault(err error, done string) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fault.Wrap(fault.Unavailable, err, "The store %s cannot be %s: %v.", s.name(), done, err)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT:
		return s.damaged("SQLite finds it malformed (%v)", err)
	case sqlite3.SQLITE_NOTADB:
		return notAStore(s.path)
	case sqlite3.SQLITE_FULL:
		return fault.Wrap(fault.Unavailable, err, "The store %s cannot be written: the disk is full. The change was not made and everything before it is safe. Make room and repeat it.", s.name())
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH:
		return fault.Wrap(fault.Unavailable, err, "The store %s cannot be %s: the file or its directory does not allow it (%v). SQLite needs the right to write both. Give it to the user who runs opsmap, or keep the store elsewhere (OPSMAP_STORE=file:PATH).", s.name(), done, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Wrap(fault.Unavailable, err, "The store %s cannot be %s: another program holds it (%v). Close SQLite tools that have it open in a transaction and try again.", s.name(), done, err)
	}
	return fault.Wrap(fault.Unavailable, err, "The store %s cannot be %s: %v. The change was not made and everything before it is safe. Look at the disk and its file system.", s.name(), done, err)
}

func notAStore(path string) error {
	return fault.New(fault.Unavailable,
		"The file %s is no store of opsmap, and was left as it is. Name the right file (OPSMAP_STORE=file:PATH), or a new one to start with an empty store.", path)
}

// writable refuses a file that may not be written to. SQLite would open it as if
// nothing were wrong, leave files of the same rights beside it, and say so at the
// first change. It is asked under the lock, before SQLite has the file open: to
// close a file here would undo the locks that SQLite holds on it.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "The store %s cannot be written: the file does not allow it (%v). Give the user who runs opsmap the right to write it, or keep the store elsewhere (OPSMAP_STORE=file:PATH).", path, plain(err))
	}
	return nil
}

// prepareFile makes sure that there is a file that only its owner reads, and
// gives its path without symbolic links, so that one file has one lock.
func prepareFile(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fault.Wrap(fault.Unavailable, err, "The store %s has no path: %v.", path, err)
	}
	refuse := func(err error) error {
		return fault.Wrap(fault.Unavailable, err, "The store %s cannot be created (%v). Give the user who runs opsmap the right to write in %s, or keep the store elsewhere (OPSMAP_STORE=file:PATH).", abs, plain(err), filepath.Dir(abs))
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o700); err != nil {
		return "", refuse(err)
	}
	if info, err := os.Stat(abs); err == nil && !info.Mode().IsRegular() {
		return "", notAStore(abs)
	} else if errors.Is(err, os.ErrNotExist) {
		f, err := os.OpenFile(abs, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return "", refuse(err)
		}
		if err := f.Close(); err != nil {
			return "", refuse(err)
		}
	}
	resolved, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", refuse(err)
	}
	return resolved, nil
}
