package dev.probity.gateway.upstream.simulated.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One thing that can be asked of the simulation with {@code x-simulate: key=value;key=value}. */
public enum Fault {
  /** How long the model thinks before its first content. */
  FIRST_TOKEN_MS(0, 600_000),
  /** The pause between two pieces of content. */
  CHUNK_MS(0, 600_000),
  /** In how many pieces the text comes. */
  CHUNKS(1, 20_000),
  /** How many bytes of text a piece has. */
  CHUNK_BYTES(1, 65_536),
  /** Answer with this error status. */
  STATUS(400, 599),
  /** Seconds that the error says to wait. */
  RETRY_AFTER(0, 86_400),
  /** Close the connection after so many pieces, in the middle of the answer. */
  CUT_AFTER(0, 20_000),
  /** Say nothing more after so many pieces, for {@link #STALL_MS}. */
  STALL_AFTER(0, 20_000),
  STALL_MS(1, 3_600_000),
  /** So many keep-alives before the first content; {@code only}: nothing else ever. */
  PINGS(0, 10_000, "only"),
  /** Turn into the vendor's in-stream error after so many pieces. */
  ERROR_AFTER(0, 20_000),
  /** Something that is not HTTP, not JSON, or in one frame not JSON. */
  GARBAGE("head", "body", "frame"),
  /** End, properly, in the middle of a frame. */
  HALF_FRAME(0, 1),
  /** A success without a body. */
  EMPTY(0, 1),
  /** Send every byte by itself. */
  SPLIT(0, 1),
  /** Only every so manieth request to the provider goes wrong; without it each does. */
  EVERY(1, 10_000),
  /** Leave usage out. */
  NO_USAGE(0, 1),
  /** Compress, even unasked. */
  GZIP(0, 1);

  private final String key = name().toLowerCase(Locale.ROOT);
  private final long least;
  private final long most;
  private final Set<String> words;

  Fault(long least, long most, String... words) {
    this.least = least;
    this.most = most;
    this.words = Set.of(words);
  }

  Fault(String... words) {
    this(1, 0, words);
  }

  public String key() {
    return key;
  }

  public static Optional<Fault> of(String key) {
    return Arrays.stream(values()).filter(fault -> fault.key.equals(key)).findFirst();
  }

  /** Whether a value can be had; a flag without a value counts as 1. */
  public boolean accepts(String value) {
    if (words.contains(value)) {
      return true;
    }
    try {
      long number = Long.parseLong(value);
      return number >= least && number <= most;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  /** What may be given, for the message to somebody who gave something else. */
  public String expected() {
    String range = least > most ? "" : least + " to " + most;
    String alternatives = String.join(" or ", words.stream().sorted().toList());
    return range + (range.isEmpty() || alternatives.isEmpty() ? "" : " or ") + alternatives;
  }
}
