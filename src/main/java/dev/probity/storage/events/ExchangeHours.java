package dev.probity.storage.events;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.storage.Sql;
import java.util.List;

/** The roll-ups as rows. */
final class ExchangeHours {
  static final long HOUR_MILLIS = 3_600_000;

  private static final String ADD =
      """
      INSERT INTO exchange_hours (hour, organization, key_id, provider, deployment, resolved_model,
        exchanges, errors, unpriced, uncached_input, cache_read, cache_write_5m, cache_write_1h,
        output_text, output_reasoning, tool_prompt, charge_nano_usd)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (hour, organization, key_id, provider, deployment, resolved_model) DO UPDATE SET
        exchanges = exchanges + excluded.exchanges,
        errors = errors + excluded.errors,
        unpriced = unpriced + excluded.unpriced,
        uncached_input = uncached_input + excluded.uncached_input,
        cache_read = cache_read + excluded.cache_read,
        cache_write_5m = cache_write_5m + excluded.cache_write_5m,
        cache_write_1h = cache_write_1h + excluded.cache_write_1h,
        output_text = output_text + excluded.output_text,
        output_reasoning = output_reasoning + excluded.output_reasoning,
        tool_prompt = tool_prompt + excluded.tool_prompt,
        charge_nano_usd = charge_nano_usd + excluded.charge_nano_usd
      """;

  private static final String CORRECT =
      """
      UPDATE exchange_hours
      SET charge_nano_usd = charge_nano_usd + ?, unpriced = unpriced + ?
      WHERE hour = ? AND organization = ? AND key_id = ? AND provider = ? AND deployment = ?
        AND resolved_model = ?
      """;

  private static final String ALL =
      """
      SELECT hour, organization, key_id, provider, deployment, resolved_model, exchanges, errors,
        unpriced,
        uncached_input, cache_read, cache_write_5m, cache_write_1h, output_text, output_reasoning,
        tool_prompt, charge_nano_usd
      FROM exchange_hours
      """;

  private ExchangeHours() {}

  /** Adds to what the file has for the same hour, key and model. */
  static void add(Sql sql, ExchangeHour hour) {
    Usage usage = hour.usage();
    sql.update(
        ADD,
        hour.hourMillis(),
        hour.organization().value(),
        hour.key().value(),
        hour.provider(),
        hour.deployment(),
        hour.resolvedModel(),
        hour.counts().exchanges(),
        hour.counts().errors(),
        hour.counts().unpriced(),
        usage.uncachedInput(),
        usage.cacheRead(),
        usage.cacheWrite5m(),
        usage.cacheWrite1h(),
        usage.outputText(),
        usage.outputReasoning(),
        usage.toolPrompt(),
        hour.chargeNanoUsd());
  }

  /**
   * Adds the difference that other charges make to sums that are there. Sums of earlier versions
   * name no deployment; sums that have expired stay away.
   */
  static void correct(Sql sql, ExchangeHour difference) {
    if (!correct(sql, difference, difference.deployment())) {
      correct(sql, difference, "");
    }
  }

  private static boolean correct(Sql sql, ExchangeHour difference, String deployment) {
    return sql.update(
            CORRECT,
            difference.chargeNanoUsd(),
            difference.counts().unpriced(),
            difference.hourMillis(),
            difference.organization().value(),
            difference.key().value(),
            difference.provider(),
            deployment,
            difference.resolvedModel())
        > 0;
  }

  /** Every roll-up of the day. */
  static List<ExchangeHour> all(Sql sql) {
    return sql.list(
        ALL,
        row ->
            new ExchangeHour(
                row.getLong(1),
                new OrganizationId(row.getLong(2)),
                new KeyId(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                new ExchangeHour.Counts(row.getLong(7), row.getLong(8), row.getLong(9)),
                ExchangeTable.usage(row, 10),
                row.getLong(17)));
  }
}
