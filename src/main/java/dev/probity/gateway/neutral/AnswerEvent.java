package dev.probity.gateway.neutral;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.kernel.Refusal;
import java.util.Optional;

/**
 * One thing that happens in an answer, in no dialect. In order: {@link Begun} once; then for each
 * block {@link BlockBegun}, its pieces, {@link BlockEnded}; {@link Stopped} once; {@link Ended}
 * once. Blocks have rising numbers from 0 and may overlap. {@link Failed} may come in place of
 * whatever was to come, and is the last. An answer that is one document tells the same, at once.
 *
 * <p>Usage is not told here: it is read off the provider's bytes before they are decoded ({@link
 * dev.probity.gateway.answer.AnswerReader}).
 */
public sealed interface AnswerEvent {
  /**
   * @param id as the provider calls the answer; empty if it does not
   * @param model as the provider calls it
   */
  record Begun(RawText id, RawText model) implements AnswerEvent {}

  record BlockBegun(int block, Block kind) implements AnswerEvent {}

  /** A piece of a text, a thought or a refusal. */
  record TextPiece(int block, RawText text) implements AnswerEvent {}

  /**
   * A piece of a tool's input: JSON (or of a freeform tool plain text) as it stands within a JSON
   * string. All pieces together are the input; none at all means an empty object.
   */
  record InputPiece(int block, RawText text) implements AnswerEvent {}

  /** A vendor's proof for the block. */
  record Proven(int block, Proof proof) implements AnswerEvent {}

  record Cited(int block, Citation citation) implements AnswerEvent {}

  record BlockEnded(int block) implements AnswerEvent {}

  /**
   * @param sequence the stop sequence that was met, where the dialect says it
   */
  record Stopped(StopReason reason, Optional<RawText> sequence) implements AnswerEvent {}

  /** The answer is whole. */
  record Ended() implements AnswerEvent {}

  /** The provider says that it failed. */
  record Failed(Refusal refusal) implements AnswerEvent {}

  /** A sign of life. */
  record Ping() implements AnswerEvent {}

  /** What a block is. */
  sealed interface Block {}

  record Text() implements Block {}

  record Thought() implements Block {}

  record Declined() implements Block {}

  /**
   * @param id empty if the provider gave none: encoders make one ({@link AnswerFrame#name})
   */
  record ToolCall(RawText id, RawText name, boolean freeform) implements Block {}

  /** A whole block that only its own dialect knows; no pieces follow. */
  record Foreign(Dialect origin, String type, RawJson block) implements Block {}

  /**
   * Where a text comes from.
   *
   * @param citation as its source wrote it
   */
  record Citation(
      Dialect origin,
      Optional<RawText> url,
      Optional<RawText> title,
      Optional<RawText> quote,
      RawJson citation) {}

  /** Why it stopped. */
  enum StopReason {
    /** It was done. */
    END,
    MAX_TOKENS,
    STOP_SEQUENCE,
    TOOL_CALLS,
    /** The provider's filter, or the model itself, declined. */
    DECLINED,
    /** A turn of the provider's own tools goes on with the next request. */
    PAUSED,
    CONTEXT_FULL
  }

  AnswerEvent ENDED = new Ended();
  AnswerEvent PING = new Ping();
  Block TEXT = new Text();
  Block THOUGHT = new Thought();
  Block DECLINED = new Declined();
}
