package dev.probity.gateway.answer;

import dev.probity.kernel.Usage;
import io.netty.buffer.ByteBuf;

/**
 * Reads off an answer what must be known of it, as its bytes pass: usage, the first content, how it
 * ended. The bytes may be cut anywhere. One reader an attempt; used by one event loop.
 */
public interface AnswerReader {
  /**
   * Looks at the next bytes of the body without consuming them: reader and writer index stay as
   * they are.
   */
  void accept(ByteBuf bytes);

  /** The body is over (or broke off): finishes what is half read. */
  void finish();

  /** The provider's own count so far, made disjoint; {@link Usage#NONE} before it said anything. */
  Usage usage();

  /** Whether {@link #usage} is the provider's final word. */
  boolean usageIsFinal();

  /** Whether any content (text, reasoning, a tool call; not a ping) has passed. */
  boolean sawContent();

  /** Bytes of generated text, reasoning and tool arguments that passed; for estimates. */
  long contentBytes();

  /**
   * Whether the answer came to its proper end: the JSON closed, or the stream's last event seen.
   */
  boolean complete();

  /** A stable word for an error inside the answer; empty if there was none. */
  String error();

  /**
   * The id of what the provider made and keeps, such as a response that a later request may go on
   * from, or a file; empty if the answer names nothing. The provider's word, unchecked: not to be
   * stored.
   */
  default String answerId() {
    return "";
  }

  /**
   * The tier that the answer says it ran at: {@code default}, {@code priority}, {@code flex},
   * {@code batch}, ...; empty if it does not say.
   */
  String serviceTier();
}
