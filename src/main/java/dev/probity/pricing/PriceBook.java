package dev.probity.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What every known model costs, by day, with what the operator says on top. Immutable; what is
 * remembered of earlier look-ups makes the next ones free of allocation.
 *
 * <p>A model is looked for under its own name, then under the spellings that {@link ModelNames}
 * documents; first among the operator's prices (names before {@code *} rows), then in the book. A
 * model that is not found has no price: nothing is ever guessed from a similar name.
 */
public final class PriceBook {
  /** Client-chosen names must not fill the memory; far more than there are models. */
  private static final int REMEMBERED_PER_PROVIDER = 2_048;

  private static final String OPERATOR = "settings";

  private final String version;
  private final Map<String, String> sources;
  private final List<PriceRow> rows;
  private final List<PriceOverride> overrides;
  private final PriceTable<PriceRow> book;
  private final PriceTable<PriceOverride> operatorPrices;
  private final PriceTable<PriceOverride> operatorFactors;

  /** Every moment at which some price changes, sorted. */
  private final long[] changes;

  private final Map<Provider, Map<String, Remembered>> remembered = new EnumMap<>(Provider.class);

  /** What a name cost between two changes. */
  private record Remembered(Optional<Price> price, long fromMillis, long untilMillis) {}

  PriceBook(PriceFile.Content content, List<PriceOverride> overrides) {
    this.version = content.version();
    this.sources = content.sources();
    this.rows = content.rows();
    this.overrides = List.copyOf(overrides);
    this.book = new PriceTable<>(rows, PriceRow::provider, PriceBook::names, PriceRow::from);
    this.operatorPrices = operatorTable(o -> o.row().isPresent());
    this.operatorFactors = operatorTable(o -> o.row().isEmpty());
    this.changes =
        Stream.concat(
                rows.stream().map(PriceRow::from), overrides.stream().map(PriceOverride::from))
            .flatMapToLong(day -> LongStream.of(millis(day)))
            .sorted()
            .distinct()
            .toArray();
    for (Provider provider : Provider.values()) {
      remembered.put(provider, new ConcurrentHashMap<>());
    }
  }

  private PriceTable<PriceOverride> operatorTable(Predicate<PriceOverride> which) {
    Function<PriceOverride, List<String>> names = override -> List.of(override.model());
    return new PriceTable<>(
        overrides.stream().filter(which).toList(),
        PriceOverride::provider,
        names,
        PriceOverride::from);
  }

  /** The book that comes with the product, with the operator's prices on top. */
  public static PriceBook shipped(List<PriceOverride> overrides) {
    try (InputStream in =
        Objects.requireNonNull(PriceBook.class.getResourceAsStream("/pricing/prices.json"))) {
      return new PriceBook(PriceFile.read(in), overrides);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The day of the book, such as {@code 2026-11-20}. */
  public String version() {
    return version;
  }

  /** The book's rows, the operator's not among them. */
  public List<PriceRow> rows() {
    return rows;
  }

  /** What the operator says. */
  public List<PriceOverride> overrides() {
    return overrides;
  }

  /** What a row's source stands for: a document and where it is; the word itself if not listed. */
  public String describeSource(String source) {
    return sources.getOrDefault(source, source);
  }

  /** What a model cost at a time; empty if that is not known. */
  public Optional<Price> price(Provider provider, String model, long atMillis) {
    Map<String, Remembered> byName = Objects.requireNonNull(remembered.get(provider));
    Remembered known = byName.get(model);
    if (known != null && known.fromMillis <= atMillis && atMillis < known.untilMillis) {
      return known.price;
    }
    Remembered found = find(provider, model, atMillis);
    // Names that are not known stay out: there is no end to them.
    if (found.price.isPresent() && (known != null || byName.size() < REMEMBERED_PER_PROVIDER)) {
      byName.put(model, found);
    }
    return found.price;
  }

  private Remembered find(Provider provider, String model, long atMillis) {
    int next = Arrays.binarySearch(changes, atMillis);
    next = next >= 0 ? next + 1 : -next - 1;
    return new Remembered(
        lookUp(provider, model, atMillis),
        next == 0 ? Long.MIN_VALUE : changes[next - 1],
        next == changes.length ? Long.MAX_VALUE : changes[next]);
  }

  private Optional<Price> lookUp(Provider provider, String model, long atMillis) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(atMillis, 86_400_000L));
    List<String> spellings = book.withCanonical(rowsOf(provider), ModelNames.spellings(model));
    Optional<PriceOverride> said = operatorPrices.find(provider, spellings, day);
    if (said.isPresent()) {
      PriceOverride override = said.get();
      return override
          .row()
          .map(row -> new Price(row, version(OPERATOR, provider, row), override.factor()));
    }
    BigDecimal factor =
        operatorFactors
            .find(provider, spellings, day)
            .map(PriceOverride::factor)
            .orElse(BigDecimal.ONE);
    return book.find(rowsOf(provider), spellings, day)
        .map(row -> new Price(row, bookVersion(provider, row, factor), factor));
  }

  /** Azure sells OpenAI's models at OpenAI's prices; the version says whose row it is. */
  private static Provider rowsOf(Provider provider) {
    return provider == Provider.AZURE_OPENAI ? Provider.OPENAI : provider;
  }

  private String bookVersion(Provider provider, PriceRow row, BigDecimal factor) {
    String text = version(version, row.provider(), row);
    if (provider != row.provider()) {
      text += " for " + provider.text();
    }
    return factor.compareTo(BigDecimal.ONE) == 0
        ? text
        : text + " x" + factor.stripTrailingZeros().toPlainString();
  }

  private static String version(String book, Provider provider, PriceRow row) {
    return book + "/" + provider.text() + "/" + row.model() + "@" + row.from();
  }

  private static List<String> names(PriceRow row) {
    return Stream.concat(Stream.of(row.model()), row.aliases().stream()).toList();
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
