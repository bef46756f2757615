package dev.probity.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table of prices that somebody else publishes: models.dev's {@code api.json} (USD per million
 * tokens, by provider) or LiteLLM's {@code model_prices_and_context_window.json} (USD per token, by
 * model). Models of providers that the book has no rows for are passed over.
 */
public record PublishedPrices(String format, List<Row> rows, int passedOver) {
  /** A price of the book's, by the name it has there. */
  public enum Part {
    INPUT,
    OUTPUT,
    CACHE_READ,
    CACHE_WRITE_5M,
    CACHE_WRITE_1H;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    long of(Rates rates) {
      return switch (this) {
        case INPUT -> rates.input();
        case OUTPUT -> rates.output();
        case CACHE_READ -> rates.cacheRead();
        case CACHE_WRITE_5M -> rates.cacheWrite5m();
        case CACHE_WRITE_1H -> rates.cacheWrite1h();
      };
    }
  }

  /**
   * @param prices in pico-USD per token; a part that is missing is not said
   */
  public record Row(Provider provider, String model, Map<Part, Long> prices) {}

  // Decimals stay as they are written; in binary 0.1 would be something else.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /**
   * @throws IllegalArgumentException if it is neither of the two
   */
  public static PublishedPrices read(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    boolean perToken = root.valueStream().anyMatch(each -> each.has("litellm_provider"));
    List<Row> rows = new ArrayList<>();
    int passedOver = perToken ? perToken(root, rows) : perMillion(root, rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no prices of OpenAI's, Anthropic's or Google's models (expected: models.dev's api.json, or"
              + " LiteLLM's model_prices_and_context_window.json)");
    }
    return new PublishedPrices(perToken ? "LiteLLM" : "models.dev", List.copyOf(rows), passedOver);
  }

  private static int perMillion(JsonNode root, List<Row> rows) {
    int passedOver = 0;
    for (Map.Entry<String, JsonNode> vendor : root.properties()) {
      Optional<Provider> provider = provider(vendor.getKey());
      JsonNode models =
          vendor.getValue().has("models") ? vendor.getValue().path("models") : vendor.getValue();
      if (provider.isEmpty()) {
        passedOver += models.size();
        continue;
      }
      for (Map.Entry<String, JsonNode> model : models.properties()) {
        JsonNode cost = model.getValue().path("cost");
        Map<Part, Long> prices = new LinkedHashMap<>();
        put(prices, Part.INPUT, cost.path("input"), 6);
        put(prices, Part.OUTPUT, cost.path("output"), 6);
        put(prices, Part.CACHE_READ, cost.path("cache_read"), 6);
        put(prices, Part.CACHE_WRITE_5M, cost.path("cache_write"), 6);
        if (!prices.isEmpty()) {
          rows.add(new Row(provider.get(), model.getKey(), prices));
        }
      }
    }
    return passedOver;
  }

  private static int perToken(JsonNode root, List<Row> rows) {
    int passedOver = 0;
    for (Map.Entry<String, JsonNode> model : root.properties()) {
      JsonNode entry = model.getValue();
      Optional<Provider> provider = provider(entry.path("litellm_provider").asString(""));
      Map<Part, Long> prices = new LinkedHashMap<>();
      put(prices, Part.INPUT, entry.path("input_cost_per_token"), 12);
      put(prices, Part.OUTPUT, entry.path("output_cost_per_token"), 12);
      put(prices, Part.CACHE_READ, entry.path("cache_read_input_token_cost"), 12);
      put(prices, Part.CACHE_WRITE_5M, entry.path("cache_creation_input_token_cost"), 12);
      put(prices, Part.CACHE_WRITE_1H, entry.path("cache_creation_input_token_cost_above_1hr"), 12);
      if (provider.isEmpty() || prices.isEmpty()) {
        passedOver++;
      } else {
        String name = model.getKey();
        rows.add(new Row(provider.get(), name.substring(name.lastIndexOf('/') + 1), prices));
      }
    }
    return passedOver;
  }

  private static Optional<Provider> provider(String word) {
    return switch (word) {
      case "openai" -> Optional.of(Provider.OPENAI);
      case "anthropic" -> Optional.of(Provider.ANTHROPIC);
      case "google", "gemini" -> Optional.of(Provider.GEMINI);
      default -> Optional.empty();
    };
  }

  private static void put(Map<Part, Long> prices, Part part, JsonNode usd, int digits) {
    if (usd.isNumber() || usd.isString()) {
      pico(usd.asString(), digits).ifPresent(pico -> prices.put(part, pico));
    }
  }

  private static OptionalLong pico(String usd, int digits) {
    try {
      return OptionalLong.of(
          new BigDecimal(usd)
              .movePointRight(digits)
              .setScale(0, java.math.RoundingMode.HALF_UP)
              .longValueExact());
    } catch (ArithmeticException | NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
