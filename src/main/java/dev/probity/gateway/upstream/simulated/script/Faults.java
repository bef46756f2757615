package dev.probity.gateway.upstream.simulated.script;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What shall go wrong, or slowly, with one answer. Written {@code key=value;key=value}; a key alone
 * is a flag. {@link Fault} lists the keys.
 */
public final class Faults {
  public static final Faults NONE = new Faults(Map.of());

  /** The most text that sizes may ask for, so that nobody fills the memory with a header. */
  private static final long MAX_TEXT_BYTES = 16 << 20;

  /** What the last part of a {@code simulated-…} model name stands for. */
  private static final Map<String, String> BY_MODEL =
      Map.ofEntries(
          Map.entry("slow", "first_token_ms=800;chunk_ms=120"),
          Map.entry("error", "status=500"),
          Map.entry("limited", "status=429;retry_after=2"),
          Map.entry("overloaded", "status=529"),
          Map.entry("cut", "cut_after=4"),
          Map.entry("stalled", "stall_after=4"),
          Map.entry("broken", "error_after=4;chunk_ms=20"),
          Map.entry("silent", "pings=only"),
          Map.entry("empty", "empty"),
          Map.entry("garbage", "garbage=frame"),
          Map.entry("shaky", "error_after=2;chunk_ms=20;every=5"));

  private final Map<Fault, String> values;

  private Faults(Map<Fault, String> values) {
    this.values = values;
  }

  /**
   * @throws Rejection for an unknown key or a value out of range, and says which
   */
  public static Faults parse(String text) {
    Map<Fault, String> values = new EnumMap<>(Fault.class);
    for (String part : text.split(";", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = (equals < 0 ? part : part.substring(0, equals)).strip();
      String value = equals < 0 ? "1" : part.substring(equals + 1).strip();
      Fault fault =
          Fault.of(key)
              .orElseThrow(() -> Rejection.invalid("x-simulate: unknown key '" + key + "'"));
      if (!fault.accepts(value)) {
        throw Rejection.invalid(
            "x-simulate: " + key + "=" + value + " (expected: " + fault.expected() + ")");
      }
      values.put(fault, value);
    }
    Faults faults = new Faults(values);
    if (faults.number(Fault.CHUNKS, 12) * faults.number(Fault.CHUNK_BYTES, 1) > MAX_TEXT_BYTES) {
      throw Rejection.invalid("x-simulate: chunks times chunk_bytes is over 16 MiB");
    }
    return faults;
  }

  /** What a model name such as {@code simulated-slow} asks for; nothing for any other. */
  public static Faults ofModel(String model) {
    int mark = model.lastIndexOf("simulated-");
    String word = mark < 0 ? "" : model.substring(mark + "simulated-".length());
    String faults = BY_MODEL.get(word);
    return faults == null ? NONE : parse(faults);
  }

  /** What a model name can end in, after {@code simulated-}, to ask for faults. */
  static Set<String> modelWords() {
    return BY_MODEL.keySet();
  }

  /** These, with the others' where both speak of the same. */
  public Faults with(Faults others) {
    Map<Fault, String> both = new EnumMap<>(Fault.class);
    both.putAll(values);
    both.putAll(others.values);
    return new Faults(both);
  }

  /**
   * What goes wrong with one request.
   *
   * @param count how many requests there were, with this one
   */
  public Faults of(long count) {
    return count % number(Fault.EVERY, 1) == 0 ? this : NONE;
  }

  public boolean on(Fault flag) {
    return number(flag, 0) == 1;
  }

  /** Whether the fault was asked for with this word. */
  public boolean is(Fault fault, String word) {
    return word.equals(values.get(fault));
  }

  public OptionalLong number(Fault fault) {
    return Optional.ofNullable(values.get(fault))
        .filter(value -> Character.isDigit(value.charAt(0)))
        .map(value -> OptionalLong.of(Long.parseLong(value)))
        .orElse(OptionalLong.empty());
  }

  public long number(Fault fault, long otherwise) {
    return number(fault).orElse(otherwise);
  }
}
