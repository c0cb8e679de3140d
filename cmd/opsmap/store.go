package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/token"
)

// store says where the map is kept.
type store struct {
	// File of the embedded engine; empty for none.
	File string
	// Memory: the embedded engine without a file.
	Memory bool
	// Address of Neo4j.
	Address string
}

// locate reads --store.
func (p *program) locate() (store, error) {
	value := p.config.Store
	if value == "" {
		dir, err := p.dataDir()
		if err != nil {
			return store{}, err
		}
		return store{File: filepath.Join(dir, "opsmap.db")}, nil
	}
	scheme, rest, found := strings.Cut(value, ":")
	switch {
	case !found:
		return store{}, fault.New(fault.BadInput, "OPSMAP_STORE is %q; right is file:PATH, memory:, or an address of Neo4j such as neo4j://localhost:7687", value)
	case scheme == "memory":
		return store{Memory: true}, nil
	case scheme == "file" && rest != "":
		return store{File: strings.TrimPrefix(rest, "//")}, nil
	case strings.HasPrefix(scheme, "neo4j") || strings.HasPrefix(scheme, "bolt"):
		return store{Address: value}, nil
	default:
		return store{}, fault.New(fault.BadInput, "OPSMAP_STORE is %q; right is file:PATH, memory:, or an address of Neo4j such as neo4j://localhost:7687", value)
	}
}

// dataDir is the user's own data directory for opsmap.
func (p *program) dataDir() (string, error) {
	if dir, given := p.env("XDG_DATA_HOME"); given && filepath.IsAbs(dir) {
		return filepath.Join(dir, "opsmap"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault.Wrap(fault.Unavailable, err, "there is no home directory to keep the map in; say where with OPSMAP_STORE=file:PATH")
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "opsmap"), nil
	case "windows":
		return filepath.Join(home, "AppData", "Local", "opsmap"), nil
	default:
		return filepath.Join(home, ".local", "share", "opsmap"), nil
	}
}

// keeper keeps the map and, beside it, the tokens.
type keeper interface {
	engine.Engine
	token.Store
}

// open opens the store.
func (p *program) open(ctx context.Context, s store) (keeper, error) {
	if s.Address != "" {
		return neo4j.Open(ctx, neo4j.Config{
			URI: s.Address, User: p.config.Neo4jUser, Password: p.config.Neo4jPassword,
			Database: p.config.Neo4jDatabase, Catalog: p.catalog,
		})
	}
	if s.File != "" {
		if err := os.MkdirAll(filepath.Dir(s.File), 0o700); err != nil {
			return nil, fault.Wrap(fault.Unavailable, err, "the directory of %s cannot be made; choose another place with OPSMAP_STORE=file:PATH", s.File)
		}
	}
	return embedded.Open(ctx, embedded.Config{Path: s.File, Catalog: p.catalog})
}

// String is where the map is kept, for people.
func (s store) String() string {
	switch {
	case s.Address != "":
		return "Neo4j at " + s.Address
	case s.Memory:
		return "memory only; it is gone when the server stops"
	default:
		return s.File
	}
}

// socket is where a server that holds the store listens for the owner's commands;
// empty when the store needs none.
func (s store) socket() string {
	if s.File == "" {
		return ""
	}
	return s.File + ".sock"
}
