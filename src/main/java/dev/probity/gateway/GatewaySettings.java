package dev.probity.gateway;

import dev.probity.gateway.state.ResponseSettings;

/**
 * How the gateway behaves ({@code client_gone:}, {@code drain:}, {@code unpriced:}, {@code
 * timeouts:}, {@code limits:}, {@code responses:}).
 *
 * @param refuseUnpriced refuse a model that the price book does not know ({@code unpriced:
 *     refuse}); otherwise its exchanges are recorded as unpriced
 */
public record GatewaySettings(
    ClientGone clientGone,
    DrainLimit drainLimit,
    boolean refuseUnpriced,
    Timeouts timeouts,
    Limits limits,
    ResponseSettings responses) {

  /** With nothing said about responses. */
  public GatewaySettings(
      ClientGone clientGone,
      DrainLimit drainLimit,
      boolean refuseUnpriced,
      Timeouts timeouts,
      Limits limits) {
    this(clientGone, drainLimit, refuseUnpriced, timeouts, limits, ResponseSettings.DEFAULT);
  }

  /**
   * What happens to the provider's answer when the client goes away in the middle ({@code
   * client_gone:}).
   */
  public enum ClientGone {
    /** Stop the provider; the row has what it said so far, and nothing is guessed. */
    ABORT,
    /** Read on, within {@link DrainLimit}, for the provider's own count. */
    DRAIN,
    /** Stop the provider and count the bytes that passed, at four bytes a token. */
    ESTIMATE
  }

  /** The most that is read after the client has gone ({@code drain: {bytes, time}}). */
  public record DrainLimit(long bytes, long millis) {}

  /**
   * All in milliseconds.
   *
   * @param connect to establish a connection to the provider, TLS included
   * @param firstByte from the request sent to the head of the answer
   * @param stall between two pieces of content; pings do not count
   * @param total the whole exchange
   * @param poolIdle how long an unused connection to a provider is kept
   * @param clientHead for a client to send a request's head, from its first byte
   * @param clientBody between two pieces of a client's body
   * @param clientIdle how long an unused client connection is kept
   * @param shutdown how long running exchanges may take to end at shutdown
   */
  public record Timeouts(
      long connect,
      long firstByte,
      long stall,
      long total,
      long poolIdle,
      long clientHead,
      long clientBody,
      long clientIdle,
      long shutdown) {
    public static final Timeouts DEFAULT =
        new Timeouts(5_000, 300_000, 300_000, 3_600_000, 30_000, 10_000, 30_000, 75_000, 30_000);
  }

  /**
   * @param bodyBytes the largest request body
   * @param bodiesBytes all request bodies in memory together
   * @param headBytes a request's head: line and headers together
   * @param jsonDepth how deep a request's JSON may nest
   * @param connections open client connections
   */
  public record Limits(
      int bodyBytes, long bodiesBytes, int headBytes, int jsonDepth, int connections) {
    public static final Limits DEFAULT = new Limits(64 << 20, 256L << 20, 64 << 10, 256, 20_000);
  }

  public static final GatewaySettings DEFAULT =
      new GatewaySettings(
          ClientGone.DRAIN,
          new DrainLimit(8 << 20, 60_000),
          false,
          Timeouts.DEFAULT,
          Limits.DEFAULT);
}
