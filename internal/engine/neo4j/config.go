package neo4j

import (
	"errors"
	"fmt"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/schema"
)

// Config says which Neo4j to use and how.
type Config struct {
	// Catalog is the model. Needed.
	Catalog *schema.Catalog
	// ConnectWithin is how long to wait for a connection. Defaults to 5 s.
	ConnectWithin time.Duration
	// Connections is the most connections to a server. Defaults to 100.
	Connections int
	// Database within the server. Defaults to the user's home database.
	Database string
	// OpenWithin is how long Open may take, with the indexes it makes. Defaults to
	// 60 s.
	OpenWithin time.Duration
	// Password of User.
	Password string
	// RetryFor is how long a transaction is tried again that the server or the
	// network refused for the moment. Defaults to 5 s.
	RetryFor time.Duration
	// URI is any address the driver takes: neo4j://, neo4j+s://, bolt:// … Needed.
	URI string
	// User to log in as. Defaults to no login.
	User string
}

func (c Config) withDefaults() Config {
	duration := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	duration(&c.ConnectWithin, 5*time.Second)
	duration(&c.OpenWithin, time.Minute)
	duration(&c.RetryFor, 5*time.Second)
	if c.Connections == 0 {
		c.Connections = 100
	}
	return c
}

func (c Config) validate() error {
	switch {
	case c.Catalog == nil:
		return errors.New("neo4j: Config.Catalog is needed")
	case c.URI == "":
		return errors.New("neo4j: Config.URI is needed")
	case c.ConnectWithin < 0, c.OpenWithin < 0, c.RetryFor < 0, c.Connections < 0:
		return errors.New("neo4j: times and numbers of Config cannot be negative")
	}
	if err := checkCatalog(c.Catalog); err != nil {
		return fmt.Errorf("neo4j: %w", err)
	}
	return nil
}

func (c Config) auth() driver.AuthToken {
	if c.User == "" && c.Password == "" {
		return driver.NoAuth()
	}
	return driver.BasicAuth(c.User, c.Password, "")
}
