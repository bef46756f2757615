package dev.probity.gateway.call.failure;

import dev.probity.gateway.call.failure.Failure.Help;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What can go wrong with an upstream, as stable words and as what a client is told. */
public final class UpstreamFailures {
  public static final Failure EMPTY =
      failed("empty_answer", "The provider answered with nothing.", Help.TIME);
  public static final Failure INCOMPLETE =
      failed("incomplete_stream", "The provider's stream ended before it was complete.", Help.TIME);
  public static final Failure CUT =
      failed(
          "upstream_cut",
          "The connection to the provider broke in the middle of its answer.",
          Help.TIME);
  public static final Failure STALLED =
      timeout(
          "upstream_stalled", "The provider stopped sending content in the middle of its answer.");
  public static final Failure CLIENT_STALLED =
      new Failure(
          "client_stalled",
          new Refusal(
              Reason.TIMED_OUT_READING, "client_stalled", "The client stopped reading the answer."),
          Help.NOTHING,
          Ending.ABANDONED);
  public static final Failure FIRST_BYTE_TIMEOUT =
      timeout("first_byte_timeout", "The provider did not answer in time.");
  public static final Failure FIRST_CONTENT_TIMEOUT =
      timeout(
          "first_content_timeout", "The provider began to answer, but sent no content in time.");

  private UpstreamFailures() {}

  private static Failure failed(String word, String message, Help help) {
    return new Failure(
        word, new Refusal(Reason.UPSTREAM_FAILED, word, message), help, Ending.FAILED);
  }

  /** The client has waited long enough, so the same deployment is not asked again. */
  private static Failure timeout(String word, String message) {
    return new Failure(
        word, new Refusal(Reason.UPSTREAM_TIMEOUT, word, message), Help.OTHERS, Ending.FAILED);
  }

  /** No connection could be made. */
  public static Failure connecting(Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException _ ->
          timeout("connect_timeout", "The provider could not be reached in time.");
      case UnknownHostException _ ->
          failed("unknown_host", "The provider's host name could not be found.", Help.OTHERS);
      case SSLException _ ->
          failed("tls_failed", "No secure connection to the provider could be made.", Help.OTHERS);
      default -> failed("connect_failed", "The provider could not be reached.", Help.TIME);
    };
  }

  /** The connection died before the answer had content. */
  public static Failure broken(Throwable cause, boolean headSeen) {
    if (cause instanceof java.nio.channels.ClosedChannelException
        || cause instanceof java.net.SocketException) {
      return failed(
          headSeen ? "upstream_cut" : "upstream_closed",
          "The provider closed the connection without an answer.",
          Help.TIME);
    }
    String message = cause.getMessage();
    if (message != null && message.contains("reset")) {
      return failed("upstream_reset", "The provider reset the connection.", Help.TIME);
    }
    return failed("bad_answer", "What the provider sent is not a valid HTTP answer.", Help.TIME);
  }

  /** The answer can't be said in the client's format, or makes no sense. */
  public static Failure untranslatable(Refusal refusal) {
    return new Failure(refusal.code(), refusal, Help.OTHERS, Ending.FAILED);
  }
}
