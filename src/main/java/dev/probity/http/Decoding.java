package dev.probity.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what URLs and forms encode. */
final class Decoding {
  private Decoding() {}

  /** A path segment. Unlike in a query, a plus sign there is a plus sign. */
  static String percent(String text) {
    return text.indexOf('%') < 0 ? text : decode(text.replace("+", "%2B"));
  }

  /** The pairs of a query or a form body, names in order. */
  static Map<String, List<String>> pairs(String text) {
    Map<String, List<String>> pairs = new TreeMap<>();
    if (text.isEmpty()) {
      return pairs;
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      pairs.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return pairs;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedException.invalid(
          "invalid_encoding",
          "The URL or form holds a % that two hexadecimal digits don't follow.");
    }
  }
}
