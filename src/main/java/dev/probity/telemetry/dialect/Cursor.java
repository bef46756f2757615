package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

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
import org.jspecify.annotations.Nullable;

/**
 * Cursor, whose servers send what its editor, CLI and cloud agents do.
 *
 * <p><b>Believed:</b> the log {@code api_request}. Logs may come again, with other bytes: their own
 * {@code cursor.event.id} tells, so that is what their fingerprint is made of.
 *
 * <p><b>Cross-checks:</b> the metrics {@code cursor.token.usage}, {@code cursor.cost.usage} and
 * {@code cursor.tool.calls}. They name no conversation, so their readings belong to no session.
 *
 * <p><b>Corrections:</b> {@code api_correction_*} says that a call was not billed after all, and
 * names the call by its usage event but no amount: it is kept as a correction without a claim.
 *
 * <p>The four kinds of tokens don't overlap.
 */
final class Cursor implements Dialect {
  private static final String AGENT = "cursor";
  private static final String PREFIX = "cursor.";
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Facts facts;

  Cursor(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    return resource.attributes().text(SERVICE_NAME).equals(AGENT)
        || resource.scope().equals("cursor.telemetry");
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    Attributes attributes = record.attributes();
    SessionFacts session = facts(record.resource(), attributes);
    String said = Words.first(attributes.text(EVENT_NAME), record.eventName());
    String name = Words.without(PREFIX, Words.first(record.bodyWord(), said)).replace('.', '_');
    Draft draft = draft(record, name);
    if (draft == null || !draft.isNamed()) {
      findings.ignored(session);
      return;
    }
    String id = attributes.text(CURSOR_EVENT_ID);
    if (!id.isEmpty()) {
      draft.fingerprint(hash(id));
    }
    String model = ModelName.of(attributes.text(CURSOR_MODEL_NAME));
    draft.model(model).request(attributes.text(CURSOR_USAGE_EVENT_ID));
    findings.event(session, draft.event(), Tariff.provider("", model), Tariff.NONE.tier());
  }

  private static @Nullable Draft draft(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    return switch (name) {
      case "api_request" ->
          Draft.of(record, EventKind.MODEL_CALL, name)
              .usage(
                  Tokens.exclusive(
                      Numbers.tokens(attributes, CURSOR_API_REQUEST_INPUT_TOKENS),
                      Numbers.tokens(attributes, CURSOR_API_REQUEST_CACHE_READ_TOKENS),
                      Numbers.tokens(attributes, CURSOR_API_REQUEST_CACHE_CREATION_TOKENS),
                      0,
                      Numbers.tokens(attributes, CURSOR_API_REQUEST_OUTPUT_TOKENS)))
              .result(Result.OK);
      case "api_error" ->
          Draft.of(record, EventKind.MODEL_ERROR, name).result(Result.FAILED).error("error");
      case "hook_execution_complete" ->
          Draft.of(record, EventKind.HOOK, name)
              .duration(CURSOR_HOOK_DURATION_MS)
              .result(hook(attributes.text(CURSOR_HOOK_OUTCOME)));
      case "cloud_agent_mcp_auth_error", "cloud_agent_setup_failed" ->
          Draft.of(record, EventKind.FAILURE, name)
              .duration(CURSOR_CLOUD_AGENT_SETUP_DURATION_MS)
              .result(Result.FAILED)
              .error(Results.error(attributes, name, CURSOR_CLOUD_AGENT_SETUP_REASON));
      case "" -> null;
      default ->
          Draft.of(
              record,
              name.startsWith("api_correction") ? EventKind.CORRECTION : EventKind.OTHER,
              name);
    };
  }

  private static Result hook(String outcome) {
    return switch (outcome) {
      case "success" -> Result.OK;
      case "blocked" -> Result.REJECTED;
      case "failed", "timeout" -> Result.FAILED;
      default -> Result.UNKNOWN;
    };
  }

  /** FNV-1a over the characters. */
  private static long hash(String id) {
    long hash = FNV_START;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public void span(Span span, Findings findings) {
    findings.ignored(facts(span.resource(), span.attributes()));
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    Attributes attributes = point.attributes();
    SessionFacts session = facts(point.resource(), attributes);
    String model = ModelName.of(attributes.text(CURSOR_MODEL_NAME));
    Tariff tariff = Tariff.standard(Tariff.provider("", model), model);
    switch (Words.without(PREFIX, point.name())) {
      case "token.usage" -> {
        Measure measure = measure(attributes.text(CURSOR_TOKEN_TYPE));
        if (measure == null) {
          findings.ignored(session);
        } else {
          Points.tokens(point, measure, tariff, session, findings);
        }
      }
      case "cost.usage" ->
          Points.reading(
              point, Measure.CLAIMED_NANO_USD, Points.NANO_PER_USD, tariff, session, findings);
      case "tool.calls" -> Points.count(point, Measure.TOOL_CALLS, session, findings);
      default -> findings.ignored(session);
    }
  }

  private static @Nullable Measure measure(String type) {
    return switch (type) {
      case "input" -> Measure.INPUT;
      case "output" -> Measure.OUTPUT;
      case "cache_read" -> Measure.CACHE_READ;
      case "cache_creation" -> Measure.CACHE_WRITE;
      default -> null;
    };
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    String team = Words.first(draft.first(TEAM_ID, TEAM), draft.text(CURSOR_TEAM_ID));
    return draft
        .session(draft.text(CURSOR_CONVERSATION_ID))
        .clientVersion(draft.text(SERVICE_VERSION))
        .account(draft.text(CURSOR_USER_ID))
        .team(team)
        .terminal(draft.text(CURSOR_SURFACE))
        .entrypoint(draft.text(CURSOR_ENTRYPOINT))
        .facts();
  }
}
