package embedded

// applicationID marks the file as a store of opsmap: "opsm" in ASCII.
const applicationID = 0x6f70736d

// tables is the stored form as version 1 had it; what came later stands with what
// it is for, and migrations add it to older stores. It is meant to be read with any SQLite
// tool; record and record_link are views for that. Writing it with one is not
// foreseen: every row that means something has a checksum over its values (sum),
// and a store whose sums do not fit is refused as damaged.
const tables = `
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE class (
  number INTEGER PRIMARY KEY,
  class  TEXT NOT NULL UNIQUE,
  sum    INTEGER NOT NULL
);

CREATE TABLE relation (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE
);

-- Every record that anyone speaks of or links to; fields are null while what is
-- said of it does not make it a record.
CREATE TABLE node (
  type       TEXT NOT NULL,
  key        TEXT NOT NULL,
  number     INTEGER NOT NULL UNIQUE,
  version    INTEGER,
  created_at TEXT,
  updated_at TEXT,
  own_class  INTEGER,
  class      INTEGER,
  fields     TEXT,
  sum        INTEGER NOT NULL,
  PRIMARY KEY (type, key)
) WITHOUT ROWID;

-- What one source says of one record.
CREATE TABLE statement (
  number   INTEGER PRIMARY KEY,
  node     INTEGER NOT NULL,
  source   TEXT NOT NULL,
  edit     INTEGER NOT NULL,
  class    INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  fields   TEXT NOT NULL,
  links    TEXT NOT NULL,
  sum      INTEGER NOT NULL,
  UNIQUE (source, node)
);
CREATE INDEX statement_node ON statement (node);

-- The links that statements say, by where they lead: derived from statement.
CREATE TABLE said (
  target    INTEGER NOT NULL,
  relation  INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (target, relation, statement)
) WITHOUT ROWID;

CREATE TABLE link (
  relation INTEGER NOT NULL,
  source   INTEGER NOT NULL,
  target   INTEGER NOT NULL,
  class    INTEGER NOT NULL,
  sum      INTEGER NOT NULL,
  PRIMARY KEY (relation, source, target)
) WITHOUT ROWID;

CREATE TABLE changeset (
  id       TEXT PRIMARY KEY,
  actor    TEXT NOT NULL,
  at       TEXT NOT NULL,
  revision INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE change_log (
  revision  INTEGER PRIMARY KEY,
  changeset TEXT NOT NULL,
  actor     TEXT NOT NULL,
  at        TEXT NOT NULL,
  touched   TEXT NOT NULL,
  sum       INTEGER NOT NULL
);

CREATE VIEW record AS
  SELECT type || ':' || key AS id, version, created_at, updated_at, class.class AS class, fields
  FROM node JOIN class ON class.number = node.class
  WHERE fields IS NOT NULL;

CREATE VIEW record_link AS
  SELECT relation.name AS relation, s.type || ':' || s.key AS source, t.type || ':' || t.key AS target, class.class AS class
  FROM link
  JOIN relation ON relation.number = link.relation
  JOIN node AS s ON s.number = link.source
  JOIN node AS t ON t.number = link.target
  JOIN class ON class.number = link.class;
`
