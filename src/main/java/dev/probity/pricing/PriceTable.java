package dev.probity.pricing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Dated rows by provider and name, where a name may end in {@code *}. */
final class PriceTable<R> {
  private final Function<R, List<String>> names;
  private final Function<R, LocalDate> from;
  private final Map<Provider, Map<String, List<R>>> exact = new EnumMap<>(Provider.class);

  /** Beginnings without their star, longest first. */
  private final Map<Provider, Map<String, List<R>>> beginnings = new EnumMap<>(Provider.class);

  /**
   * @param names the names of a row, its canonical one first
   */
  PriceTable(
      List<R> rows,
      Function<R, Provider> provider,
      Function<R, List<String>> names,
      Function<R, LocalDate> from) {
    this.names = names;
    this.from = from;
    for (R row : rows) {
      for (String name : names.apply(row)) {
        boolean beginning = name.endsWith("*");
        (beginning ? beginnings : exact)
            .computeIfAbsent(provider.apply(row), p -> new HashMap<>())
            .computeIfAbsent(
                beginning ? name.substring(0, name.length() - 1) : name, n -> new ArrayList<>())
            .add(row);
      }
    }
  }

  /** The row in force on a day: by the first spelling that has one, else by longest beginning. */
  Optional<R> find(Provider provider, List<String> spellings, LocalDate day) {
    Map<String, List<R>> byName = exact.getOrDefault(provider, Map.of());
    for (String spelling : spellings) {
      Optional<R> row = inForce(byName.getOrDefault(spelling, List.of()), day);
      if (row.isPresent()) {
        return row;
      }
    }
    return beginnings.getOrDefault(provider, Map.of()).entrySet().stream()
        .filter(entry -> spellings.stream().anyMatch(s -> s.startsWith(entry.getKey())))
        .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
        .flatMap(entry -> inForce(entry.getValue(), day).stream())
        .findFirst();
  }

  /** The spellings, and behind them the canonical names of the rows that list them as aliases. */
  List<String> withCanonical(Provider provider, List<String> spellings) {
    Map<String, List<R>> byName = exact.getOrDefault(provider, Map.of());
    LinkedHashSet<String> all = new LinkedHashSet<>(spellings);
    for (String spelling : spellings) {
      byName.getOrDefault(spelling, List.of()).forEach(row -> all.add(names.apply(row).getFirst()));
    }
    return List.copyOf(all);
  }

  private Optional<R> inForce(List<R> rows, LocalDate day) {
    return rows.stream()
        .filter(row -> !from.apply(row).isAfter(day))
        .max(Comparator.comparing(from));
  }
}
