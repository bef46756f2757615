package dev.probity.server.settings;

import dev.probity.gateway.routing.Condition;
import dev.probity.gateway.routing.Hours;
import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Type.At;
import dev.probity.server.settings.Type.Located;
import dev.probity.server.settings.Type.Many;
import dev.probity.server.settings.Type.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys below a route's {@code when}. */
final class ConditionKeys {
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /** What is taken off a request before a route is chosen: it could never match. */
  private static final Set<String> NEVER_SEEN =
      Set.of(
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "api-key",
          "x-probity-key",
          "cookie",
          "host",
          "connection",
          "content-length",
          "accept-encoding");

  private static final Key<Map<String, String>> HEADER =
      Key.optional(
          "header",
          new Type.Table<>(
              "header names with a value each, where * stands for any characters",
              headerName(),
              Types.text("a value, where * stands for any characters")),
          "Every header named must have such a value; credentials can't be asked for.");
  private static final Key<List<String>> KEYS =
      Key.optional(
          "keys",
          new Many<>(Types.text("a key's id or name, where * stands for any characters")),
          "The caller's key must be one of these.");
  private static final Key<Long> ABOVE =
      Key.optional("above", size(), "The body must have more bytes.");
  private static final Key<Long> BELOW =
      Key.optional("below", size(), "The body must have fewer bytes.");

  private record Size(Optional<Long> above, Optional<Long> below) {}

  private static final Key<At<Size>> BODY =
      Key.optional(
          "body",
          new Located<>(
              new Section<>(
                  new Schema<>(
                      List.of(ABOVE, BELOW),
                      values -> new Size(values.optional(ABOVE), values.optional(BELOW))))),
          "How large the request's body must be.");
  private static final Key<List<Hours>> HOURS =
      Key.optional(
          "hours",
          new Type.Scalar<>(
              "hours such as 22-06, mon-fri 08:30-18 or sat,sun 00-24, in UTC, with ; between",
              Hours::parse),
          "When it must be, in UTC. Hours that pass midnight belong to the day on which they"
              + " begin.");
  private static final Key<Boolean> STREAM =
      Key.optional(
          "stream", Types.bool(), "Whether the answer must be asked for as a stream, or must not.");

  static final Schema<Entry> SCHEMA =
      new Schema<>(
          List.of(HEADER, KEYS, BODY, HOURS, STREAM),
          values ->
              new Entry(
                  values.place(),
                  values.optional(HEADER).orElse(Map.of()),
                  values.optional(KEYS),
                  values.optional(BODY),
                  values.optional(HOURS).orElse(List.of()),
                  values.optional(STREAM)));

  private ConditionKeys() {}

  /** One condition, each value right by itself. */
  record Entry(
      Place place,
      Map<String, String> headers,
      Optional<List<String>> keys,
      Optional<At<Size>> body,
      List<Hours> hours,
      Optional<Boolean> stream) {
    Condition check(Problems problems) {
      if (headers.isEmpty()
          && keys.isEmpty()
          && body.isEmpty()
          && hours.isEmpty()
          && stream.isEmpty()) {
        problems.add(
            place,
            "when says nothing (expected: one of " + String.join(", ", SCHEMA.names()) + ")");
      }
      if (keys.isPresent() && keys.get().isEmpty()) {
        problems.add(place, "keys names nobody (expected: at least one key)");
      }
      body.ifPresent(size -> check(size, problems));
      return new Condition(
          headers, keys.orElse(List.of()), bound(Size::above), bound(Size::below), hours, stream);
    }

    private static void check(At<Size> size, Problems problems) {
      Optional<Long> above = size.value().above;
      Optional<Long> below = size.value().below;
      if (above.isEmpty() && below.isEmpty()) {
        problems.add(size.place(), "body says nothing (expected: above, below, or both)");
      }
      if (above.isPresent() && below.isPresent() && above.get() + 1 >= below.get()) {
        problems.add(
            size.place(),
            "no body is above "
                + above.get()
                + " and below "
                + below.get()
                + " bytes (expected: above less than below)");
      }
    }

    private OptionalLong bound(java.util.function.Function<Size, Optional<Long>> which) {
      Optional<Long> bytes = body.flatMap(size -> which.apply(size.value()));
      return bytes.isPresent() ? OptionalLong.of(bytes.get()) : OptionalLong.empty();
    }
  }

  private static Type.Scalar<String> headerName() {
    return new Type.Scalar<>(
        "a header's name that is no credential's",
        text -> {
          String name = text.toLowerCase(Locale.ROOT);
          if (!HEADER_NAME.matcher(text).matches() || NEVER_SEEN.contains(name)) {
            throw new IllegalArgumentException("no header that can be asked for");
          }
          return name;
        });
  }

  private static Type.Scalar<Long> size() {
    return Types.size("0B", "1GiB");
  }
}
