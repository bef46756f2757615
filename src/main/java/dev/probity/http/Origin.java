package dev.probity.http;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where the client thinks it is: scheme and host, such as {@code https://ai.example.org}.
 *
 * @param host with its port unless it is the scheme's own
 */
public record Origin(String scheme, String host) {
  /** What may go into a page, a link or a shell command; anything else is somebody's trick. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

  static Origin of(Function<String, Optional<String>> headers) {
    String scheme =
        headers.apply("x-forwarded-proto").filter("https"::equals).isPresent() ? "https" : "http";
    String host =
        headers
            .apply("x-forwarded-host")
            .filter(value -> HOST.matcher(value).matches())
            .orElse("localhost");
    return new Origin(scheme, host);
  }

  public boolean isSecure() {
    return scheme.equals("https");
  }

  @Override
  public String toString() {
    return scheme + "://" + host;
  }
}
