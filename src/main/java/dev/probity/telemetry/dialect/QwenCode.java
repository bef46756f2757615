package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.pricing.Provider;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;

/**
 * Qwen Code, which descends from Gemini CLI and calls models of any vendor.
 *
 * <p><b>Believed:</b> the log event {@code qwen-code.api_response}. Whether thoughts are inside its
 * output depends on the model's vendor: the total that comes with each call decides.
 *
 * <p><b>Cross-check:</b> the metric {@code qwen-code.token.usage}. It has no total, so thoughts are
 * taken to be inside output, as with the OpenAI format that the client speaks by default.
 *
 * <p><b>Ignored:</b> spans and OpenTelemetry's own events, which repeat the logs; but a span {@code
 * tool.blocked_on_user} tells of a wait that no log tells of.
 */
final class QwenCode implements Dialect {
  private static final String AGENT = "qwen-code";
  private static final String PREFIX = "qwen-code.";
  private static final String WAIT = "tool.blocked_on_user";

  private final Facts facts;
  private final GeminiEvents events =
      new GeminiEvents(model -> Tariff.standard(Tariff.provider("", model), model));

  QwenCode(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    return resource.attributes().text(SERVICE_NAME).equals(AGENT) || resource.scope().equals(AGENT);
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    SessionFacts session = facts(record.resource(), record.attributes());
    String name = record.attributes().text(EVENT_NAME);
    if (name.startsWith(PREFIX)) {
      events.log(record, Words.without(PREFIX, name), session, findings);
    } else {
      findings.ignored(session);
    }
  }

  @Override
  public void span(Span span, Findings findings) {
    Attributes attributes = span.attributes();
    SessionFacts session = facts(span.resource(), attributes);
    if (Words.without(PREFIX, span.name()).equals(WAIT)) {
      Draft wait =
          Draft.of(span, EventKind.WAIT, WAIT)
              .duration(DURATION_MS)
              .tool(attributes.text(TOOL_NAME))
              .call(attributes.text(CALL_ID))
              .result(Results.decision(attributes.text(DECISION)));
      findings.event(session, wait.event(), Provider.OPENAI_COMPATIBLE, Tariff.NONE.tier());
    } else {
      findings.ignored(session);
    }
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    SessionFacts session = facts(point.resource(), point.attributes());
    if (point.name().startsWith(PREFIX)) {
      String name = Words.without(PREFIX, point.name());
      events.point(point, name, Measure.REASONING_WITHIN_OUTPUT, session, findings);
    } else {
      findings.ignored(session);
    }
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    return draft
        .session(draft.text(SESSION_ID))
        .clientVersion(draft.text(SERVICE_VERSION))
        .install(draft.text(INSTALLATION_ID))
        .facts();
  }
}
