-- The community as one would keep it in PostgreSQL, with the indexes the questions want.
CREATE TABLE layer (key text COLLATE "C" PRIMARY KEY, name text NOT NULL);
CREATE TABLE provider (key text COLLATE "C" PRIMARY KEY, name text NOT NULL);
CREATE TABLE person (key text COLLATE "C" PRIMARY KEY, name text);
CREATE TABLE practice (key text COLLATE "C" PRIMARY KEY, title text NOT NULL, summary text);
CREATE TABLE topic (
  key text COLLATE "C" PRIMARY KEY, title text NOT NULL, summary text, votes int NOT NULL,
  parent_id text COLLATE "C" REFERENCES topic, raised_by_id text COLLATE "C" REFERENCES person
);
CREATE TABLE portability_note (
  key text COLLATE "C" PRIMARY KEY, verdict text NOT NULL, observed_on date,
  practice_id text COLLATE "C" NOT NULL REFERENCES practice,
  from_id text COLLATE "C" NOT NULL REFERENCES provider, to_id text COLLATE "C" NOT NULL REFERENCES provider
);
CREATE TABLE practice_layer (practice_id text COLLATE "C" REFERENCES practice, layer_id text COLLATE "C" REFERENCES layer, PRIMARY KEY (practice_id, layer_id));
CREATE TABLE topic_practice (topic_id text COLLATE "C" REFERENCES topic, practice_id text COLLATE "C" REFERENCES practice, PRIMARY KEY (topic_id, practice_id));
\copy layer FROM 'Layer.csv' CSV
\copy provider FROM 'Provider.csv' CSV
\copy person FROM 'Person.csv' CSV
\copy practice FROM 'Practice.csv' CSV
\copy topic FROM 'Topic.csv' CSV
\copy portability_note FROM 'PortabilityNote.csv' CSV
\copy practice_layer FROM 'practice_layer.csv' CSV
\copy topic_practice FROM 'topic_practice.csv' CSV
CREATE INDEX ON topic (votes DESC, key);
CREATE INDEX ON topic (parent_id);
CREATE INDEX ON topic (raised_by_id);
CREATE INDEX ON topic_practice (practice_id);
CREATE INDEX ON practice_layer (layer_id);
CREATE INDEX ON portability_note (practice_id, key);
CREATE INDEX ON portability_note (from_id, to_id);
CREATE INDEX ON portability_note (to_id);
CREATE INDEX ON portability_note (verdict, observed_on);
VACUUM ANALYZE;
