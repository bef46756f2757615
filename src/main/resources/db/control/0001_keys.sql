-- Whom keys and exchanges belong to.
CREATE TABLE organizations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- The keys that Probity issued; of the key itself only a salted digest.
CREATE TABLE keys (
  id TEXT PRIMARY KEY,
  organization INTEGER NOT NULL REFERENCES organizations (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  salt TEXT NOT NULL,
  digest TEXT NOT NULL,
  preview TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX keys_newest_first ON keys (organization, created_at DESC, id);

-- Which file holds a day's events, and its key, sealed under the master key.
CREATE TABLE event_day_keys (
  day TEXT PRIMARY KEY,
  file TEXT NOT NULL,
  sealed_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
