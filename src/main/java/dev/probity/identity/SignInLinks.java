package dev.probity.identity;

import dev.probity.http.Tokens;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One-time links that sign a person in. In memory; only digests of their tokens are kept. */
public final class SignInLinks {
  /** How long a link works. */
  public static final long LIFE_MILLIS = 15 * 60_000L;

  /** The oldest link makes room for one more. */
  static final int MOST = 100;

  private final Clock clock;
  private final RandomGenerator random;
  private final LinkedHashMap<String, Link> links = new LinkedHashMap<>();

  /**
   * @param random a secure source
   */
  public SignInLinks(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a link that signs in as this caller, once, within {@link #LIFE_MILLIS}.
   *
   * @return its path, to be put behind the address of the installation: {@code /sign-in/…}
   */
  public synchronized String create(Caller caller) {
    long now = clock.millis();
    links.values().removeIf(link -> link.expiresAtMillis < now);
    Iterator<String> oldest = links.keySet().iterator();
    while (links.size() >= MOST && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
    String token = Tokens.create(random);
    links.put(Tokens.digest(token), new Link(caller, now + LIFE_MILLIS));
    return "/sign-in/" + token;
  }

  /** Uses a link up; empty if it was used before, is too old, or never was. */
  public synchronized Optional<Caller> redeem(String token) {
    Link link = links.remove(Tokens.digest(token));
    return link == null || link.expiresAtMillis < clock.millis()
        ? Optional.empty()
        : Optional.of(link.caller);
  }

  private record Link(Caller caller, long expiresAtMillis) {}
}
