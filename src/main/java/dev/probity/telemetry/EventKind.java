package dev.probity.telemetry;

/**
 * What happened in a session, in words that fit every agent. The codes are stored: never change.
 */
public enum EventKind {
  /** Something that this product has no word for; kept under the agent's own name for it. */
  OTHER(0),
  /** The session began, or was taken up again. */
  SESSION_START(1),
  SESSION_END(2),
  /** A person (or a script) gave a prompt; its size is known, its text is not. */
  PROMPT(3),
  /** A call to a model that was answered: carries usage. */
  MODEL_CALL(4),
  /** A call to a model that failed for good. */
  MODEL_ERROR(5),
  /** A call to a model has begun, where an agent says so. */
  MODEL_START(6),
  /** The agent's answer to the person is complete: the turn is over. */
  ANSWER(7),
  /** It was decided whether a tool may run. */
  TOOL_DECISION(8),
  /** A tool has run, well or not. */
  TOOL_RESULT(9),
  /** The agent waited for a person; the duration says how long. */
  WAIT(10),
  /** A sub-agent began. */
  AGENT_START(11),
  /** A sub-agent has ended. */
  AGENT_END(12),
  /** The conversation was shortened. */
  COMPACTION(13),
  HOOK(14),
  /** How the agent may act was changed, such as its approval mode. */
  MODE(15),
  /** The agent itself failed: sign-in, tool server, internal error. */
  FAILURE(16),
  /** A correction of money that was reported before; the claim may be negative. */
  CORRECTION(17);

  private final int code;

  EventKind(int code) {
    this.code = code;
  }

  /** What is stored for it. */
  public int code() {
    return code;
  }

  private static final EventKind[] BY_CODE = values();

  /** The kind of a code; {@link #OTHER} for one that is not known. */
  public static EventKind ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : OTHER;
  }
}
