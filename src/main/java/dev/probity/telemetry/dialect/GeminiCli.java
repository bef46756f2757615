package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.SessionFacts.PLAN_API;
import static dev.probity.telemetry.SessionFacts.PLAN_SUBSCRIPTION;
import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.pricing.Provider;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;

/**
 * Gemini CLI.
 *
 * <p><b>Believed:</b> the log event {@code gemini_cli.api_response}, one for each answered call,
 * those of the router's small model among them: they are real calls.
 *
 * <p><b>Cross-check:</b> the metric {@code gemini_cli.token.usage}.
 *
 * <p><b>Ignored:</b> the same calls three times over. {@code
 * gen_ai.client.inference.operation.details} is logged twice for each call and {@code
 * gen_ai.client.token.usage} is a metric of it, both without what was cached and thought; the spans
 * lack that, too, so they must not stand in for the metric.
 *
 * <p>Input contains what was cached. Thoughts and what the provider's tools added are counted
 * beside output and input; the total that comes with each call checks it. The version in the
 * resource is that of Node, so the client's is not known.
 */
final class GeminiCli implements Dialect {
  private static final String AGENT = "gemini-cli";
  private static final String PREFIX = "gemini_cli.";
  private static final String OPEN_TELEMETRY = "gen_ai.";

  private final Facts facts;
  private final GeminiEvents events =
      new GeminiEvents(model -> Tariff.standard(Provider.GEMINI, model));

  GeminiCli(PersonalValues values) {
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
    if (name.startsWith(OPEN_TELEMETRY)) {
      findings.ignored(session);
    } else {
      events.log(record, Words.without(PREFIX, name), session, findings);
    }
  }

  @Override
  public void span(Span span, Findings findings) {
    findings.ignored(facts(span.resource(), span.attributes()));
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    SessionFacts session = facts(point.resource(), point.attributes());
    if (point.name().startsWith(PREFIX)) {
      String name = Words.without(PREFIX, point.name());
      events.point(point, name, Measure.REASONING, session, findings);
    } else {
      findings.ignored(session);
    }
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    return draft
        .session(draft.first(SESSION_ID, GEN_AI_CONVERSATION_ID))
        .install(draft.text(INSTALLATION_ID))
        .plan(plan(draft.text(AUTH_TYPE)), "")
        .facts();
  }

  /** Signing in with Google brings a plan with its quota; keys and clouds bill by use. */
  private static String plan(String authType) {
    return switch (authType) {
      case "oauth-personal" -> PLAN_SUBSCRIPTION;
      case "gemini-api-key", "vertex-ai", "compute-default-credentials" -> PLAN_API;
      default -> "";
    };
  }
}
