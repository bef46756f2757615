package dev.probity.gateway.upstream.simulated.script;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** How many tokens something is, near enough: four bytes each. */
public final class Tokens {
  /** What an attached image or file counts, whatever its size: its bytes are not read as text. */
  private static final long ATTACHMENT = 258;

  private Tokens() {}

  public static long of(String text) {
    long bytes = bytes(text);
    return (bytes + 3) / 4;
  }

  /** Everything that the model would read of a tree: names, text, numbers. */
  public static long of(JsonNode node) {
    long[] bytesAndAttachments = new long[2];
    add("", node, bytesAndAttachments);
    return (bytesAndAttachments[0] + 3) / 4 + ATTACHMENT * bytesAndAttachments[1];
  }

  /** The start of a text that is at most so many tokens, never half a character. */
  public static String first(String text, long tokens) {
    if (of(text) <= tokens) {
      return text;
    }
    int end = 0;
    long bytes = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += bytes(Character.toString(point));
      if (bytes > tokens * 4) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  private static void add(String name, JsonNode node, long[] sums) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> {
            sums[0] += bytes(field.getKey());
            add(field.getKey(), field.getValue(), sums);
          });
    } else if (node.isArray()) {
      node.forEach(element -> add(name, element, sums));
    } else if (node.isString()) {
      String text = node.stringValue();
      if (text.startsWith("data:") || (name.equals("data") && text.length() > 256)) {
        sums[1]++;
      } else {
        sums[0] += bytes(text);
      }
    } else if (!node.isNull()) {
      sums[0] += 4;
    }
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
