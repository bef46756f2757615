package dev.probity.web.globe;

import dev.probity.web.figures.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** By what a place's point on the globe is large or small. */
public enum Metric {
  SESSIONS,
  TOKENS,
  CHARGE;

  static final List<String> WORDS = Arrays.stream(values()).map(Metric::word).toList();

  /** As the address says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return name().charAt(0) + word().substring(1);
  }

  static Metric named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public long of(PlaceSum place) {
    return switch (this) {
      case SESSIONS -> place.sessions();
      case TOKENS -> place.tokens();
      case CHARGE -> place.chargeNanoUsd();
    };
  }

  /** A place's value in words: {@code 12 sessions}. */
  public String text(PlaceSum place) {
    long value = of(place);
    return switch (this) {
      case SESSIONS -> Format.number(value) + (value == 1 ? " session" : " sessions");
      case TOKENS -> Format.compact(value) + " tokens";
      case CHARGE -> Format.usd(value);
    };
  }
}
