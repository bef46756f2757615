package dev.probity.telemetry.dialect;

import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Numbers as agents write them: as numbers or as text, whole or not, sometimes absurd. */
final class Numbers {
  /** More than any call can use, few enough that sums of them never overflow. */
  static final long MOST_TOKENS = 1_000_000_000_000L;

  /** A million USD, for one call or one interval. */
  private static final long MOST_NANO_USD = 1_000_000L * 1_000_000_000L;

  private static final double MOST_MILLIS = 1e12;
  private static final int LONGEST_TIME = 40;
  private static final String USUAL_TIME = "0000-00-00T00:00:00.000Z";
  private static final long SECONDS_PER_DAY = 86_400;

  private Numbers() {}

  /** A number of tokens; 0 if it was not given, is negative or absurd. */
  static long tokens(Attributes attributes, Attribute attribute) {
    double value = attributes.decimal(attribute, 0);
    return value > 0 && value <= MOST_TOKENS ? Math.round(value) : 0;
  }

  /** The first of several names under which a number of tokens was given. */
  static long tokens(Attributes attributes, Attribute... names) {
    for (Attribute name : names) {
      if (attributes.has(name)) {
        return tokens(attributes, name);
      }
    }
    return 0;
  }

  /** A duration or a size, whole; unknown if it was not given, is negative or absurd. */
  static long amount(Attributes attributes, Attribute attribute) {
    double value = attributes.decimal(attribute, -1);
    return value >= 0 && value <= MOST_MILLIS ? Math.round(value) : AgentEvent.UNKNOWN;
  }

  /** A duration that was given in seconds, in milliseconds. */
  static long secondsAsMillis(Attributes attributes, Attribute attribute) {
    double value = attributes.decimal(attribute, -1) * 1_000;
    return value >= 0 && value <= MOST_MILLIS ? Math.round(value) : AgentEvent.UNKNOWN;
  }

  /** What is claimed in whole millionths of a USD, or else in USD; unknown if neither says. */
  static long claimed(Attributes attributes, Attribute micros, Attribute usd) {
    double inMicros = attributes.decimal(micros, -1);
    return inMicros >= 0
        ? nanoUsd(BigDecimal.valueOf(inMicros).movePointRight(3))
        : nanoUsd(attributes.decimal(usd, -1));
  }

  /** USD in nano-USD, rounded half-up; unknown if it is negative, absurd or not a number. */
  static long nanoUsd(double usd) {
    return usd >= 0 && usd < Double.POSITIVE_INFINITY
        ? nanoUsd(BigDecimal.valueOf(usd).movePointRight(9))
        : AgentEvent.UNKNOWN;
  }

  private static long nanoUsd(BigDecimal nano) {
    return nano.compareTo(BigDecimal.valueOf(MOST_NANO_USD)) > 0
        ? AgentEvent.UNKNOWN
        : nano.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /**
   * When a record's event happened: what the event itself says, because some clients set no time on
   * the record, or only that of its export.
   */
  static long atMillis(LogRecord record) {
    String said = record.attributes().text(Attribute.EVENT_TIMESTAMP);
    if (!said.isEmpty() && said.length() <= LONGEST_TIME) {
      try {
        return said.length() == USUAL_TIME.length()
            ? usual(said)
            : Instant.parse(said).toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        // The record's own time is the next best.
      }
    }
    long nanos = record.timeNanos() > 0 ? record.timeNanos() : record.observedTimeNanos();
    return millis(nanos);
  }

  /** A time as nearly every client writes it: the JDK's parser takes longer than all the rest. */
  private static long usual(String time) {
    for (int i = 0; i < USUAL_TIME.length(); i++) {
      char expected = USUAL_TIME.charAt(i);
      char found = time.charAt(i);
      if (expected == '0' ? found < '0' || found > '9' : found != expected) {
        return Instant.parse(time).toEpochMilli();
      }
    }
    LocalDate day = LocalDate.of(digits(time, 0, 4), digits(time, 5, 7), digits(time, 8, 10));
    LocalTime clock =
        LocalTime.of(digits(time, 11, 13), digits(time, 14, 16), digits(time, 17, 19));
    long seconds = day.toEpochDay() * SECONDS_PER_DAY + clock.toSecondOfDay();
    return seconds * 1_000 + digits(time, 20, 23);
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
