package dev.probity.telemetry.place;

import dev.probity.telemetry.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Every country with its middle and its name. */
public final class Countries {
  private final Map<String, Place> middles;

  private Countries(Map<String, Place> middles) {
    this.middles = middles;
  }

  /** Reads the table that is part of the product. */
  static Countries read() {
    Map<String, Place> middles = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Countries.class.getResourceAsStream("/geo/countries.csv")),
                StandardCharsets.US_ASCII))) {
      for (String line : lines.readAllLines()) {
        List<String> cells = List.of(line.split(","));
        String code = cells.getFirst();
        int latitude = Integer.parseInt(cells.get(1));
        middles.put(code, new Place(code, "", latitude, Integer.parseInt(cells.get(2))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Countries(Map.copyOf(middles));
  }

  /** A country as a place; empty for a code that is none. */
  Optional<Place> middle(String code) {
    return Optional.ofNullable(middles.get(code));
  }

  /** A country's English name; its code if it has none. */
  public static String name(String code) {
    return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
  }
}
