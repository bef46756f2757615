package dev.probity.storage.telemetry;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.storage.Sql;
import java.util.HashMap;
import java.util.Map;

/** What the gateway measured of sessions: sums of the exchanges that carry a session's id. */
final class GatewaySessions {
  /** A provider that counts nonsense must not make the sums overflow. */
  private static final long MOST_TOKENS = 1L << 40;

  private static final long MOST_NANO_USD = 1L << 50;

  private static final String ADD =
      """
      INSERT INTO gateway_sessions (organization, session, calls, errors, uncached_input,
        cache_read, cache_write_5m, cache_write_1h, output_text, output_reasoning, tool_prompt,
        charge_nano_usd, last_seen)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (organization, session) DO UPDATE SET
        calls = calls + excluded.calls,
        errors = errors + excluded.errors,
        uncached_input = uncached_input + excluded.uncached_input,
        cache_read = cache_read + excluded.cache_read,
        cache_write_5m = cache_write_5m + excluded.cache_write_5m,
        cache_write_1h = cache_write_1h + excluded.cache_write_1h,
        output_text = output_text + excluded.output_text,
        output_reasoning = output_reasoning + excluded.output_reasoning,
        tool_prompt = tool_prompt + excluded.tool_prompt,
        charge_nano_usd = charge_nano_usd + excluded.charge_nano_usd,
        last_seen = max(last_seen, excluded.last_seen)
      """;

  private record Name(OrganizationId organization, String session) {}

  private static final class Sums {
    private long calls;
    private long errors;
    private final long[] usage = new long[7];
    private long chargeNanoUsd;
    private long lastSeen;

    private void add(Exchange exchange) {
      calls++;
      boolean failed = exchange.status() >= 400 || exchange.outcome() == Outcome.BROKEN;
      errors += failed ? 1 : 0;
      Usage of = exchange.usage();
      long[] parts = {
        of.uncachedInput(),
        of.cacheRead(),
        of.cacheWrite5m(),
        of.cacheWrite1h(),
        of.outputText(),
        of.outputReasoning(),
        of.toolPrompt()
      };
      for (int i = 0; i < parts.length; i++) {
        usage[i] += Math.min(parts[i], MOST_TOKENS);
      }
      chargeNanoUsd += Math.min(exchange.charge().nanoUsd(), MOST_NANO_USD);
      lastSeen = Math.max(lastSeen, exchange.startedAtMillis());
    }
  }

  private final Map<Name, Sums> batch = new HashMap<>();

  /** Adds an exchange, if it carries a session's id. */
  void add(Exchange exchange) {
    exchange
        .sessionId()
        .filter(session -> !session.isEmpty())
        .ifPresent(session ->
            batch
                .computeIfAbsent(new Name(exchange.organization(), session), _ -> new Sums())
                .add(exchange));
  }

  /** Writes what was added since the last time. */
  void save(Sql sql) {
    batch.forEach((name, sums) ->
        sql.update(
            ADD,
            name.organization.value(),
            name.session,
            sums.calls,
            sums.errors,
            sums.usage[0],
            sums.usage[1],
            sums.usage[2],
            sums.usage[3],
            sums.usage[4],
            sums.usage[5],
            sums.usage[6],
            sums.chargeNanoUsd,
            sums.lastSeen));
    batch.clear();
  }

  void forget() {
    batch.clear();
  }
}
