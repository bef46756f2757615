package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events and metrics that Gemini CLI and its descendant Qwen Code have in common, by their
 * names without prefix. The Javadoc of {@link GeminiCli} says which are believed.
 */
final class GeminiEvents {
  private final Function<String, Tariff> tariffs;

  /**
   * @param tariffs by a model's plain name
   */
  GeminiEvents(Function<String, Tariff> tariffs) {
    this.tariffs = tariffs;
  }

  void log(LogRecord record, String name, SessionFacts session, Findings findings) {
    Tariff tariff = tariff(record.attributes());
    Draft draft = draft(record, name);
    if (draft == null || !draft.isNamed()) {
      findings.ignored(session);
    } else {
      draft.model(tariff.model());
      findings.event(session, draft.event(), tariff.provider(), tariff.tier());
    }
  }

  private static @Nullable Draft draft(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    return switch (name) {
      case "api_response" ->
          Draft.of(record, EventKind.MODEL_CALL, name)
              .usage(usage(attributes))
              .duration(DURATION_MS)
              .request(attributes.text(GEN_AI_RESPONSE_ID))
              .result(Result.OK);
      case "api_error" ->
          Draft.of(record, EventKind.MODEL_ERROR, name)
              .duration(DURATION_MS)
              .result(Result.FAILED)
              .error(Results.error(attributes, "error", STATUS_CODE, HTTP_STATUS_CODE, ERROR_TYPE));
      case "api_request" -> Draft.of(record, EventKind.MODEL_START, name);
      case "user_prompt" -> Draft.of(record, EventKind.PROMPT, name).size(PROMPT_LENGTH);
      case "tool_call" -> toolCall(record, name);
      case "config", "session.start", "session_start" ->
          Draft.of(record, EventKind.SESSION_START, name);
      case "session.end", "session_end" -> Draft.of(record, EventKind.SESSION_END, name);
      // Written when the agent has come to rest after a prompt: its turn is over.
      case "conversation_finished" -> Draft.of(record, EventKind.ANSWER, name);
      case "agent.start" ->
          Draft.of(record, EventKind.AGENT_START, name).agent(attributes.text(AGENT_ID), "");
      case "agent.finish" ->
          Draft.of(record, EventKind.AGENT_END, name)
              .agent(attributes.text(AGENT_ID), "")
              .duration(DURATION_MS);
      case "chat_compression" -> Draft.of(record, EventKind.COMPACTION, name);
      case "approval_mode_switch", "plan.approval_mode_switch" ->
          Draft.of(record, EventKind.MODE, name);
      case "hook_call" ->
          Draft.of(record, EventKind.HOOK, name)
              .duration(DURATION_MS)
              .result(Results.success(attributes, SUCCESS));
      // How long a start or a mode took, and fallbacks of the client's own tools.
      case "startup_stats",
          "approval_mode_duration",
          "plan.approval_mode_duration",
          "ripgrep_fallback",
          "" ->
          null;
      default -> Draft.of(record, EventKind.OTHER, name).duration(DURATION_MS);
    };
  }

  /** A tool call is logged once, when it is over: one that was refused never ran. */
  private static Draft toolCall(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    Result decision = Results.decision(attributes.text(DECISION));
    boolean refused = decision == Result.REJECTED;
    Result result = Results.success(attributes, SUCCESS);
    Draft draft =
        Draft.of(record, refused ? EventKind.TOOL_DECISION : EventKind.TOOL_RESULT, name)
            .tool(attributes.text(FUNCTION_NAME))
            .call(attributes.text(CALL_ID))
            .detail(DECISION);
    return refused
        ? draft.result(decision)
        : draft
            .duration(DURATION_MS)
            .size(CONTENT_LENGTH)
            .result(result)
            .error(result == Result.FAILED ? Results.error(attributes, "", ERROR_TYPE) : "");
  }

  private static Usage usage(Attributes attributes) {
    return Tokens.gemini(
        Numbers.tokens(attributes, INPUT_TOKEN_COUNT),
        Numbers.tokens(attributes, CACHED_CONTENT_TOKEN_COUNT),
        Numbers.tokens(attributes, OUTPUT_TOKEN_COUNT),
        Numbers.tokens(attributes, THOUGHTS_TOKEN_COUNT),
        Numbers.tokens(attributes, TOOL_TOKEN_COUNT),
        Numbers.tokens(attributes, TOTAL_TOKEN_COUNT));
  }

  /**
   * @param thoughts what points of thoughts count: added to output, or contained in it
   */
  void point(
      MetricPoint point, String name, Measure thoughts, SessionFacts session, Findings findings) {
    Attributes attributes = point.attributes();
    switch (name) {
      case "token.usage" -> {
        Measure measure = measure(attributes.text(TYPE), thoughts);
        if (measure == null) {
          findings.ignored(session);
        } else {
          Points.tokens(point, measure, tariff(attributes), session, findings);
        }
      }
      case "api.request.count" -> {
        // Those that failed are in it, too.
        if (attributes.number(STATUS_CODE, 200) == 200) {
          Points.tokens(point, Measure.MODEL_CALLS, tariff(attributes), session, findings);
        } else {
          findings.ignored(session);
        }
      }
      case "tool.call.count" -> Points.count(point, Measure.TOOL_CALLS, session, findings);
      case "session.count" -> Points.count(point, Measure.SESSIONS, session, findings);
      case "lines.changed" ->
          Points.count(
              point,
              attributes.text(TYPE).equals("removed") ? Measure.LINES_REMOVED : Measure.LINES_ADDED,
              session,
              findings);
      default -> findings.ignored(session);
    }
  }

  private static @Nullable Measure measure(String type, Measure thoughts) {
    return switch (type) {
      case "input" -> Measure.INPUT;
      case "output" -> Measure.OUTPUT;
      case "cache" -> Measure.CACHE_READ_WITHIN_INPUT;
      case "thought" -> thoughts;
      case "tool" -> Measure.TOOL_PROMPT;
      default -> null;
    };
  }

  private Tariff tariff(Attributes attributes) {
    return tariffs.apply(ModelName.of(attributes.text(MODEL)));
  }
}
