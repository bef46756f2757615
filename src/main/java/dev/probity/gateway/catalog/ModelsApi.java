package dev.probity.gateway.catalog;

import dev.probity.gateway.catalog.ModelCatalog.ModelEntry;
import dev.probity.gateway.catalog.ModelCatalog.ModelRoute;
import dev.probity.gateway.catalog.ModelCatalog.PriceLine;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.http.Parameters;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/models}: what can be asked for, who serves it, at what price. */
public final class ModelsApi {
  private static final int PICO_DIGITS = 6;

  private final ModelCatalog catalog;

  public ModelsApi(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  public Answer list(Call call) {
    Parameters query = call.query("format");
    if (Csv.wanted(call, query)) {
      return Answer.csv("models.csv", csv(catalog.models()));
    }
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    catalog.models().forEach(entry -> items.add(json(entry)));
    return Answer.json(root.putNull("next"));
  }

  /** A price as USD per million tokens, exactly: {@code "0.25"}. */
  public static String usdPerMillion(long picoPerToken) {
    BigDecimal usd = BigDecimal.valueOf(picoPerToken, PICO_DIGITS).stripTrailingZeros();
    return usd.signum() == 0 ? "0" : usd.toPlainString();
  }

  private static ObjectNode json(ModelEntry entry) {
    ObjectNode json = Json.object().put("name", entry.name());
    ArrayNode routes = json.putArray("routes");
    for (ModelRoute route : entry.routes()) {
      ObjectNode item =
          routes
              .addObject()
              .put("deployment", route.deployment())
              .put("provider", route.provider())
              .put("model", route.model())
              .put("weight", route.weight())
              .put("priority", route.priority())
              .put("credential", route.credential())
              .put("unpriced", route.prices().isEmpty());
      ArrayNode prices = item.putArray("prices");
      route.prices().forEach(price -> prices.add(json(price)));
    }
    return json;
  }

  private static ObjectNode json(PriceLine price) {
    ObjectNode json = Json.object().put("model", price.model()).put("tier", price.tier());
    OptionalLong above = price.aboveInputTokens();
    if (above.isPresent()) {
      json.put("above_input_tokens", above.getAsLong());
    } else {
      json.putNull("above_input_tokens");
    }
    json.putObject("usd_per_million_tokens")
        .put("input", usdPerMillion(price.input()))
        .put("cache_read", usdPerMillion(price.cacheRead()))
        .put("cache_write_5m", usdPerMillion(price.cacheWrite5m()))
        .put("cache_write_1h", usdPerMillion(price.cacheWrite1h()))
        .put("output", usdPerMillion(price.output()));
    return json.put("from", price.from())
        .put("source", price.source())
        .put("source_url", price.sourceUrl().orElse(null))
        .put("retrieved", price.retrieved());
  }

  private static String csv(List<ModelEntry> entries) {
    Csv csv =
        new Csv(
            List.of(
                "name",
                "deployment",
                "provider",
                "route_model",
                "weight",
                "priority",
                "priced_model",
                "tier",
                "above_input_tokens",
                "input_usd_per_million",
                "cache_read_usd_per_million",
                "cache_write_5m_usd_per_million",
                "cache_write_1h_usd_per_million",
                "output_usd_per_million",
                "from",
                "source",
                "retrieved"));
    for (ModelEntry entry : entries) {
      for (ModelRoute route : entry.routes()) {
        if (route.prices().isEmpty()) {
          csv.row(row(entry, route, List.of("", "", "", "", "", "", "", "", "", "", "")));
        }
        route.prices().forEach(price -> csv.row(row(entry, route, cells(price))));
      }
    }
    return csv.toString();
  }

  private static List<Object> row(ModelEntry entry, ModelRoute route, List<Object> price) {
    List<Object> cells = new java.util.ArrayList<>();
    cells.addAll(
        List.of(
            entry.name(),
            route.deployment(),
            route.provider(),
            route.model(),
            route.weight(),
            route.priority()));
    cells.addAll(price);
    return cells;
  }

  private static List<Object> cells(PriceLine price) {
    OptionalLong above = price.aboveInputTokens();
    return List.of(
        price.model(),
        price.tier(),
        above.isPresent() ? above.getAsLong() : "",
        usdPerMillion(price.input()),
        usdPerMillion(price.cacheRead()),
        usdPerMillion(price.cacheWrite5m()),
        usdPerMillion(price.cacheWrite1h()),
        usdPerMillion(price.output()),
        price.from(),
        price.source(),
        price.retrieved());
  }
}
