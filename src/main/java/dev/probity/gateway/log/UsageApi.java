package dev.probity.gateway.log;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.ExchangeQuery.GroupBy;
import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import dev.probity.kernel.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/usage}: sums of exchanges, tokens and charges. */
public final class UsageApi {
  private static final List<String> GROUPS =
      Arrays.stream(GroupBy.values()).map(group -> group.name().toLowerCase(Locale.ROOT)).toList();

  private final ExchangeQuery exchanges;

  public UsageApi(ExchangeQuery exchanges) {
    this.exchanges = exchanges;
  }

  public Answer sum(Call call) {
    Parameters query = call.query("source", "group_by", "from", "to", "format");
    query.oneOf("source", List.of("gateway"));
    boolean asCsv = Csv.wanted(call, query);
    String group = query.oneOf("group_by", GROUPS).orElse("model");
    List<UsageRow> rows =
        exchanges.usage(
            call.caller().organization(),
            GroupBy.valueOf(group.toUpperCase(Locale.ROOT)),
            query.time("from"),
            query.time("to"));
    if (asCsv) {
      return Answer.csv("usage-by-" + group + ".csv", csv(group, rows));
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    rows.forEach(row -> items.add(json(group, row)));
    return Answer.json(root.putNull("next"));
  }

  /** The group stands under its own name and, for programs that don't care, under "group". */
  private static ObjectNode json(String group, UsageRow row) {
    ObjectNode json =
        Json.object()
            .put("group", row.group())
            .put(group, row.group())
            .put("exchanges", row.exchanges())
            .put("errors", row.errors())
            .put("unpriced", row.unpriced());
    json.set("usage", ExchangeJson.usage(row.usage()));
    return json.put("charge_nano_usd", row.chargeNanoUsd());
  }

  private static String csv(String group, List<UsageRow> rows) {
    Csv csv =
        new Csv(
            List.of(
                group,
                "exchanges",
                "errors",
                "unpriced",
                "uncached_input",
                "cache_read",
                "cache_write_5m",
                "cache_write_1h",
                "output_text",
                "output_reasoning",
                "tool_prompt",
                "charge_nano_usd"));
    for (UsageRow row : rows) {
      Usage usage = row.usage();
      csv.row(
          List.of(
              row.group(),
              row.exchanges(),
              row.errors(),
              row.unpriced(),
              usage.uncachedInput(),
              usage.cacheRead(),
              usage.cacheWrite5m(),
              usage.cacheWrite1h(),
              usage.outputText(),
              usage.outputReasoning(),
              usage.toolPrompt(),
              row.chargeNanoUsd()));
    }
    return csv.toString();
  }
}
