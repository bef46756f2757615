-- Exchanges that carry a session's id, for that session's page; the others cost nothing.
CREATE INDEX exchanges_of_sessions ON exchanges (session_id, id) WHERE session_id IS NOT NULL;

-- What agents reported of the day: one row for what one report said of one session. The id is the
-- position of the report in the journal, plus which part of it.
CREATE TABLE agent_blocks (
  id INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL,
  session INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  fingerprints BLOB NOT NULL,
  block BLOB NOT NULL
) STRICT;

CREATE INDEX agent_blocks_of_session ON agent_blocks (session);
CREATE INDEX agent_blocks_by_time ON agent_blocks (first_at);

-- Text of prompts and answers, where it is captured; it goes before the rest does.
CREATE TABLE captured_texts (
  id INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL,
  session INTEGER NOT NULL,
  block INTEGER NOT NULL,
  event INTEGER NOT NULL,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE INDEX captured_texts_of_session ON captured_texts (session);
CREATE INDEX captured_texts_of_block ON captured_texts (block);
CREATE INDEX captured_texts_by_time ON captured_texts (at);
