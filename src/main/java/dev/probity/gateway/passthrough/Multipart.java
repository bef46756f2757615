package dev.probity.gateway.passthrough;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts.Span;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body of {@code multipart/form-data}: where some of its fields stand. Strict: what RFC 7578
 * leaves to the reader's mercy is refused, so that the provider can't read another model than was
 * read here. Nothing is copied but the heads of its parts.
 */
final class Multipart {
  private static final int MAX_HEAD = 8 << 10;
  private static final int MAX_PARTS = 1_000;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"\\\\]{1,70})\"|([0-9A-Za-z'()+_,./:=?-]{1,70}))\\s*(?:;|$)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(";\\s*name=(?:\"([^\"\\\\]*)\"|([^\\s\";]+))\\s*(?=;|$)");

  private final Map<String, Span> fields = new HashMap<>();

  private Multipart() {}

  static boolean isForm(String contentType) {
    return contentType.strip().regionMatches(true, 0, "multipart/form-data", 0, 19);
  }

  /**
   * @param wanted the fields that are looked for, each at most once in a form
   */
  static Multipart read(String contentType, ByteBuf body, String... wanted) throws MalformedForm {
    byte[] boundary = ("--" + boundary(contentType)).getBytes(ISO_8859_1);
    Multipart form = new Multipart();
    int start = body.readerIndex();
    int end = body.writerIndex();
    if (!isAt(body, start, boundary)) {
      throw new MalformedForm("The form does not begin with the boundary of its content-type.");
    }
    int at = start + boundary.length;
    for (int parts = 0; !isAt(body, at, "--"); parts++) {
      if (!isAt(body, at, "\r\n") || parts >= MAX_PARTS) {
        throw new MalformedForm("The form has a boundary that no line follows, or too many parts.");
      }
      int headEnd = headEnd(body, at);
      int next = find(body, headEnd, end, boundary);
      // A boundary that is not on a line of its own is one for some parsers and none for others.
      if (next < headEnd + 2 || !isAt(body, next - 2, "\r\n")) {
        throw new MalformedForm("A part of the form does not end with a boundary of its own line.");
      }
      String head = head(body, at + 2, headEnd - 4);
      form.part(head, new Span(headEnd - start, next - 2 - start), List.of(wanted));
      at = next + boundary.length;
    }
    int rest = end - (at + 2);
    if (rest != 0 && !(rest == 2 && isAt(body, at + 2, "\r\n"))) {
      throw new MalformedForm("Something follows the form's last boundary.");
    }
    return form;
  }

  private static String boundary(String contentType) throws MalformedForm {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      throw new MalformedForm("The content-type 'multipart/form-data' names no boundary.");
    }
    String found = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    if (matcher.find(matcher.start() + 1) || found.endsWith(" ")) {
      throw new MalformedForm("The content-type's boundary is not clear.");
    }
    return found;
  }

  /** The index after the empty line that ends a part's head. */
  private static int headEnd(ByteBuf body, int at) throws MalformedForm {
    int end = find(body, at, Math.min(body.writerIndex(), at + MAX_HEAD), HEAD_END);
    if (end < 0) {
      throw new MalformedForm("A part of the form has no head, or one that is too long.");
    }
    return end + HEAD_END.length;
  }

  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(US_ASCII);

  private static String head(ByteBuf body, int from, int to) {
    return to <= from ? "" : body.toString(from, to - from, UTF_8);
  }

  private void part(String head, Span at, List<String> wanted) throws MalformedForm {
    String disposition = null;
    boolean encoded = false;
    for (String line : head.split("\r\n", -1)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (line.startsWith(" ") || line.startsWith("\t") || line.contains("\n")) {
        throw new MalformedForm("A part's head has a line that goes on in the next.");
      }
      if (lower.startsWith("content-disposition:")) {
        if (disposition != null) {
          throw new MalformedForm("A part has two content-dispositions.");
        }
        disposition = line.substring("content-disposition:".length());
      }
      encoded |= lower.startsWith("content-transfer-encoding:");
    }
    if (disposition == null
        || !disposition.strip().toLowerCase(Locale.ROOT).startsWith("form-data")) {
      throw new MalformedForm("A part's content-disposition is not form-data.");
    }
    String name = name(disposition);
    if (!wanted.contains(name)) {
      return;
    }
    boolean plain = !encoded && !disposition.toLowerCase(Locale.ROOT).contains("filename");
    if (!plain || at.length() > RequestBody.NAME_BYTES) {
      throw new MalformedForm("The field '" + name + "' must be a short text.");
    }
    if (fields.put(name, at) != null) {
      throw new MalformedForm("The form has the field '" + name + "' more than once.");
    }
  }

  private static String name(String disposition) throws MalformedForm {
    Matcher matcher = NAME.matcher(disposition);
    if (!matcher.find() || disposition.contains("name*")) {
      throw new MalformedForm("A part of the form has no plain name.");
    }
    String found = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    if (matcher.find()) {
      throw new MalformedForm("A part of the form has two names.");
    }
    return found;
  }

  Optional<Span> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  static String text(ByteBuf body, Span at) {
    return body.toString(body.readerIndex() + at.start(), at.length(), UTF_8);
  }

  private static boolean isAt(ByteBuf body, int at, String text) {
    return isAt(body, at, text.getBytes(US_ASCII));
  }

  private static boolean isAt(ByteBuf body, int at, byte[] text) {
    if (at + text.length > body.writerIndex()) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (body.getByte(at + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int find(ByteBuf body, int from, int to, byte[] text) {
    int at = from;
    while (at + text.length <= to) {
      int found = body.indexOf(at, to - text.length + 1, text[0]);
      if (found < 0) {
        return -1;
      }
      if (isAt(body, found, text)) {
        return found;
      }
      at = found + 1;
    }
    return -1;
  }
}
