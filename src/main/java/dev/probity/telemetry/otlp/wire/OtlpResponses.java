package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.http.Json;
import dev.probity.telemetry.Signal;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is answered to an export request. */
public final class OtlpResponses {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private OtlpResponses() {}

  /**
   * The answer to a request that was taken in: an {@code Export…ServiceResponse}. With records
   * rejected or a message it tells of partial success, which is not to be sent again; a message
   * without rejected records is a warning.
   *
   * @param rejected how many log records, spans or data points were rejected
   * @param message why, and what to do; may be empty
   */
  public static byte[] success(Signal signal, Encoding encoding, long rejected, String message) {
    boolean partial = rejected != 0 || !message.isEmpty();
    return switch (encoding) {
      case PROTOBUF -> {
        var response = new ProtobufOutput();
        if (partial) {
          var success = new ProtobufOutput();
          if (rejected != 0) {
            success.varint(1, rejected);
          }
          if (!message.isEmpty()) {
            success.text(2, message);
          }
          response.message(1, success);
        }
        yield response.toBytes();
      }
      case JSON -> {
        ObjectNode response = Json.object();
        if (partial) {
          response
              .putObject("partialSuccess")
              .put(rejectedName(signal), Long.toString(rejected))
              .put("errorMessage", message);
        }
        yield bytes(response);
      }
    };
  }

  /**
   * The body of an error: a {@code google.rpc.Status}.
   *
   * @param grpcCode gRPC's number of the error, such as 3 for an invalid argument
   */
  public static byte[] status(Encoding encoding, int grpcCode, String message) {
    return switch (encoding) {
      case PROTOBUF -> status(grpcCode, message).toBytes();
      case JSON -> bytes(Json.object().put("code", grpcCode).put("message", message));
    };
  }

  /**
   * A {@code google.rpc.Status} that says when to try again: what gRPC has in {@code
   * grpc-status-details-bin}, there in base64. Without it, exhausted resources are final.
   */
  public static byte[] statusWithRetry(int grpcCode, String message, long retryMillis) {
    var delay = new ProtobufOutput();
    delay.varint(1, retryMillis / 1000);
    delay.varint(2, retryMillis % 1000 * 1_000_000);
    var retry = new ProtobufOutput();
    retry.message(1, delay);
    var detail = new ProtobufOutput();
    detail.text(1, RETRY_INFO);
    detail.message(2, retry);
    ProtobufOutput status = status(grpcCode, message);
    status.message(3, detail);
    return status.toBytes();
  }

  private static ProtobufOutput status(int grpcCode, String message) {
    var status = new ProtobufOutput();
    status.varint(1, grpcCode);
    status.text(2, message);
    return status;
  }

  private static String rejectedName(Signal signal) {
    return switch (signal) {
      case LOG -> "rejectedLogRecords";
      case SPAN -> "rejectedSpans";
      case METRIC -> "rejectedDataPoints";
    };
  }

  private static byte[] bytes(ObjectNode json) {
    return Json.text(json).getBytes(UTF_8);
  }
}
