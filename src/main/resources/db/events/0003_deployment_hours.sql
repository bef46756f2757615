-- The roll-ups tell deployments apart, too. Of what was summed up before nobody knows which it was.
CREATE TABLE exchange_hours_by_deployment (
  hour INTEGER NOT NULL,
  organization INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  deployment TEXT NOT NULL,
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
  PRIMARY KEY (hour, organization, key_id, provider, deployment, resolved_model)
) STRICT, WITHOUT ROWID;

INSERT INTO exchange_hours_by_deployment
  SELECT hour, organization, key_id, provider, '', resolved_model, exchanges, errors, unpriced,
    uncached_input, cache_read, cache_write_5m, cache_write_1h, output_text, output_reasoning,
    tool_prompt, charge_nano_usd
  FROM exchange_hours;

DROP TABLE exchange_hours;
ALTER TABLE exchange_hours_by_deployment RENAME TO exchange_hours;
