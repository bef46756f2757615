package dev.probity.gateway.request;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.request.RequestFacts.Span;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where in a body the prompt begins: tools, system and the first message, which stay the same while
 * a conversation grows, and which providers' prompt caches begin with.
 *
 * @param before the values that come before the messages, in a fixed order
 * @param messages the messages as a whole; of an array the first element counts
 */
public record PromptStart(List<Span> before, List<Span> messages) {
  public static final PromptStart NONE = new PromptStart(List.of(), List.of());

  /** Of each part no more than this is looked at. */
  private static final int PART_BYTES = 2_048;

  private static final long PRIME_1 = 0x9E3779B97F4A7C15L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

  /** Where the watched paths stand, as far as they occur. */
  static PromptStart of(JsonScanner json, int messages, int... before) {
    List<Span> heads = new ArrayList<>(before.length);
    for (int path : before) {
      add(json, path, heads);
    }
    List<Span> first = new ArrayList<>(1);
    add(json, messages, first);
    return heads.isEmpty() && first.isEmpty() ? NONE : new PromptStart(heads, first);
  }

  private static void add(JsonScanner json, int path, List<Span> to) {
    JsonKind kind = json.kind(path);
    if (kind == JsonKind.ARRAY || kind == JsonKind.OBJECT || kind == JsonKind.STRING) {
      to.add(new Span((int) json.start(path), (int) json.end(path)));
    }
  }

  /**
   * A hash of it; empty if there is no prompt. Not kept from being guessed: whoever keeps it hashes
   * it again, with a key.
   */
  public OptionalLong hash(ByteBuf body) {
    if (messages.isEmpty() && before.isEmpty()) {
      return OptionalLong.empty();
    }
    long hash = PRIME_2;
    for (Span part : before) {
      hash = hash(body, part.start(), end(part), hash);
    }
    for (Span part : messages) {
      hash = hash(body, part.start(), firstEnd(body, part), hash);
    }
    return OptionalLong.of(hash);
  }

  private static int end(Span part) {
    return Math.min(part.end(), part.start() + PART_BYTES);
  }

  /** The end of an array's first element; of anything else as {@link #end}. */
  private static int firstEnd(ByteBuf body, Span part) {
    int base = body.readerIndex();
    int end = end(part);
    if (body.getByte(base + part.start()) != '[') {
      return end;
    }
    int depth = 0;
    boolean quoted = false;
    for (int at = part.start(); at < end; at++) {
      byte b = body.getByte(base + at);
      if (quoted) {
        quoted = b != '"';
        at += b == '\\' ? 1 : 0;
      } else if (b == '"') {
        quoted = true;
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (b == ']' || b == '}') {
        depth--;
      }
      if (!quoted && (depth == 0 || depth == 1 && b == ',')) {
        return at;
      }
    }
    return end;
  }

  private static long hash(ByteBuf body, int from, int to, long seed) {
    int base = body.readerIndex();
    long hash = seed + (to - from) * PRIME_1;
    int at = from;
    for (; at <= to - 8; at += 8) {
      hash = Long.rotateLeft(hash ^ body.getLongLE(base + at) * PRIME_2, 29) * PRIME_1;
    }
    for (; at < to; at++) {
      hash = Long.rotateLeft(hash ^ (body.getByte(base + at) & 0xFF) * PRIME_2, 11) * PRIME_1;
    }
    return hash ^ hash >>> 32;
  }
}
