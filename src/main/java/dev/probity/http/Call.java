package dev.probity.http;

import dev.probity.kernel.Caller;
import dev.probity.kernel.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One request to the control plane, as its handler sees it. */
public final class Call {
  private final String method;
  private final String path;
  private final Map<String, String> pathParameters;
  private final Supplier<Map<String, List<String>>> query;
  private final Function<String, Optional<String>> headers;
  private final Supplier<byte[]> body;
  private final Caller caller;

  Call(
      String method,
      String path,
      Map<String, String> pathParameters,
      Supplier<Map<String, List<String>>> query,
      Function<String, Optional<String>> headers,
      Supplier<byte[]> body,
      Caller caller) {
    this.method = method;
    this.path = path;
    this.pathParameters = pathParameters;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.caller = caller;
  }

  Call withRoute(Map<String, String> parameters, Caller authenticated) {
    return new Call(method, path, parameters, query, headers, body, authenticated);
  }

  /** Whether only the head of the answer will be sent. Such a call must change nothing. */
  public boolean isHead() {
    return method.equals("HEAD");
  }

  String method() {
    return method;
  }

  /** The path as it was sent, without the query. */
  public String path() {
    return path;
  }

  /** Who calls; {@link Caller#NOBODY} where the route asks for nobody and nobody is known. */
  public Caller caller() {
    return caller;
  }

  /** A {@code {name}} segment of the route's path. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " (expected: a parameter of the route's path)");
    }
    return value;
  }

  /** The query, read and checked by the names that the route knows. */
  public Parameters query(String... known) {
    return new Parameters(query.get(), List.of(known));
  }

  /** A header's value, whatever its name's case; the first of several. */
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  /** The JSON body as a record. */
  public <T> T json(Class<T> type) {
    requireContentType("application/json");
    return Json.read(body.get(), type);
  }

  /** The fields of a form that a browser sent. */
  public Parameters form(String... known) {
    requireContentType("application/x-www-form-urlencoded");
    return new Parameters(
        Decoding.pairs(new String(body.get(), java.nio.charset.StandardCharsets.UTF_8)),
        List.of(known));
  }

  /** The address that the client used, as the front door saw it. */
  public Origin origin() {
    return Origin.of(headers);
  }

  /** Whether the client asks for a page rather than data. */
  public boolean wantsHtml() {
    return !path.startsWith("/api/") && header("accept").orElse("").contains("text/html");
  }

  private void requireContentType(String expected) {
    String actual = header("content-type").orElse("");
    int semicolon = actual.indexOf(';');
    String type = semicolon < 0 ? actual : actual.substring(0, semicolon);
    if (!type.strip().toLowerCase(Locale.ROOT).equals(expected)) {
      throw new RefusedException(
          new Refusal(
              Refusal.Reason.UNSUPPORTED_MEDIA,
              "unsupported_media_type",
              "Send the body as " + expected + "."));
    }
  }
}
