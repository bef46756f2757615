package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.pricing.Provider;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.Span;

/**
 * The events of Claude Code, which others imitate: from their names without prefix to kinds. The
 * Javadoc of {@link ClaudeCode} says which are believed.
 */
final class ClaudeEvents {
  private final String vendor;

  /**
   * @param vendor who makes the models; empty if the model's name has to tell
   */
  ClaudeEvents(String vendor) {
    this.vendor = vendor;
  }

  void log(LogRecord record, String name, SessionFacts session, Findings findings) {
    Attributes attributes = record.attributes();
    Tariff tariff = tariff(attributes);
    Draft draft =
        switch (name) {
          case "api_request" -> call(Draft.of(record, EventKind.MODEL_CALL, name), attributes);
          case "api_error" -> error(Draft.of(record, EventKind.MODEL_ERROR, name), attributes);
          case "user_prompt" -> Draft.of(record, EventKind.PROMPT, name).size(PROMPT_LENGTH);
          case "assistant_response" ->
              Draft.of(record, EventKind.ANSWER, name)
                  .size(RESPONSE_LENGTH)
                  .request(request(attributes));
          case "tool_decision", "tool_result" -> tool(record, name);
          case "compaction" ->
              Draft.of(record, EventKind.COMPACTION, name)
                  .duration(DURATION_MS)
                  .result(Results.success(attributes, SUCCESS));
          case "permission_mode_changed" -> Draft.of(record, EventKind.MODE, name);
          case "subagent_completed" ->
              Draft.of(record, EventKind.AGENT_END, name)
                  .duration(DURATION_MS)
                  .agent(attributes.text(AGENT_ID), attributes.text(PARENT_AGENT_ID));
          case "hook_execution_complete" -> hook(record, name);
          case "auth", "mcp_server_connection", "internal_error" -> failure(record, name);
          // Starts of hooks have an end; the rest is the same at every start, or free text.
          case "hook_execution_start",
              "hook_registered",
              "hook_plugin_metrics",
              "plugin_loaded",
              "managed_settings_resolved",
              "retention_sweep",
              "api_request_body",
              "api_response_body",
              "" ->
              null;
          default -> Draft.of(record, EventKind.OTHER, name).duration(DURATION_MS);
        };
    if (draft == null || !draft.isNamed()) {
      findings.ignored(session);
    } else {
      draft.model(tariff.model());
      findings.event(session, draft.event(), tariff.provider(), tariff.tier());
    }
  }

  /** The span of a call to a model. */
  void request(Span span, SessionFacts session, Findings findings) {
    Attributes attributes = span.attributes();
    Tariff tariff = tariff(attributes);
    String name = "llm_request";
    boolean failed = Results.success(attributes, SUCCESS) == Result.FAILED;
    Draft draft =
        failed
            ? error(Draft.of(span, EventKind.MODEL_ERROR, name), attributes)
            : call(Draft.of(span, EventKind.MODEL_CALL, name), attributes);
    findings.event(session, draft.model(tariff.model()).event(), tariff.provider(), tariff.tier());
  }

  private static Draft error(Draft draft, Attributes attributes) {
    return draft
        .duration(DURATION_MS)
        .request(request(attributes))
        .agent(attributes.text(AGENT_ID), attributes.text(PARENT_AGENT_ID))
        .result(Result.FAILED)
        .error(Results.error(attributes, "error", STATUS_CODE, ERROR_TYPE));
  }

  private static Draft call(Draft draft, Attributes attributes) {
    return draft
        .usage(ClaudeCode.usage(attributes))
        .claimed(Numbers.claimed(attributes, COST_USD_MICROS, COST_USD))
        .duration(DURATION_MS)
        .firstToken(Numbers.amount(attributes, TTFT_MS))
        .request(request(attributes))
        .agent(attributes.text(AGENT_ID), attributes.text(PARENT_AGENT_ID))
        .result(Result.OK);
  }

  private static String request(Attributes attributes) {
    return Words.first(attributes.text(REQUEST_ID), attributes.text(CLIENT_REQUEST_ID));
  }

  private static Draft tool(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    boolean decided = name.equals("tool_decision");
    Draft draft =
        Draft.of(record, decided ? EventKind.TOOL_DECISION : EventKind.TOOL_RESULT, name)
            .tool(attributes.text(TOOL_NAME))
            .call(attributes.text(TOOL_USE_ID))
            .request(attributes.text(REQUEST_ID))
            .agent(attributes.text(AGENT_ID), attributes.text(PARENT_AGENT_ID));
    if (decided) {
      return draft.result(Results.decision(attributes.text(DECISION)));
    }
    Result result = Results.success(attributes, SUCCESS);
    return draft
        .result(result)
        .error(result == Result.FAILED ? Results.error(attributes, "", ERROR_TYPE) : "")
        .duration(DURATION_MS)
        .size(TOOL_RESULT_SIZE_BYTES)
        .detail(DECISION_TYPE);
  }

  private static Draft hook(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    Result result = Result.OK;
    if (attributes.number(NUM_NON_BLOCKING_ERROR, 0) > 0) {
      result = Result.FAILED;
    } else if (attributes.number(NUM_BLOCKING, 0) > 0) {
      result = Result.REJECTED;
    } else if (attributes.number(NUM_CANCELLED, 0) > 0) {
      result = Result.CANCELLED;
    }
    return Draft.of(record, EventKind.HOOK, name).duration(TOTAL_DURATION_MS).result(result);
  }

  /** A failure only where something failed: the same events tell of what went well. */
  private static Draft failure(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    boolean failed =
        switch (name) {
          case "auth" -> Results.success(attributes, SUCCESS) == Result.FAILED;
          case "mcp_server_connection" -> attributes.text(STATUS).equals("failed");
          default -> true;
        };
    Draft draft = Draft.of(record, failed ? EventKind.FAILURE : EventKind.OTHER, name);
    draft.duration(DURATION_MS).detail(STATUS);
    return failed
        ? draft
            .result(Result.FAILED)
            .error(
                Results.error(
                    attributes, name, ERROR_CATEGORY, ERROR_CODE, ERROR_TYPE, STATUS_CODE))
        : draft;
  }

  private Tariff tariff(Attributes attributes) {
    String model = ModelName.of(attributes.text(MODEL));
    Provider provider = Tariff.provider(vendor, model);
    return new Tariff(provider, model, Tariff.tier(attributes.text(SPEED)));
  }
}
