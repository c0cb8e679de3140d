package neo4j

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
)

// Open connects to a Neo4j database and makes it ready: indexes, and on first use
// the store's own nodes. A database that holds something else is refused, and so
// is one with a newer form. Its errors are for whoever started the program and
// say what to do; their code is Unavailable, except for a wrong Config.
func Open(ctx context.Context, c Config) (*Engine, error) {
	c = c.withDefaults()
	if err := c.validate(); err != nil {
		return nil, err
	}
	d, err := driver.NewDriverWithContext(c.URI, c.auth(), c.driver)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "%q is no address of a Neo4j; right is one such as neo4j://host:7687 or bolt://host:7687", c.URI)
	}
	e := &Engine{config: c, driver: d, whole: wholeRows, remembers: rememberedRows, bookmarks: driver.NewBookmarkManager(driver.BookmarkManagerConfig{})}
	within, cancel := context.WithTimeout(ctx, c.OpenWithin)
	defer cancel()
	if err := e.prepare(within); err != nil {
		return nil, errors.Join(e.advice(ctx, err), e.Close())
	}
	return e, nil
}

func (c Config) driver(d *config.Config) {
	d.MaxConnectionPoolSize = c.Connections
	d.ConnectionAcquisitionTimeout = c.ConnectWithin
	d.SocketConnectTimeout = c.ConnectWithin
	d.MaxTransactionRetryTime = c.RetryFor
	d.NotificationsMinSeverity = notifications.DisabledLevel
	d.TelemetryDisabled = true
	d.UserAgent = "opsmap"
}

func (e *Engine) prepare(ctx context.Context) error {
	if err := e.checkServer(ctx); err != nil {
		return err
	}
	if err := e.checkContent(ctx); err != nil {
		return err
	}
	if err := e.createIndexes(ctx); err != nil {
		return err
	}
	if err := e.createMeta(ctx); err != nil {
		return err
	}
	if err := e.adoptModel(ctx); err != nil {
		return err
	}
	return e.reading(ctx, func(run runner) error {
		row, err := one(ctx, run, "MATCH (m:_Meta) RETURN m.revision", nil)
		if err != nil {
			return err
		}
		revision, _ := row[0].(int64)
		e.saw(revision)
		_, err = e.refresh(ctx, run)
		return err
	})
}

var agentVersion = regexp.MustCompile(`^Neo4j/(\d+)\.(\d+)`)

// The oldest Neo4j that has everything the statements use: COLLECT { … } is of
// 5.6. From 2025 on the major version is the year.
const (
	oldestMajor = 5
	oldestMinor = 6
)

func (e *Engine) checkServer(ctx context.Context) error {
	server, err := e.driver.GetServerInfo(ctx)
	if err != nil {
		return err
	}
	version := agentVersion.FindStringSubmatch(server.Agent())
	if version == nil {
		return fault.New(fault.Unavailable, "what answers at %s says it is %q; opsmap needs Neo4j 5.%d or newer", e.config.URI, server.Agent(), oldestMinor)
	}
	major, _ := strconv.Atoi(version[1])
	minor, _ := strconv.Atoi(version[2])
	if major < oldestMajor || major == oldestMajor && minor < oldestMinor {
		return fault.New(fault.Unavailable, "%s at %s is too old; opsmap needs Neo4j 5.%d or newer", server.Agent(), e.config.URI, oldestMinor)
	}
	return nil
}

// checkContent refuses a database that is somebody else's before anything is
// written to it.
func (e *Engine) checkContent(ctx context.Context) error {
	return e.reading(ctx, func(run runner) error {
		row, err := one(ctx, run, "RETURN COUNT { (n) } AS nodes, COLLECT { MATCH (m:_Meta) RETURN m.schema } AS meta", nil)
		if err != nil {
			return err
		}
		nodes, _ := row[0].(int64)
		meta, _ := row[1].([]any)
		if len(meta) == 0 && nodes > 0 {
			return fault.New(fault.Unavailable, "the database at %s holds %d nodes that are not opsmap's; name an empty one in OPSMAP_NEO4J_DATABASE", e.config.URI, nodes)
		}
		for _, version := range meta {
			n, _ := version.(int64)
			if err := checkVersion(n, oldestSchema); err != nil {
				return err
			}
		}
		return nil
	})
}

// oldestSchema is the oldest stored form that can be brought up to date. From 1 to
// 2 only tokens came, whose indexes are made like all others. With 3 records keep
// their words: a store without is treated like one of another model, whose records
// are all written anew.
const oldestSchema = 1

// checkVersion refuses a stored form that is newer than this opsmap, or older
// than oldest.
func checkVersion(n, oldest int64) error {
	switch {
	case n > engine.SchemaVersion:
		return fault.New(fault.Unavailable, "the store has form %d, this opsmap knows forms up to %d; use the opsmap that wrote it, or a newer one", n, engine.SchemaVersion)
	case n < oldest:
		return fault.New(fault.Unavailable, "the store has form %d, which no opsmap has written; it is damaged", n)
	}
	return nil
}

const metaText = `MERGE (m:_Meta {id: 0})
ON CREATE SET m.schema = $schema, m.revision = 0, m.access = $access, m.moves = 0, m.store = randomUUID(), m.lock = 0, m.model = $model
ON MATCH SET m.model = CASE WHEN m.schema < 3 THEN 'of form ' + m.schema ELSE m.model END, m.schema = $schema`

func (e *Engine) createMeta(ctx context.Context) error {
	return e.writing(ctx, func(run runner) error {
		_, err := all(ctx, run, metaText, map[string]any{
			"schema": int64(engine.SchemaVersion), "access": accessValue(0, 0), "model": modelDigest(e.config.Catalog),
		})
		return err
	})
}

// advice is a failure of Open in words for whoever started the program.
func (e *Engine) advice(ctx context.Context, err error) error {
	var known *fault.Error
	var server *driver.Neo4jError
	at := e.config.URI
	switch {
	case ctx.Err() != nil:
		return errors.Join(ctx.Err(), err)
	case errors.As(err, &server) && strings.HasPrefix(server.Code, "Neo.ClientError.Security."):
		return fault.Wrap(fault.Unavailable, err, "Neo4j at %s does not let the user %q in; OPSMAP_NEO4J_USER and OPSMAP_NEO4J_PASSWORD say who logs in", at, e.config.User)
	case errors.As(err, &server) && server.Code == "Neo.ClientError.Database.DatabaseNotFound":
		return fault.Wrap(fault.Unavailable, err, "Neo4j at %s has no database %q; OPSMAP_NEO4J_DATABASE names it, and without that the user's home database is used", at, e.config.Database)
	case isLost(err), errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(fault.Unavailable, err, "no Neo4j can be reached at %s; is it running, and is this its Bolt address? OPSMAP_STORE names it, make neo4j starts one on this machine", at)
	case errors.As(err, &known):
		return err
	default:
		return fault.Wrap(fault.Unavailable, err, "the database at %s cannot be made ready: %s", at, fmt.Sprint(err))
	}
}
