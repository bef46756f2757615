package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;

/**
 * Everybody else. What is said in OpenTelemetry's words for models is understood by {@link GenAi};
 * nothing else is guessed at: an event or a span that has a name is kept under it, with whichever
 * of its attributes may be kept, and never counts as anything. What has no name, and metrics, are
 * ignored.
 */
final class Unknown implements Dialect {
  private final Facts facts;
  private final GenAi genAi = new GenAi();

  Unknown(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    return true;
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    SessionFacts session = facts(record.resource(), record.attributes(), record.traceId());
    if (genAi.speaks(record)) {
      genAi.log(record, session, findings);
      return;
    }
    String said = Words.first(record.attributes().text(EVENT_NAME), record.eventName());
    keep(
        Draft.of(record, EventKind.OTHER, Words.first(said, record.bodyWord())), session, findings);
  }

  @Override
  public void span(Span span, Findings findings) {
    SessionFacts session = facts(span.resource(), span.attributes(), span.traceId());
    if (genAi.speaks(span)) {
      genAi.span(span, session, findings);
    } else {
      keep(Draft.of(span, EventKind.OTHER, span.name()), session, findings);
    }
  }

  private static void keep(Draft draft, SessionFacts session, Findings findings) {
    if (draft.isNamed()) {
      findings.event(session, draft.event(), Tariff.NONE.provider(), Tariff.NONE.tier());
    } else {
      findings.ignored(session);
    }
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    SessionFacts session = facts(point.resource(), point.attributes(), "");
    if (genAi.speaks(point)) {
      genAi.point(point, session, findings);
    } else {
      findings.ignored(session);
    }
  }

  /** Who names no session at least names the trace that a call belongs to. */
  private SessionFacts facts(Resource resource, Attributes record, String traceId) {
    String agent = Words.agent(resource.attributes().text(SERVICE_NAME));
    Facts.Draft draft = facts.of(agent, resource, record);
    String session = draft.first(GEN_AI_CONVERSATION_ID, SESSION_ID);
    return draft
        .session(Words.first(Words.first(session, draft.text(CONVERSATION_ID)), traceId))
        .clientVersion(draft.text(SERVICE_VERSION))
        .facts();
  }
}
