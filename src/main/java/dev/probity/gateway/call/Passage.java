package dev.probity.gateway.call;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.kernel.Refusal;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a call goes through one candidate, there and back. */
sealed interface Passage permits SameDialect, OtherDialect {
  /** The client's dialect. */
  Dialect asked();

  /** What the candidate is asked. */
  Operation sent();

  boolean isTranslation();

  /** What the translation had to leave out or to change, as stable words. */
  List<String> degraded();

  /** The request; a new one each time. */
  FullHttpRequest request();

  /** The head that the client gets. */
  HttpResponse head(HttpResponse providers, boolean eventStream);

  /** What changes the body of a success; empty if it goes on as it is. */
  Optional<AnswerRewrite> rewrite(boolean eventStream, AnswerReader reader);

  /**
   * Whether the client gets a stream of events.
   *
   * @param eventStream whether the provider sends one
   */
  boolean isToldAsStream(boolean eventStream);

  /** What a provider's error means, and what the client is told of it. */
  Failure failure(int status, HttpHeaders headers, byte[] body);

  /**
   * What an error within a success means.
   *
   * @param word as read off the answer
   * @param refusal what the client is told, if that is known
   */
  Failure failureInside(String word, @Nullable Refusal refusal);

  void close();
}
