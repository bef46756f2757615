package dev.probity.pricing;

import dev.probity.pricing.PriceRow.LongContext;
import dev.probity.pricing.PriceRow.TierPrice;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code pricing/prices.json}, whose own {@code about} explains its fields. Streams it: a
 * tree or a binding would cost start-up time. A fault in it is a fault of ours, hence an exception.
 */
final class PriceFile {
  private final JsonParser json;
  private String version = "";
  private final Map<String, String> sources = new HashMap<>();
  private final List<PriceRow> rows = new ArrayList<>();

  private PriceFile(JsonParser json) {
    this.json = json;
  }

  /**
   * @param sources what each row's source stands for
   */
  record Content(String version, Map<String, String> sources, List<PriceRow> rows) {}

  static Content read(InputStream in) {
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      PriceFile file = new PriceFile(json);
      file.readAll();
      return new Content(file.version, Map.copyOf(file.sources), List.copyOf(file.rows));
    }
  }

  private void readAll() {
    json.nextToken();
    for (String name = nextName(); name != null; name = nextName()) {
      switch (name) {
        case "version" -> version = text();
        case "unit", "about" -> text();
        case "sources" -> {
          json.nextToken();
          for (String source = nextName(); source != null; source = nextName()) {
            sources.put(source, text());
          }
        }
        case "prices" -> {
          json.nextToken();
          while (json.nextToken() == JsonToken.START_OBJECT) {
            rows.add(readRow());
          }
        }
        default -> throw unknown(name);
      }
    }
  }

  private PriceRow readRow() {
    Fields fields = new Fields();
    List<String> aliases = List.of();
    List<Fields> longContext = new ArrayList<>();
    Map<ServiceTier, Fields> explicit = new EnumMap<>(ServiceTier.class);
    for (String name = nextName(); name != null; name = nextName()) {
      JsonToken token = json.nextToken();
      if (name.equals("aliases")) {
        aliases = readTexts();
      } else if (name.equals("tiers")) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          longContext.add(readFields());
        }
      } else if (token == JsonToken.START_OBJECT) {
        explicit.put(tier(name), readFields());
      } else {
        fields.put(name, json.getString());
      }
    }
    return row(fields, aliases, longContext, explicit);
  }

  private static PriceRow row(
      Fields fields,
      List<String> aliases,
      List<Fields> longContext,
      Map<ServiceTier, Fields> explicit) {
    Map<ServiceTier, TierPrice> tiers = new EnumMap<>(ServiceTier.class);
    explicit.forEach((tier, rates) -> tiers.put(tier, new TierPrice.Explicit(rates.rates())));
    for (String name : List.of("batch", "flex", "priority")) {
      fields
          .optional(name)
          .ifPresent(factor -> tiers.put(tier(name), new TierPrice.Factor(new BigDecimal(factor))));
    }
    PriceRow row =
        new PriceRow(
            Provider.parse(fields.required("provider")).orElseThrow(),
            fields.required("model"),
            aliases,
            day(fields.required("from")),
            fields.rates(),
            longContext.stream()
                .map(f -> new LongContext(Long.parseLong(f.required("above")), f.rates()))
                .toList(),
            tiers,
            fields.optional("input_audio").stream().mapToLong(Rates::parse).findFirst(),
            fields.required("source"),
            day(fields.required("retrieved")),
            fields.optional("note"));
    fields.refuseLeftovers();
    longContext.forEach(Fields::refuseLeftovers);
    explicit.values().forEach(Fields::refuseLeftovers);
    return row;
  }

  /** {@link LocalDate#parse} alone would cost more time, cold, than the rest of the file. */
  private static LocalDate day(String text) {
    return LocalDate.of(
        Integer.parseInt(text, 0, 4, 10),
        Integer.parseInt(text, 5, 7, 10),
        Integer.parseInt(text, 8, text.length(), 10));
  }

  private static ServiceTier tier(String name) {
    return switch (name) {
      case "batch" -> ServiceTier.BATCH;
      case "flex" -> ServiceTier.FLEX;
      case "priority" -> ServiceTier.PRIORITY;
      default -> throw unknown(name);
    };
  }

  private Fields readFields() {
    Fields fields = new Fields();
    for (String name = nextName(); name != null; name = nextName()) {
      fields.put(name, text());
    }
    return fields;
  }

  private List<String> readTexts() {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getString());
    }
    return texts;
  }

  private @Nullable String nextName() {
    return json.nextName();
  }

  private String text() {
    json.nextToken();
    return json.getString();
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("prices.json: unknown field " + name);
  }

  /** The plain fields of one object, each to be taken once. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();

    void put(String name, String text) {
      if (texts.put(name, text) != null) {
        throw new IllegalArgumentException("prices.json: " + name + " stands twice in a row");
      }
    }

    Optional<String> optional(String name) {
      return Optional.ofNullable(texts.remove(name));
    }

    String required(String name) {
      return optional(name)
          .orElseThrow(
              () -> new IllegalArgumentException("prices.json: a row without " + name + texts));
    }

    Rates rates() {
      long input = Rates.parse(required("input"));
      long output = Rates.parse(required("output"));
      long cacheRead = optional("cache_read").map(Rates::parse).orElse(input);
      long cacheWrite5m = optional("cache_write_5m").map(Rates::parse).orElse(input);
      long cacheWrite1h = optional("cache_write_1h").map(Rates::parse).orElse(cacheWrite5m);
      return new Rates(input, output, cacheRead, cacheWrite5m, cacheWrite1h);
    }

    void refuseLeftovers() {
      if (!texts.isEmpty()) {
        throw unknown(texts.keySet().toString());
      }
    }
  }
}
