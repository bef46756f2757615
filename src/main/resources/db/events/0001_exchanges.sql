-- The request log of one UTC day. The id sorts by time; there is no other index.
CREATE TABLE exchanges (
  id INTEGER PRIMARY KEY,
  organization INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  requested_model TEXT NOT NULL,
  resolved_model TEXT NOT NULL,
  provider TEXT NOT NULL,
  deployment TEXT NOT NULL,
  status INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  error TEXT NOT NULL,
  uncached_input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  output_text INTEGER NOT NULL,
  output_reasoning INTEGER NOT NULL,
  tool_prompt INTEGER NOT NULL,
  usage_source TEXT NOT NULL,
  charge_nano_usd INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  price_version TEXT NOT NULL,
  latency_ms INTEGER NOT NULL,
  ttft_ms INTEGER,
  stream INTEGER NOT NULL,
  request_bytes INTEGER NOT NULL,
  response_bytes INTEGER NOT NULL,
  session_id TEXT,
  provider_request_id TEXT,
  trail TEXT NOT NULL
) STRICT;

-- Sums of the same exchanges; they stay when the rows above are gone.
CREATE TABLE exchange_hours (
  hour INTEGER NOT NULL,
  organization INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  resolved_model TEXT NOT NULL,
  exchanges INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  uncached_input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  output_text INTEGER NOT NULL,
  output_reasoning INTEGER NOT NULL,
  tool_prompt INTEGER NOT NULL,
  charge_nano_usd INTEGER NOT NULL,
  PRIMARY KEY (hour, organization, key_id, provider, resolved_model)
) STRICT, WITHOUT ROWID;

-- Up to where the journal is in this file; changed together with it.
CREATE TABLE journal_position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL
) STRICT;

INSERT INTO journal_position (id, position) VALUES (1, -1);
