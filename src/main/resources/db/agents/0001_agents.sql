-- One row for each session of an agent. The id rises with the first report, so that sessions that
-- are at work at the same time lie side by side; ref is what others know it by.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  ref INTEGER NOT NULL,
  organization INTEGER NOT NULL,
  agent TEXT NOT NULL,
  session TEXT NOT NULL,
  client_version TEXT NOT NULL,
  email TEXT NOT NULL,
  account TEXT NOT NULL,
  install TEXT NOT NULL,
  end_user TEXT NOT NULL,
  team TEXT NOT NULL,
  repository TEXT NOT NULL,
  branch TEXT NOT NULL,
  terminal TEXT NOT NULL,
  plan TEXT NOT NULL,
  plan_name TEXT NOT NULL,
  entrypoint TEXT NOT NULL,
  person INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  models TEXT NOT NULL,
  source INTEGER NOT NULL,
  country TEXT,
  city TEXT,
  latitude INTEGER,
  longitude INTEGER,
  figures BLOB NOT NULL,
  ledger BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX sessions_by_ref ON sessions (ref);
CREATE INDEX sessions_newest_first ON sessions (organization, started_at, id);
CREATE INDEX sessions_of_person ON sessions (organization, person, started_at, id);
CREATE INDEX sessions_by_own_id ON sessions (organization, session) WHERE session <> '';

-- By what sums are kept. The hash is of the values, to find them by.
CREATE TABLE dimensions (
  id INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,
  organization INTEGER NOT NULL,
  agent TEXT NOT NULL,
  model TEXT NOT NULL,
  person INTEGER NOT NULL,
  team TEXT NOT NULL,
  repository TEXT NOT NULL,
  branch TEXT NOT NULL,
  plan TEXT NOT NULL,
  last_seen INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX dimensions_by_hash ON dimensions (hash);
CREATE INDEX dimensions_of_organization ON dimensions (organization);

CREATE TABLE sums_hours (
  organization INTEGER NOT NULL,
  period INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  figures BLOB NOT NULL,
  PRIMARY KEY (organization, period, dimensions)
) STRICT, WITHOUT ROWID;

CREATE TABLE sums_days (
  organization INTEGER NOT NULL,
  period INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  figures BLOB NOT NULL,
  PRIMARY KEY (organization, period, dimensions)
) STRICT, WITHOUT ROWID;

-- Where agents are at work, where organizations want to know.
CREATE TABLE places (
  id INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL,
  country TEXT NOT NULL,
  city TEXT NOT NULL,
  latitude INTEGER NOT NULL,
  longitude INTEGER NOT NULL,
  agent TEXT NOT NULL,
  last_seen INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX places_by_name ON places (organization, country, city, agent);

CREATE TABLE place_hours (
  organization INTEGER NOT NULL,
  period INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  figures BLOB NOT NULL,
  PRIMARY KEY (organization, period, dimensions)
) STRICT, WITHOUT ROWID;

CREATE TABLE place_days (
  organization INTEGER NOT NULL,
  period INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  figures BLOB NOT NULL,
  PRIMARY KEY (organization, period, dimensions)
) STRICT, WITHOUT ROWID;

-- Who works with agents, and what that rests on.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  merged_into INTEGER
) STRICT;

CREATE INDEX people_of_organization ON people (organization);

CREATE TABLE ties (
  organization INTEGER NOT NULL,
  basis TEXT NOT NULL,
  value TEXT NOT NULL,
  person INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (organization, basis, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX ties_of_person ON ties (person);

-- How well clients report.
CREATE TABLE health (
  organization INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  agent TEXT NOT NULL,
  client_version TEXT NOT NULL,
  signal INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  records INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  ignored INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  dropped_attributes INTEGER NOT NULL,
  dropped_content INTEGER NOT NULL,
  skewed INTEGER NOT NULL,
  without_session INTEGER NOT NULL,
  without_person INTEGER NOT NULL,
  without_model INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  PRIMARY KEY (organization, hour, key_id, agent, client_version, signal)
) STRICT, WITHOUT ROWID;

-- What the gateway measured of sessions that run through it.
CREATE TABLE gateway_sessions (
  organization INTEGER NOT NULL,
  session TEXT NOT NULL,
  calls INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  uncached_input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  output_text INTEGER NOT NULL,
  output_reasoning INTEGER NOT NULL,
  tool_prompt INTEGER NOT NULL,
  charge_nano_usd INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (organization, session)
) STRICT, WITHOUT ROWID;

-- Up to where the journal is in this file; changed together with it.
CREATE TABLE journal_position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL
) STRICT;

INSERT INTO journal_position (id, position) VALUES (1, -1);
