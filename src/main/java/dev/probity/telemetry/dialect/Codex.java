package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.SessionFacts.PLAN_API;
import static dev.probity.telemetry.SessionFacts.PLAN_SUBSCRIPTION;
import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Codex, by whatever name it is started.
 *
 * <p><b>Believed:</b> the log event {@code codex.sse_event} of kind {@code response.completed} that
 * has counts. Each completion is logged twice, first without counts; that one, and all other kinds
 * of this event, say nothing. Its {@code tool_token_count} is in truth the total.
 *
 * <p><b>Cross-check:</b> the histogram {@code codex.turn.token_usage}, of which the sum counts. It
 * names no conversation, so its readings belong to no session.
 *
 * <p><b>Ignored:</b> all spans. There are hundreds for each call, of the inside of the program;
 * {@code handle_responses} has the tokens of the logs again, {@code session_task.turn} once more
 * for the whole turn, both without a conversation's id by which they could be told to repeat the
 * logs. All other metrics are about the inside of the program, too.
 *
 * <p>Input contains what was cached, both ways; output contains reasoning. Calls to the provider
 * are logged for each attempt, so each one that failed is an error.
 */
final class Codex implements Dialect {
  private static final String AGENT = "codex";
  private static final String PREFIX = "codex.";
  private static final String MAIN_AGENT = "/root";

  private final Facts facts;

  Codex(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    return resource.attributes().text(SERVICE_NAME).startsWith(AGENT)
        || resource.scope().startsWith("codex_otel")
        || resource.scope().equals(AGENT);
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    Attributes attributes = record.attributes();
    SessionFacts session = facts(record.resource(), attributes);
    Draft draft = draft(record, Words.without(PREFIX, attributes.text(EVENT_NAME)));
    if (draft == null || !draft.isNamed()) {
      findings.ignored(session);
      return;
    }
    String model = ModelName.of(attributes.text(MODEL));
    findings.event(
        session,
        draft.model(model).event(),
        Provider.OPENAI,
        Tariff.tier(attributes.text(SERVICE_TIER)));
  }

  private static @Nullable Draft draft(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    return switch (name) {
      case "sse_event" -> completion(record, name);
      case "api_request", "websocket_connect", "websocket_request" -> attempt(record, name);
      case "conversation_starts" -> Draft.of(record, EventKind.SESSION_START, name);
      case "user_prompt" -> Draft.of(record, EventKind.PROMPT, name).size(PROMPT_LENGTH);
      case "agent_response" -> Draft.of(record, EventKind.ANSWER, name);
      case "tool_decision" ->
          Draft.of(record, EventKind.TOOL_DECISION, name)
              .tool(attributes.text(TOOL_NAME))
              .call(attributes.text(CALL_ID))
              .result(Results.decision(attributes.text(DECISION)));
      case "tool_result" ->
          Draft.of(record, EventKind.TOOL_RESULT, name)
              .tool(attributes.text(TOOL_NAME))
              .call(attributes.text(CALL_ID))
              .agent(subAgent(attributes.text(AGENT_NAME)), "")
              .duration(DURATION_MS)
              .result(Results.success(attributes, SUCCESS));
      case "turn_cost" ->
          Draft.of(record, EventKind.OTHER, name)
              .claimed(Numbers.nanoUsd(attributes.decimal(USAGE_ESTIMATED_USD, -1)));
      // How long a start took, and what passed on the wire.
      case "startup_phase", "turn_ttft", "websocket_event", "" -> null;
      default ->
          Draft.of(record, EventKind.OTHER, name)
              .tool(attributes.text(TOOL_NAME))
              .call(attributes.text(CALL_ID))
              .duration(DURATION_MS);
    };
  }

  private static @Nullable Draft completion(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    boolean counted = attributes.has(INPUT_TOKEN_COUNT) || attributes.has(OUTPUT_TOKEN_COUNT);
    if (!counted || !attributes.text(EVENT_KIND).equals("response.completed")) {
      return null;
    }
    return Draft.of(record, EventKind.MODEL_CALL, name)
        .usage(
            Tokens.inclusive(
                Numbers.tokens(attributes, INPUT_TOKEN_COUNT),
                Numbers.tokens(attributes, CACHED_TOKEN_COUNT),
                Numbers.tokens(attributes, CACHE_WRITE_TOKEN_COUNT),
                Numbers.tokens(attributes, OUTPUT_TOKEN_COUNT),
                Numbers.tokens(attributes, REASONING_TOKEN_COUNT)))
        .firstToken(Numbers.amount(attributes, TTFT_MS))
        .result(Result.OK);
  }

  /** An attempt to reach the provider: of those that went well the completion tells more. */
  private static @Nullable Draft attempt(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    long status = attributes.number(HTTP_RESPONSE_STATUS_CODE, AgentEvent.UNKNOWN);
    boolean failed =
        attributes.has(SUCCESS)
            ? !attributes.isTrue(SUCCESS)
            : status >= 400 || (status == AgentEvent.UNKNOWN && name.equals("api_request"));
    if (!failed) {
      return null;
    }
    return Draft.of(record, EventKind.MODEL_ERROR, name)
        .duration(DURATION_MS)
        .result(Result.FAILED)
        .error(Results.error(attributes, "connection", HTTP_RESPONSE_STATUS_CODE));
  }

  /** The main agent is called {@code /root}, its sub-agents {@code /root/name}. */
  private static String subAgent(String name) {
    return name.startsWith(MAIN_AGENT + "/") ? name.substring(MAIN_AGENT.length() + 1) : "";
  }

  @Override
  public void span(Span span, Findings findings) {
    findings.ignored(facts(span.resource(), span.attributes()));
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    SessionFacts session = facts(point.resource(), point.attributes());
    switch (Words.without(PREFIX, point.name())) {
      case "turn.token_usage" -> tokens(point, session, findings);
      case "turn.cost_microusd" ->
          Points.reading(
              point,
              Measure.CLAIMED_NANO_USD,
              Points.NANO_PER_MICRO_USD,
              tariff(point.attributes()),
              session,
              findings);
      case "thread.started" -> Points.count(point, Measure.SESSIONS, session, findings);
      case "tool.call" -> Points.count(point, Measure.TOOL_CALLS, session, findings);
      default -> findings.ignored(session);
    }
  }

  private static void tokens(MetricPoint point, SessionFacts session, Findings findings) {
    Measure measure =
        switch (point.attributes().text(TOKEN_TYPE)) {
          case "input" -> Measure.INPUT;
          case "cached_input" -> Measure.CACHE_READ_WITHIN_INPUT;
          case "cache_write_input" -> Measure.CACHE_WRITE_WITHIN_INPUT;
          case "output" -> Measure.OUTPUT;
          case "reasoning_output" -> Measure.REASONING_WITHIN_OUTPUT;
          // The total of the others.
          default -> null;
        };
    if (measure == null) {
      findings.ignored(session);
    } else {
      Points.tokens(point, measure, tariff(point.attributes()), session, findings);
    }
  }

  private static Tariff tariff(Attributes attributes) {
    return new Tariff(
        Provider.OPENAI,
        ModelName.of(attributes.text(MODEL)),
        Tariff.tier(attributes.text(SERVICE_TIER)));
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    return draft
        .session(draft.text(CONVERSATION_ID))
        .clientVersion(draft.first(APP_VERSION, SERVICE_VERSION))
        .entrypoint(draft.first(ORIGINATOR, SERVICE_NAME))
        .plan(plan(draft.text(AUTH_MODE)), "")
        .facts();
  }

  /** It is not sent with every way of signing in; then nobody knows. */
  private static String plan(String authMode) {
    return switch (authMode.toLowerCase(Locale.ROOT).replace("_", "")) {
      case "chatgpt", "chatgptauthtokens" -> PLAN_SUBSCRIPTION;
      case "apikey" -> PLAN_API;
      default -> "";
    };
  }
}
