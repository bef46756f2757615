package dev.probity.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is read off, and taken off, a client's headers before they travel on. */
public final class ClientHeaders {
  /** A client's Probity key, when the vendor's own place holds the client's provider key. */
  static final AsciiString OWN_KEY = AsciiString.cached("x-probity-key");

  private static final AsciiString TRANSLATION = AsciiString.cached("x-probity-translation");

  /** The deployment that a client asks for, where no model says which. */
  static final AsciiString DEPLOYMENT = AsciiString.cached("x-probity-deployment");

  private static final AsciiString SIMULATED = AsciiString.cached("x-probity-simulated");

  private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");

  /** Where the vendors' clients put a key, besides {@code Authorization} and the query. */
  private static final List<AsciiString> KEY_HEADERS =
      List.of(
          AsciiString.cached("x-api-key"),
          AsciiString.cached("x-goog-api-key"),
          AsciiString.cached("api-key"));

  /**
   * Taken off on the way up: hop-by-hop, what we set ourselves, who the client is, and what would
   * compress the answer.
   */
  private static final List<AsciiString> NOT_FORWARDED =
      names(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect",
          "host",
          "content-length",
          "accept-encoding",
          "cookie",
          "forwarded",
          "via",
          "x-real-ip",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-forwarded-port",
          "x-http2-stream-id",
          "x-http2-scheme",
          "x-http2-path",
          "x-http2-stream-weight",
          "x-http2-stream-dependency-id",
          "x-probity-key",
          "x-probity-simulated",
          "x-probity-deployment",
          "x-probity-translation",
          "x-probity-door");

  /**
   * Taken off on the way down: hop-by-hop, and what would speak about our origin in the provider's
   * name.
   */
  private static final List<AsciiString> NOT_RETURNED =
      names(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "set-cookie",
          "alt-svc",
          "strict-transport-security",
          "report-to",
          "nel");

  private static final List<AsciiString> SESSION_HEADERS =
      names("x-claude-code-session-id", "session-id", "session_id", "x-session-id");

  private static final List<AsciiString> REQUEST_ID_HEADERS =
      names("request-id", "x-request-id", "x-goog-request-id", "apim-request-id");

  private ClientHeaders() {}

  private static List<AsciiString> names(String... names) {
    return List.of(names).stream().map(AsciiString::cached).toList();
  }

  /**
   * The credentials a client sent, in the order they are tried.
   *
   * @param probity from {@code x-probity-key}
   * @param vendor from {@code Authorization}, the vendors' headers, or {@code ?key=}
   */
  record Credentials(@Nullable String probity, List<String> vendor) {}

  static Credentials credentials(HttpHeaders headers, String uri) {
    String first = bearer(headers.get(AUTHORIZATION));
    @Nullable String second = null;
    for (AsciiString name : KEY_HEADERS) {
      String value = headers.get(name);
      if (value != null && !value.isBlank()) {
        second = value.trim();
        break;
      }
    }
    if (second == null && uri.indexOf("key=") > 0) {
      List<String> values = new QueryStringDecoder(uri).parameters().get("key");
      second = values == null ? null : values.getFirst();
    }
    List<String> vendor =
        first == null
            ? (second == null ? List.of() : List.of(second))
            : (second == null ? List.of(first) : List.of(first, second));
    return new Credentials(headers.get(OWN_KEY), vendor);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return null;
    }
    return authorization.regionMatches(true, 0, "bearer ", 0, 7)
        ? authorization.substring(7).trim()
        : authorization.trim();
  }

  /** Makes the client's headers those of a request of ours, without any credential. */
  public static void clean(HttpHeaders headers) {
    String connection = headers.get("connection");
    if (connection != null
        && !connection.equalsIgnoreCase("keep-alive")
        && !connection.equalsIgnoreCase("close")) {
      for (String named : connection.split(",")) {
        headers.remove(named.trim());
      }
    }
    for (AsciiString name : NOT_FORWARDED) {
      headers.remove(name);
    }
    removeCredentials(headers);
  }

  public static void removeCredentials(HttpHeaders headers) {
    headers.remove(AUTHORIZATION);
    // An attempt at the simulated provider left this process's secret there.
    headers.remove(SIMULATED);
    for (AsciiString name : KEY_HEADERS) {
      headers.remove(name);
    }
  }

  /** Makes an upstream's headers fit to be returned. */
  public static void cleanAnswer(HttpHeaders headers) {
    for (AsciiString name : NOT_RETURNED) {
      headers.remove(name);
    }
  }

  /** Whether the client would rather be refused than have its request translated with a loss. */
  public static boolean wantsExactness(HttpHeaders headers) {
    return "strict".equalsIgnoreCase(headers.get(TRANSLATION));
  }

  /** The session that an agent says the request belongs to. */
  public static Optional<String> session(HttpHeaders headers) {
    return firstOf(headers, SESSION_HEADERS);
  }

  /** The id that the provider gave its answer. */
  public static Optional<String> requestId(HttpHeaders headers) {
    return firstOf(headers, REQUEST_ID_HEADERS);
  }

  private static Optional<String> firstOf(HttpHeaders headers, List<AsciiString> names) {
    for (AsciiString name : names) {
      String value = headers.get(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The query to send on: without its question mark and without a key. */
  public static String query(String uri) {
    int mark = uri.indexOf('?');
    if (mark < 0) {
      return "";
    }
    String query = uri.substring(mark + 1);
    if (!query.startsWith("key=") && !query.contains("&key=")) {
      return query;
    }
    StringBuilder kept = new StringBuilder(query.length());
    for (String pair : query.split("&")) {
      if (!pair.startsWith("key=")) {
        kept.append(kept.isEmpty() ? "" : "&").append(pair);
      }
    }
    return kept.toString();
  }

  /** A path segment's text. */
  public static String decoded(String segment) {
    return segment.indexOf('%') < 0
        ? segment
        : QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
