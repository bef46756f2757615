package dev.probity.gateway.state;

/**
 * What is remembered of responses, so that later ones can go on from them ({@code responses:}).
 *
 * @param state whether responses over plain HTTP are
 * @param bytes the most that they take together
 * @param keepMillis for how long, from when they were last asked for
 * @param connectionBytes the most that one socket's responses take; they are part of {@code
 *     limits.bodies_bytes}
 * @param connectionMillis how long a socket lives
 */
public record ResponseSettings(
    State state, long bytes, long keepMillis, long connectionBytes, long connectionMillis) {
  /** Where responses are remembered beyond the connection that they came over. */
  public enum State {
    /** Nowhere: a provider that keeps responses itself may, for any other the id means nothing. */
    OFF,
    /** In memory, for whoever has the same key. */
    MEMORY
  }

  public static final ResponseSettings DEFAULT =
      new ResponseSettings(State.OFF, 256L << 20, 3_600_000, 32L << 20, 3_600_000);
}
