package dev.probity.identity;

import dev.probity.http.Tokens;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who is signed in, in memory: a restart signs everybody out. Only digests of the tokens are kept.
 */
public final class Sessions {
  static final long IDLE_MILLIS = 8 * 3_600_000L;
  static final long ABSOLUTE_MILLIS = 7 * 24 * 3_600_000L;

  /** The session that was idle longest makes room for one more. */
  static final int MOST = 1_000;

  private final Clock clock;
  private final RandomGenerator random;

  /** By the token's digest, least recently used first. */
  private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param random a secure source
   */
  public Sessions(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Signs somebody in and returns the session's token. */
  public synchronized String begin(Caller caller) {
    long now = clock.millis();
    dropOld(now);
    String token = Tokens.create(random);
    sessions.put(Tokens.digest(token), new Session(caller, now, now));
    return token;
  }

  /** Who is signed in with this token, and notes that they were active now. */
  public synchronized Optional<Caller> find(String token) {
    long now = clock.millis();
    String digest = Tokens.digest(token);
    Session session = sessions.get(digest);
    if (session == null) {
      return Optional.empty();
    }
    if (session.isOver(now)) {
      sessions.remove(digest);
      return Optional.empty();
    }
    sessions.put(digest, session.activeAt(now));
    return Optional.of(session.caller);
  }

  /** Signs out. */
  public synchronized void end(String token) {
    sessions.remove(Tokens.digest(token));
  }

  private void dropOld(long now) {
    sessions.values().removeIf(session -> session.isOver(now));
    Iterator<Map.Entry<String, Session>> longestIdle = sessions.entrySet().iterator();
    while (sessions.size() >= MOST && longestIdle.hasNext()) {
      longestIdle.next();
      longestIdle.remove();
    }
  }

  private record Session(Caller caller, long beganAtMillis, long activeAtMillis) {
    boolean isOver(long now) {
      return now - activeAtMillis > IDLE_MILLIS || now - beganAtMillis > ABSOLUTE_MILLIS;
    }

    Session activeAt(long now) {
      return new Session(caller, beganAtMillis, now);
    }
  }
}
