package dev.probity.gateway.request;

import dev.probity.privacy.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request's body says that the gateway must know, and where in the body it stands. The texts
 * are the client's and unchecked: pass them through {@link SafeText} before anything is stored.
 *
 * @param model as asked for; empty if this dialect names it in the path
 * @param modelAt where the model's value stands, quotes included
 * @param maxTokens the most that the answer may have, if the request limits it
 * @param usageRequest what the body says about a stream's usage, and how to ask for it
 * @param serviceTier as asked for; empty if the request does not say
 * @param sessionId what a client's session or prompt cache is called, if the body says
 * @param promptStart where the prompt begins
 * @param previousResponse the answer that this request goes on from, if the body says
 * @param repeatedModels where the body says again which model the path names, as {@code
 *     "models/NAME"}
 */
public record RequestFacts(
    String model,
    Optional<Span> modelAt,
    boolean stream,
    OptionalLong maxTokens,
    UsageRequest usageRequest,
    String serviceTier,
    Optional<String> sessionId,
    PromptStart promptStart,
    Optional<String> previousResponse,
    List<Span> repeatedModels)
    implements RequestReading {
  /** Of a body whose prompt nobody looked for. */
  public RequestFacts(
      String model,
      Optional<Span> modelAt,
      boolean stream,
      OptionalLong maxTokens,
      UsageRequest usageRequest,
      String serviceTier,
      Optional<String> sessionId) {
    this(
        model,
        modelAt,
        stream,
        maxTokens,
        usageRequest,
        serviceTier,
        sessionId,
        PromptStart.NONE,
        Optional.empty());
  }

  /** Of a dialect whose path says nothing of the model. */
  public RequestFacts(
      String model,
      Optional<Span> modelAt,
      boolean stream,
      OptionalLong maxTokens,
      UsageRequest usageRequest,
      String serviceTier,
      Optional<String> sessionId,
      PromptStart promptStart,
      Optional<String> previousResponse) {
    this(
        model,
        modelAt,
        stream,
        maxTokens,
        usageRequest,
        serviceTier,
        sessionId,
        promptStart,
        previousResponse,
        List.of());
  }

  /**
   * A stretch of the body, in bytes.
   *
   * @param end after the last byte
   */
  public record Span(int start, int end) {
    public int length() {
      return end - start;
    }
  }

  /** Whether an answer's stream will tell its usage. */
  public sealed interface UsageRequest {
    /** It will, as the client asked for it; or it is no stream, or one that always does. */
    record Given() implements UsageRequest {}

    /**
     * It will not unless the body is changed.
     *
     * @param at what to replace; of no length to insert
     * @param json what to put there, ASCII
     */
    record Missing(Span at, String json) implements UsageRequest {}

    UsageRequest GIVEN = new Given();
  }
}
