package dev.probity.gateway.call;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.ProviderFailures;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.translate.CallTranslation;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Through a candidate that speaks another dialect: everything is translated, there and back. */
final class OtherDialect implements Passage {
  private final ModelCall call;
  private final Candidate candidate;
  private final Operation sent;
  private final CallTranslation translation;
  private final ByteBuf body;
  private final boolean stream;
  private final List<String> degraded;

  /**
   * @param body the translated request; owned from here on
   * @param stream whether the client wants a stream of events
   */
  OtherDialect(
      ModelCall call,
      Candidate candidate,
      Operation sent,
      CallTranslation translation,
      ByteBuf body,
      boolean stream,
      List<String> degraded) {
    this.call = call;
    this.candidate = candidate;
    this.sent = sent;
    this.translation = translation;
    this.body = body;
    this.stream = stream;
    this.degraded = degraded;
  }

  @Override
  public Dialect asked() {
    return call.operation().dialect();
  }

  @Override
  public Operation sent() {
    return sent;
  }

  @Override
  public boolean isTranslation() {
    return true;
  }

  @Override
  public List<String> degraded() {
    return degraded;
  }

  @Override
  public FullHttpRequest request() {
    return UpstreamRequest.of(
        candidate,
        sent,
        sent == Operation.STREAM_GENERATE_CONTENT ? "alt=sse" : "",
        TranslatedHeads.request(call.head().headers()),
        body.retainedDuplicate(),
        call.ownProviderKey());
  }

  @Override
  public HttpResponse head(HttpResponse providers, boolean eventStream) {
    return TranslatedHeads.answer(providers, sent.dialect(), asked(), stream, call.wallMillis());
  }

  @Override
  public Optional<AnswerRewrite> rewrite(boolean eventStream, AnswerReader reader) {
    return Optional.of(
        new TranslatedBody(
            translation.answer(sent, eventStream, reader),
            eventStream,
            error -> ProviderFailures.refusal(error, asked(), call.ownProviderKey().isPresent()),
            call.lane().allocator()));
  }

  @Override
  public boolean isToldAsStream(boolean eventStream) {
    return stream;
  }

  @Override
  public Failure failure(int status, HttpHeaders headers, byte[] read) {
    return ProviderFailures.read(status, headers, read, asked(), call.ownProviderKey().isPresent());
  }

  @Override
  public Failure failureInside(String word, @Nullable Refusal refusal) {
    return refusal == null
        ? ProviderFailures.inside(word, asked(), call.ownProviderKey().isPresent())
        : ProviderFailures.inside(word, refusal);
  }

  @Override
  public void close() {
    body.release();
  }
}
