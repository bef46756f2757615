package dev.probity.gateway.door.otlp;

import dev.probity.gateway.door.Answer;
import dev.probity.telemetry.intake.Export;
import dev.probity.telemetry.intake.Outcome;
import dev.probity.telemetry.intake.Outcome.Accepted;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.telemetry.intake.Reason;
import dev.probity.telemetry.otlp.wire.Encoding;
import dev.probity.telemetry.otlp.wire.OtlpResponses;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Writes what an export over HTTP is answered with, in the encoding of its request. */
final class OtlpAnswers {
  private OtlpAnswers() {}

  static void answer(Answer answer, Export.Head head, Outcome outcome) {
    switch (outcome) {
      case Accepted accepted ->
          answer.whole(
              response(200, head.encoding().contentType()),
              Unpooled.wrappedBuffer(success(head, accepted)));
      case Refused refused -> refuse(answer, head.encoding(), refused);
    }
  }

  static void refuse(Answer answer, Encoding encoding, Refused refused) {
    Reason reason = refused.reason();
    HttpResponse response = response(reason.httpStatus(), encoding.contentType());
    if (reason.retrySeconds() > 0) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, reason.retrySeconds());
    }
    if (reason == Reason.UNAUTHORIZED) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    answer.whole(
        response,
        Unpooled.wrappedBuffer(
            OtlpResponses.status(encoding, reason.grpcCode(), refused.message())));
  }

  static void notPost(Answer answer) {
    HttpResponse response = response(405, "text/plain; charset=utf-8");
    response.headers().set(HttpHeaderNames.ALLOW, "POST");
    answer.whole(response, Unpooled.copiedBuffer("Use POST here.\n", StandardCharsets.UTF_8));
  }

  private static HttpResponse response(int status, String contentType) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    return response;
  }

  /** The message of success, over HTTP and gRPC alike. */
  static byte[] success(Export.Head head, Accepted accepted) {
    return OtlpResponses.success(
        head.signal(), head.encoding(), accepted.rejected(), accepted.warning());
  }

  /** A refusal in the form that gRPC has for its details; when to try again is only there. */
  static byte[] status(Refused refused) {
    Reason reason = refused.reason();
    return reason.retrySeconds() > 0
        ? OtlpResponses.statusWithRetry(
            reason.grpcCode(), refused.message(), reason.retrySeconds() * 1000L)
        : OtlpResponses.status(Encoding.PROTOBUF, reason.grpcCode(), refused.message());
  }
}
