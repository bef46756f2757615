package dev.probity.gateway.call;

import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.Dialect;
import dev.probity.gateway.Gateway;
import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.ProviderFailures;
import dev.probity.gateway.request.BodyEdit;
import dev.probity.gateway.routing.Candidate;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Through a candidate that speaks the client's dialect: its own headers and bytes, with another
 * host, target, credential and perhaps model; and back what the provider sends, as it is.
 */
final class SameDialect implements Passage {
  private final ModelCall call;
  private final Candidate candidate;

  SameDialect(ModelCall call, Candidate candidate) {
    this.call = call;
    this.candidate = candidate;
  }

  @Override
  public Dialect asked() {
    return call.operation().dialect();
  }

  @Override
  public Operation sent() {
    return call.operation();
  }

  @Override
  public boolean isTranslation() {
    return false;
  }

  @Override
  public List<String> degraded() {
    return List.of();
  }

  @Override
  public FullHttpRequest request() {
    ModelCall.OwnBytes own = call.ownBytes();
    HttpHeaders headers = call.head().headers();
    if (call.isSentAgain()) {
      // The attempt before has left its credential there.
      ClientHeaders.removeCredentials(headers);
    }
    ByteBuf body =
        BodyEdit.apply(
            own.bytes(),
            own.facts(),
            candidate.model(),
            Gateway.asksForUsage(own.facts()),
            call.lane().allocator());
    return sent().isPassThrough()
        ? UpstreamRequest.passedThrough(
            candidate, sent(), call.head(), call.path(), body, call.ownProviderKey())
        : UpstreamRequest.of(
            candidate,
            sent(),
            ClientHeaders.query(call.head().uri()),
            headers,
            body,
            call.ownProviderKey());
  }

  @Override
  public HttpResponse head(HttpResponse providers, boolean eventStream) {
    HttpHeaders headers = providers.headers();
    ClientHeaders.cleanAnswer(headers);
    if (eventStream) {
      AnswerHeads.unbuffered(headers);
      if (Gateway.asksForUsage(call.facts()) && providers.status().code() < 400) {
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
      }
    }
    return providers;
  }

  @Override
  public Optional<AnswerRewrite> rewrite(boolean eventStream, AnswerReader reader) {
    return eventStream && Gateway.asksForUsage(call.facts())
        ? Optional.of(new UsageStripping(call.lane().allocator()))
        : Optional.empty();
  }

  @Override
  public boolean isToldAsStream(boolean eventStream) {
    return eventStream;
  }

  @Override
  public Failure failure(int status, HttpHeaders headers, byte[] body) {
    return ProviderFailures.read(status, headers, body, asked(), call.ownProviderKey().isPresent());
  }

  @Override
  public Failure failureInside(String word, @Nullable Refusal refusal) {
    return ProviderFailures.inside(word, asked(), call.ownProviderKey().isPresent());
  }

  @Override
  public void close() {}
}
