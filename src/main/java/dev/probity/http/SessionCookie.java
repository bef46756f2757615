package dev.probity.http;

import java.util.Optional;

/** The cookie that holds a session's token. */
public final class SessionCookie {
  private static final String SECURE = "__Host-probity";
  private static final String PLAIN = "probity";

  private SessionCookie() {}

  /** The token that the request brings, from the cookie that belongs to its scheme. */
  public static Optional<String> of(Call call) {
    String name = name(call.origin());
    for (String pair : call.header("cookie").orElse("").split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return Optional.of(pair.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** A {@code Set-Cookie} value that keeps the token for the browser's session. */
  public static String set(Origin origin, String token) {
    return name(origin) + "=" + token + attributes(origin);
  }

  /** A {@code Set-Cookie} value that removes it. */
  public static String clear(Origin origin) {
    return name(origin) + "=; Max-Age=0" + attributes(origin);
  }

  private static String name(Origin origin) {
    return origin.isSecure() ? SECURE : PLAIN;
  }

  private static String attributes(Origin origin) {
    return "; Path=/; HttpOnly; SameSite=Lax" + (origin.isSecure() ? "; Secure" : "");
  }
}
