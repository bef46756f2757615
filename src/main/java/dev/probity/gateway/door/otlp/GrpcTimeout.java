package dev.probity.gateway.door.otlp;

import java.util.concurrent.TimeUnit;

/** How long a caller waits, as {@code grpc-timeout} says it: {@code 10S}, {@code 250m}. */
final class GrpcTimeout {
  private static final int MOST_DIGITS = 8;

  private GrpcTimeout() {}

  /** In nanoseconds; the longest there is if nothing, or nothing sensible, is said. */
  static long nanos(CharSequence text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > MOST_DIGITS) {
      return Long.MAX_VALUE;
    }
    long amount = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Long.MAX_VALUE;
      }
      amount = amount * 10 + (c - '0');
    }
    return switch (text.charAt(digits)) {
      case 'H' -> TimeUnit.HOURS.toNanos(amount);
      case 'M' -> TimeUnit.MINUTES.toNanos(amount);
      case 'S' -> TimeUnit.SECONDS.toNanos(amount);
      case 'm' -> TimeUnit.MILLISECONDS.toNanos(amount);
      case 'u' -> TimeUnit.MICROSECONDS.toNanos(amount);
      case 'n' -> amount;
      default -> Long.MAX_VALUE;
    };
  }
}
