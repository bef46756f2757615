package dev.probity.http;

import dev.probity.kernel.Refusal;
import java.util.Optional;

/**
 * Refuses requests that another site makes a signed-in browser send. Browsers say where a request
 * comes from in {@code Sec-Fetch-Site}; where they don't (plain http on a name other than
 * localhost), {@code Origin} must be the address that the request went to.
 */
final class CrossOrigin {
  private CrossOrigin() {}

  static Optional<Refusal> check(Call call, Gate.Authenticated who) {
    boolean reads = call.method().equals("GET") || call.isHead();
    if (reads || who.means() != Gate.Authenticated.Means.SESSION) {
      return Optional.empty();
    }
    Optional<String> site = call.header("sec-fetch-site");
    boolean own =
        site.isPresent()
            ? site.get().equals("same-origin") || site.get().equals("none")
            : call.header("origin").filter(call.origin().toString()::equals).isPresent();
    return own
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Refusal.Reason.FORBIDDEN,
                "cross_origin",
                "This request came from another site's page. Do it from Probity's own pages,"
                    + " or send an owner key in the Authorization header."));
  }
}
