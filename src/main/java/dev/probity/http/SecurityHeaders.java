package dev.probity.http;

import java.util.Map;
import java.util.TreeMap;

/** The headers that every answer of the control plane carries. */
final class SecurityHeaders {
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private static final Map<String, String> ALWAYS =
      Map.of(
          "content-security-policy", CONTENT_SECURITY_POLICY,
          "x-content-type-options", "nosniff",
          "x-frame-options", "DENY",
          "cross-origin-opener-policy", "same-origin",
          "cross-origin-resource-policy", "same-origin",
          "permissions-policy", "camera=(), geolocation=(), microphone=()");

  private SecurityHeaders() {}

  static Map<String, String> of(Answer answer, Origin origin) {
    Map<String, String> headers = new TreeMap<>(ALWAYS);
    // A page's own forms must keep their Origin, which no-referrer would turn into "null", or they
    // could not be told from a stranger's on plain http, where browsers send no Sec-Fetch-Site.
    // Other sites get no referrer either way.
    headers.put(
        "referrer-policy",
        answer.contentType().startsWith("text/html") ? "same-origin" : "no-referrer");
    headers.put("cache-control", "no-store");
    if (origin.isSecure()) {
      headers.put("strict-transport-security", "max-age=31536000");
    }
    headers.putAll(answer.headers());
    return headers;
  }
}
