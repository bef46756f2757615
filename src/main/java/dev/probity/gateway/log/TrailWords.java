package dev.probity.gateway.log;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** A trail's stable words and numbers, as a person says them. */
final class TrailWords {
  private static final int NANO_DIGITS = 9;
  private static final int USUAL_DECIMALS = 4;

  private TrailWords() {}

  /** Why a deployment was passed over. */
  static String reason(String word) {
    return switch (word) {
      case "other_dialect" -> "it speaks another format";
      case "no_credential" -> "it has no provider key";
      case "when_header" -> "its route asks for another header";
      case "when_key" -> "its route is for other keys";
      case "when_body" -> "its route is for requests of another size";
      case "when_hours" -> "its route is for other hours";
      case "when_stream" -> "its route is for another kind of answer";
      case "circuit_open" -> "it has been failing";
      case "rate_limited" -> "its rate limit is used up";
      case "cooling_down" -> "it said that it has had too much";
      default -> plain(word);
    };
  }

  /**
   * Why one was the first.
   *
   * @param ageMillis how long ago what is like this was there
   */
  static String first(String word, long ageMillis) {
    return switch (word) {
      case "session_cache" ->
          "its prompt cache is likely warm (same session " + time(ageMillis) + " ago)";
      case "prefix_cache" ->
          "its prompt cache is likely warm (same beginning " + time(ageMillis) + " ago)";
      case "previous_response" -> "it made the answer that this one goes on from";
      case "only_ready" -> "no other of those that come first was well";
      case "weighted" -> "it was drawn by weight";
      case "fastest" -> "it answers soonest";
      case "cheapest" -> "this request is cheapest there";
      case "order" -> "it is the first in the file that was well";
      case "least_bad" -> "none was well and it was the likeliest to be so again";
      default -> plain(word);
    };
  }

  /** Why a call did not go where its prompt was cached. */
  static String left(String word) {
    return switch (word) {
      case "circuit_open" -> "that has been failing";
      case "rate_limited" -> "its rate limit was used up";
      case "cooling_down" -> "that said that it has had too much";
      case "loaded" -> "that had far more to do than the others";
      case "slow" -> "that was far slower than the others";
      case "not_next" -> "others come before it";
      case "gone" -> "that does not serve the model any more";
      default -> plain(word);
    };
  }

  private static String plain(String word) {
    return word.replace('_', ' ');
  }

  static String time(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
    return millis < 120_000 ? millis / 1_000 + " s" : millis / 60_000 + " min";
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String count(long value, String what) {
    return number(value) + " " + what + (value == 1 ? "" : "s");
  }

  /** Four decimals, or what it takes for an amount that would be 0 with them. */
  static String usd(long nanoUsd) {
    BigDecimal usd = BigDecimal.valueOf(nanoUsd, NANO_DIGITS);
    BigDecimal rounded = usd.setScale(USUAL_DECIMALS, RoundingMode.HALF_UP);
    return "$"
        + (rounded.signum() == 0 && nanoUsd > 0
            ? usd.stripTrailingZeros().toPlainString()
            : rounded.toPlainString());
  }
}
