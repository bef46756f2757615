package dev.probity.gateway;

import dev.probity.gateway.state.ResponseSettings;

/**
 * How the gateway behaves ({@code client_gone:}, {@code drain:}, {@code unpriced:}, {@code
 * translation:}, {@code retries:}, {@code timeouts:}, {@code limits:}, {@code responses:}).
 *
 * @param refuseUnpriced refuse a model that the price book does not know ({@code unpriced:
 *     refuse}); otherwise its exchanges are recorded as unpriced
 * @param strictTranslation refuse what can't be translated without loss ({@code translation:
 *     strict}); otherwise the loss is told
 */
public record GatewaySettings(
    ClientGone clientGone,
    DrainLimit drainLimit,
    boolean refuseUnpriced,
    boolean strictTranslation,
    Retries retries,
    Timeouts timeouts,
    Limits limits,
    ResponseSettings responses) {

  /** With nothing said about responses. */
  public GatewaySettings(
      ClientGone clientGone,
      DrainLimit drainLimit,
      boolean refuseUnpriced,
      boolean strictTranslation,
      Retries retries,
      Timeouts timeouts,
      Limits limits) {
    this(
        clientGone,
        drainLimit,
        refuseUnpriced,
        strictTranslation,
        retries,
        timeouts,
        limits,
        ResponseSettings.DEFAULT);
  }

  /** With the usual retries, and translation that tells its losses. */
  public GatewaySettings(
      ClientGone clientGone,
      DrainLimit drainLimit,
      boolean refuseUnpriced,
      Timeouts timeouts,
      Limits limits) {
    this(clientGone, drainLimit, refuseUnpriced, false, Retries.DEFAULT, timeouts, limits);
  }

  public GatewaySettings with(Retries others) {
    return new GatewaySettings(
        clientGone,
        drainLimit,
        refuseUnpriced,
        strictTranslation,
        others,
        timeouts,
        limits,
        responses);
  }

  public GatewaySettings with(Timeouts others) {
    return new GatewaySettings(
        clientGone,
        drainLimit,
        refuseUnpriced,
        strictTranslation,
        retries,
        others,
        limits,
        responses);
  }

  public GatewaySettings with(ResponseSettings others) {
    return new GatewaySettings(
        clientGone,
        drainLimit,
        refuseUnpriced,
        strictTranslation,
        retries,
        timeouts,
        limits,
        others);
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
   * What happens when every deployment has failed ({@code retries:}).
   *
   * @param attempts the most that one call makes, all deployments together; each is tried once
   *     whatever this says
   * @param backoffMillis the longest wait before the second round; twice that before the next, and
   *     so on; how long it is within that is left to chance
   * @param longestWaitMillis the longest that is ever waited, also where a provider asks for more
   */
  public record Retries(int attempts, long backoffMillis, long longestWaitMillis) {
    public static final Retries DEFAULT = new Retries(3, 500, 5_000);

    /** Each deployment once. */
    public static final Retries NONE = new Retries(1, 500, 5_000);
  }

  /**
   * All in milliseconds.
   *
   * @param connect to establish a connection to the provider, TLS included
   * @param firstByte from the request sent to the head of the answer
   * @param firstContent from the request sent to the answer's first content; pings do not count
   * @param hold how long a stream that has begun is kept back for its first content, so that
   *     another deployment can still take over
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
      long firstContent,
      long hold,
      long stall,
      long total,
      long poolIdle,
      long clientHead,
      long clientBody,
      long clientIdle,
      long shutdown) {
    public static final Timeouts DEFAULT =
        new Timeouts(5_000, 300_000, 300_000, 3_600_000, 30_000, 10_000, 30_000, 75_000, 30_000);

    /** The longest that a stream is kept back unless told otherwise. */
    public static final long USUAL_HOLD = 15_000;

    /** Where the first content has as long as the first byte. */
    public Timeouts(
        long connect,
        long firstByte,
        long stall,
        long total,
        long poolIdle,
        long clientHead,
        long clientBody,
        long clientIdle,
        long shutdown) {
      this(
          connect,
          firstByte,
          firstByte,
          USUAL_HOLD,
          stall,
          total,
          poolIdle,
          clientHead,
          clientBody,
          clientIdle,
          shutdown);
    }

    /** These with another {@link #firstContent} and {@link #hold}. */
    public Timeouts withContent(long firstContentMillis, long holdMillis) {
      return new Timeouts(
          connect,
          firstByte,
          firstContentMillis,
          holdMillis,
          stall,
          total,
          poolIdle,
          clientHead,
          clientBody,
          clientIdle,
          shutdown);
    }
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
