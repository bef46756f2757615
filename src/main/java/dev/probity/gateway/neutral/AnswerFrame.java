package dev.probity.gateway.neutral;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.kernel.ExchangeId;

/**
 * What an encoder must know of the exchange that it answers in.
 *
 * @param asked what the client called
 * @param stream whether the client wants a stream of events
 * @param request the client's body, as it sent it
 * @param model as the client called it
 * @param createdSeconds since 1970
 * @param read what has been read off the provider's answer so far, usage above all; its count is
 *     the last at {@link AnswerEvent.Ended}, and may be known in part before
 */
public record AnswerFrame(
    ExchangeId id,
    Operation asked,
    boolean stream,
    RawJson request,
    Prompt prompt,
    RawText model,
    long createdSeconds,
    AnswerReader read) {

  /** An id for something of this answer, such as {@code msg_01k...}: the same every time. */
  public String name(String prefix) {
    return prefix + id;
  }

  /** An id for one of several things, such as the third call. */
  public String name(String prefix, int number) {
    return prefix + id + "_" + number;
  }
}
