package dev.probity.telemetry.intake;

import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.MetricPoint;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds records with numbers of tokens that can't be. For one thread at a time. */
final class TokenCheck {
  /** More than a record can be about: some 10^12. */
  private static final double MOST = 0x1p40;

  /** The attributes that are numbers of tokens. */
  private static final Set<Attribute> COUNTS =
      Arrays.stream(Attribute.values())
          .filter(attribute -> {
            String name = attribute.wireName().toLowerCase(Locale.ROOT);
            return name.endsWith("tokens") || name.endsWith("token_count");
          })
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Attribute.class)));

  private boolean absurd;

  /** Whether none of a record's numbers of tokens is negative or beyond all measure. */
  boolean passes(Attributes attributes) {
    absurd = false;
    Consumer<Attribute> check =
        attribute -> {
          if (COUNTS.contains(attribute)) {
            absurd |= isAbsurd(attributes.decimal(attribute, 0));
          }
        };
    attributes.forEach(check);
    return !absurd;
  }

  /** The same for a metric that counts tokens. */
  static boolean passes(MetricPoint point) {
    return !point.name().contains("token") || !isAbsurd(point.value());
  }

  private static boolean isAbsurd(double value) {
    return !(value >= 0 && value <= MOST);
  }
}
