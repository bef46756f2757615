package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import dev.probity.storage.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Exchanges as rows: the columns in the order of the record. */
final class ExchangeTable {
  static final String COLUMNS =
      "id, organization, key_id, operation, requested_model, resolved_model, provider, deployment,"
          + " status, outcome, error, uncached_input, cache_read, cache_write_5m, cache_write_1h,"
          + " output_text, output_reasoning, tool_prompt, usage_source, charge_nano_usd, unpriced,"
          + " price_version, latency_ms, ttft_ms, stream, request_bytes, response_bytes,"
          + " session_id, provider_request_id, trail";

  private static final int COLUMN_COUNT = 30;

  /** Does nothing if the id is taken. */
  static final String INSERT =
      "INSERT OR IGNORE INTO exchanges ("
          + COLUMNS
          + ") VALUES (?"
          + ", ?".repeat(COLUMN_COUNT - 1)
          + ")";

  private static final Map<String, Operation> OPERATIONS =
      byText(Operation.values(), Operation::text);
  private static final Map<String, Outcome> OUTCOMES = byText(Outcome.values(), Outcome::text);
  private static final Map<String, UsageSource> SOURCES =
      byText(UsageSource.values(), ExchangeTable::text);
  private static final String[] SOURCE_TEXTS =
      Arrays.stream(UsageSource.values()).map(ExchangeTable::text).toArray(String[]::new);

  private ExchangeTable() {}

  static void bind(Exchange exchange, PreparedStatement insert) throws SQLException {
    insert.setLong(1, exchange.id().value());
    insert.setLong(2, exchange.organization().value());
    insert.setString(3, exchange.key().value());
    insert.setString(4, exchange.operation().text());
    insert.setString(5, exchange.requestedModel());
    insert.setString(6, exchange.resolvedModel());
    insert.setString(7, exchange.provider());
    insert.setString(8, exchange.deployment());
    insert.setInt(9, exchange.status());
    insert.setString(10, exchange.outcome().text());
    insert.setString(11, exchange.error());
    Usage usage = exchange.usage();
    insert.setLong(12, usage.uncachedInput());
    insert.setLong(13, usage.cacheRead());
    insert.setLong(14, usage.cacheWrite5m());
    insert.setLong(15, usage.cacheWrite1h());
    insert.setLong(16, usage.outputText());
    insert.setLong(17, usage.outputReasoning());
    insert.setLong(18, usage.toolPrompt());
    insert.setString(19, SOURCE_TEXTS[exchange.usageSource().ordinal()]);
    insert.setLong(20, exchange.charge().nanoUsd());
    insert.setInt(21, exchange.charge().unpriced() ? 1 : 0);
    insert.setString(22, exchange.charge().priceVersion());
    insert.setLong(23, exchange.latencyMillis());
    insert.setObject(
        24, exchange.ttftMillis().isPresent() ? exchange.ttftMillis().getAsLong() : null);
    insert.setInt(25, exchange.stream() ? 1 : 0);
    insert.setLong(26, exchange.requestBytes());
    insert.setLong(27, exchange.responseBytes());
    insert.setString(28, exchange.sessionId().orElse(null));
    insert.setString(29, exchange.providerRequestId().orElse(null));
    insert.setString(30, exchange.trail());
  }

  static Exchange read(ResultSet row) throws SQLException {
    return new Exchange(
        new ExchangeId(row.getLong(1)),
        new OrganizationId(row.getLong(2)),
        new KeyId(row.getString(3)),
        constant(OPERATIONS, row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getInt(9),
        constant(OUTCOMES, row.getString(10)),
        row.getString(11),
        usage(row, 12),
        constant(SOURCES, row.getString(19)),
        new Charge(row.getLong(20), row.getInt(21) != 0, row.getString(22)),
        row.getLong(23),
        Sql.optionalLong(row, 24),
        row.getInt(25) != 0,
        row.getLong(26),
        row.getLong(27),
        Optional.ofNullable(row.getString(28)),
        Optional.ofNullable(row.getString(29)),
        row.getString(30));
  }

  /** The seven parts of usage, from this column on. */
  static Usage usage(ResultSet row, int first) throws SQLException {
    return new Usage(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getLong(first + 4),
        row.getLong(first + 5),
        row.getLong(first + 6));
  }

  private static String text(UsageSource source) {
    return source.name().toLowerCase(Locale.ROOT);
  }

  private static <E> Map<String, E> byText(E[] constants, Function<E, String> text) {
    return Arrays.stream(constants)
        .collect(Collectors.toUnmodifiableMap(text, Function.identity()));
  }

  private static <E> E constant(Map<String, E> constants, String text) throws SQLException {
    E constant = constants.get(text);
    if (constant == null) {
      throw new SQLException("unknown word in the request log: " + text);
    }
    return constant;
  }
}
