package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Writes text as JSON. */
public final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  /** The text as a JSON string in UTF-8, quotes included. */
  public static byte[] quoted(String text) {
    var out = new StringBuilder(text.length() + 8);
    quote(text, out);
    return out.toString().getBytes(UTF_8);
  }

  /** Appends the text as a JSON string, quotes included; half of a surrogate pair as U+FFFD. */
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7F) {
            out.append("\\u").append(HEX.toHexDigits(c));
          } else if (Character.isSurrogate(c) && !isHalfOfPair(text, i)) {
            out.append('\ufffd');
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isHalfOfPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
