package dev.probity.server.settings;

import dev.probity.kernel.Secret;
import dev.probity.server.settings.Type.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and numbers that keys take. */
final class Types {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}) ?([A-Za-z]*)");

  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private static final Map<String, Long> BYTES =
      Map.of(
          "",
          1L,
          "B",
          1L,
          "kB",
          1_000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "KiB",
          1L << 10,
          "MiB",
          1L << 20,
          "GiB",
          1L << 30);

  private Types() {}

  static Scalar<String> text(String description) {
    return new Scalar<>(description, text -> text.isBlank() ? refuse() : text);
  }

  static Scalar<Secret> secret(String description) {
    return new Scalar<>(
        description, text -> text.isBlank() ? refuse() : new Secret(text.strip()), true);
  }

  static Scalar<Boolean> bool() {
    return new Scalar<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> refuse();
            });
  }

  static Scalar<Integer> integer(String what, int least, int most) {
    return new Scalar<>(
        what + ", " + least + " to " + most,
        text -> Math.toIntExact(within(Long.parseLong(text), least, most)));
  }

  static Scalar<Integer> port() {
    return integer("a port (0: any free one)", 0, 65_535);
  }

  /** A port that need not be listened at. */
  static Scalar<OptionalInt> portOrOff() {
    Scalar<Integer> port = port();
    return new Scalar<>(
        "a port (0: any free one), 0 to 65535, or off",
        text ->
            text.equals("off") ? OptionalInt.empty() : OptionalInt.of(port.parse().apply(text)));
  }

  /** In milliseconds. */
  static Scalar<Long> duration(String least, String most) {
    long from = amount(least, MILLIS);
    long to = amount(most, MILLIS);
    return new Scalar<>(
        "a duration such as 300ms, 5s or 2m, from " + least + " to " + most,
        text -> within(amount(text, MILLIS), from, to));
  }

  /** In bytes. */
  static Scalar<Long> size(String least, String most) {
    long from = amount(least, BYTES);
    long to = amount(most, BYTES);
    return new Scalar<>(
        "a size such as 64KiB or 8MiB, from " + least + " to " + most,
        text -> within(amount(text, BYTES), from, to));
  }

  static Scalar<LocalDate> day() {
    return new Scalar<>(
        "a day such as 2026-11-20",
        text -> {
          try {
            return LocalDate.parse(text);
          } catch (DateTimeException e) {
            return refuse();
          }
        });
  }

  static Scalar<BigDecimal> factor() {
    return new Scalar<>(
        "a factor from 0 to 100, such as 0.85",
        text -> {
          BigDecimal factor = new BigDecimal(text);
          return factor.signum() < 0 || factor.compareTo(BigDecimal.valueOf(100)) > 0
              ? refuse()
              : factor;
        });
  }

  /** One of a few words. */
  static <T> Scalar<T> choice(List<T> choices, Function<T, String> word) {
    return new Scalar<>(
        String.join(" | ", choices.stream().map(word).toList()),
        text ->
            choices.stream()
                .filter(choice -> word.apply(choice).equals(text))
                .findFirst()
                .orElseGet(Types::refuse));
  }

  static <E extends Enum<E>> Scalar<E> choice(E[] choices) {
    return choice(Arrays.asList(choices), choice -> choice.name().toLowerCase(Locale.ROOT));
  }

  private static long amount(String text, Map<String, Long> units) {
    Matcher matcher = AMOUNT.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      return refuse();
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      return refuse();
    }
  }

  private static long within(long value, long least, long most) {
    return value < least || value > most ? Types.<Long>refuse() : value;
  }

  /** The reader of the file says what was found and what is expected. */
  private static <T> T refuse() {
    throw new IllegalArgumentException("not what is expected");
  }
}
