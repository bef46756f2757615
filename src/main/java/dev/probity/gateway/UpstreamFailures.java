package dev.probity.gateway;

import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What can go wrong with an upstream, as stable words and as what a client is told. */
final class UpstreamFailures {
  /**
   * @param word for the trail and the log
   */
  record Failure(String word, Refusal refusal) {}

  static final Failure EMPTY =
      failure("empty_answer", Reason.UPSTREAM_FAILED, "The provider answered with nothing.");
  static final Failure INCOMPLETE =
      failure(
          "incomplete_stream",
          Reason.UPSTREAM_FAILED,
          "The provider's stream ended before it was complete.");
  static final Failure CUT =
      failure(
          "upstream_cut",
          Reason.UPSTREAM_FAILED,
          "The connection to the provider broke in the middle of its answer.");
  static final Failure STALLED =
      failure(
          "upstream_stalled",
          Reason.UPSTREAM_TIMEOUT,
          "The provider stopped sending content in the middle of its answer.");
  static final Failure CLIENT_STALLED =
      failure("client_stalled", Reason.TIMED_OUT_READING, "The client stopped reading the answer.");
  static final Failure FIRST_BYTE_TIMEOUT =
      failure(
          "first_byte_timeout", Reason.UPSTREAM_TIMEOUT, "The provider did not answer in time.");

  private UpstreamFailures() {}

  private static Failure failure(String word, Reason reason, String message) {
    return new Failure(word, new Refusal(reason, word, message));
  }

  /**
   * Statuses that another deployment may do better than: overload and faults, not the request's own
   * errors.
   */
  static boolean isRetryable(int status) {
    return status == 429
        || status == 500
        || status == 502
        || status == 503
        || status == 504
        || status == 529;
  }

  static Failure status(int status) {
    return failure(
        "status_" + status,
        Reason.UPSTREAM_FAILED,
        "The provider answered with status " + status + ".");
  }

  static Failure connecting(Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException timeout ->
          failure(
              "connect_timeout",
              Reason.UPSTREAM_TIMEOUT,
              "The provider could not be reached in time.");
      case UnknownHostException unknown ->
          failure(
              "unknown_host",
              Reason.UPSTREAM_FAILED,
              "The provider's host name could not be found.");
      case SSLException tls ->
          failure(
              "tls_failed",
              Reason.UPSTREAM_FAILED,
              "No secure connection to the provider could be made.");
      default ->
          failure("connect_failed", Reason.UPSTREAM_FAILED, "The provider could not be reached.");
    };
  }

  static Failure broken(Throwable cause, boolean headSeen) {
    if (cause instanceof java.nio.channels.ClosedChannelException
        || cause instanceof java.net.SocketException) {
      return failure(
          headSeen ? "upstream_cut" : "upstream_closed",
          Reason.UPSTREAM_FAILED,
          "The provider closed the connection without an answer.");
    }
    String message = cause.getMessage();
    if (message != null && message.contains("reset")) {
      return failure(
          "upstream_reset", Reason.UPSTREAM_FAILED, "The provider reset the connection.");
    }
    return failure(
        "bad_answer", Reason.UPSTREAM_FAILED, "What the provider sent is not a valid HTTP answer.");
  }
}
