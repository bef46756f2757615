package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.SessionFacts.PLAN_SUBSCRIPTION;
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
 * GitHub Copilot, in VS Code and as a CLI.
 *
 * <p><b>Believed:</b> the span {@code chat}, one for each call, and {@code execute_tool}: both
 * products send them, whatever else they send.
 *
 * <p><b>Ignored:</b> the histogram {@code gen_ai.client.token.usage}, which knows neither the
 * conversation nor what was cached; the events of calls, turns and tools of VS Code, which repeat
 * the spans; the tokens of {@code invoke_agent}, which are those of its {@code chat} spans added
 * up. The end of an agent's run is the end of a turn, or of a sub-agent if the span has a parent.
 *
 * <p>Counts of lines, edits, pull requests and sessions come only as metrics. {@code session.id} is
 * a window's, so a conversation's id comes first. Input contains what was cached, output contains
 * reasoning.
 */
final class CopilotChat implements Dialect {
  private static final String AGENT = "copilot";
  private static final String PREFIX = "copilot_chat.";
  private static final String NEWER_PREFIX = "github.copilot.";

  private final Facts facts;
  private final GenAi genAi = new GenAi();

  CopilotChat(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    String service = resource.attributes().text(SERVICE_NAME);
    return service.startsWith(AGENT)
        || service.startsWith("github-copilot")
        || resource.scope().startsWith("github.copilot")
        || resource.scope().startsWith("copilot-chat");
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    Attributes attributes = record.attributes();
    SessionFacts session = facts(record.resource(), attributes);
    Draft draft = draft(record, name(Words.first(attributes.text(EVENT_NAME), record.eventName())));
    if (draft == null || !draft.isNamed()) {
      findings.ignored(session);
    } else {
      findings.event(session, draft.event(), Tariff.NONE.provider(), Tariff.NONE.tier());
    }
  }

  private static @Nullable Draft draft(LogRecord record, String name) {
    Attributes attributes = record.attributes();
    return switch (name) {
      case "session.start" -> Draft.of(record, EventKind.SESSION_START, name);
      case "edit.feedback", "edit.hunk.action", "inline.done" ->
          Draft.of(record, EventKind.OTHER, name)
              .result(Results.decision(attributes.text(COPILOT_CHAT_EDIT_OUTCOME)));
      case "tool.call", "agent.turn", "" -> null;
      default -> name.startsWith("gen_ai.") ? null : Draft.of(record, EventKind.OTHER, name);
    };
  }

  @Override
  public void span(Span span, Findings findings) {
    Attributes attributes = span.attributes();
    SessionFacts session = facts(span.resource(), attributes);
    switch (GenAi.operation(attributes)) {
      case "chat", "generate_content", "text_completion", "embeddings", "execute_tool" ->
          genAi.span(span, session, findings);
      case "invoke_agent" -> {
        boolean main = span.parentSpanId().isEmpty();
        Draft end =
            Draft.of(span, main ? EventKind.ANSWER : EventKind.AGENT_END, "invoke_agent")
                .agent(main ? "" : attributes.text(GEN_AI_AGENT_ID), "")
                .result(span.failed() ? Result.FAILED : Result.OK);
        put(end, session, findings);
      }
      case "execute_hook" -> {
        String kind = attributes.text(COPILOT_CHAT_HOOK_RESULT_KIND);
        boolean failed = span.failed() || kind.endsWith("error");
        put(
            Draft.of(span, EventKind.HOOK, "execute_hook")
                .result(failed ? Result.FAILED : Result.OK),
            session,
            findings);
      }
      // Spans of HTTP and the like, where somebody switched them on.
      default -> findings.ignored(session);
    }
  }

  private static void put(Draft draft, SessionFacts session, Findings findings) {
    findings.event(session, draft.event(), Tariff.NONE.provider(), Tariff.NONE.tier());
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    SessionFacts session = facts(point.resource(), point.attributes());
    Measure measure = measure(name(point.name()), point.attributes());
    if (measure == null) {
      findings.ignored(session);
    } else {
      Points.count(point, measure, session, findings);
    }
  }

  private static @Nullable Measure measure(String name, Attributes attributes) {
    return switch (name) {
      case "session.count" -> Measure.SESSIONS;
      case "pull_request.count" -> Measure.PULL_REQUESTS;
      case "lines_of_code.count" ->
          switch (attributes.text(TYPE)) {
            case "added" -> Measure.LINES_ADDED;
            case "removed" -> Measure.LINES_REMOVED;
            default -> null;
          };
      case "code.lines_added" -> Measure.LINES_ADDED;
      case "code.lines_removed" -> Measure.LINES_REMOVED;
      case "edit.acceptance.count" ->
          switch (Results.decision(attributes.text(COPILOT_CHAT_EDIT_OUTCOME))) {
            case ACCEPTED -> Measure.EDITS_ACCEPTED;
            case REJECTED -> Measure.EDITS_REJECTED;
            default -> null;
          };
      default -> null;
    };
  }

  private static String name(String full) {
    return Words.without(PREFIX, Words.without(NEWER_PREFIX, full));
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    // Through GitHub, calls are part of a seat; with a key of one's own they are not.
    boolean seat = draft.text(GEN_AI_PROVIDER_NAME).equals("github");
    return draft
        .session(draft.first(GEN_AI_CONVERSATION_ID, SESSION_ID))
        .clientVersion(draft.text(SERVICE_VERSION))
        .entrypoint(draft.text(SERVICE_NAME))
        .plan(seat ? PLAN_SUBSCRIPTION : "", "")
        .facts();
  }
}
