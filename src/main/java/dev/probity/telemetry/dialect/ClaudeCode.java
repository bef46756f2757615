package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.SessionFacts.PLAN_API;
import static dev.probity.telemetry.SessionFacts.PLAN_SUBSCRIPTION;
import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.kernel.Usage;
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
 * Claude Code.
 *
 * <p><b>Believed:</b> the log event {@code api_request}, one for each answered call, with the
 * provider's request id, both cache lifetimes (from 2.1.3xx on) and the cost that the client
 * claims.
 *
 * <p><b>Cross-checks:</b> the metrics {@code token.usage} and {@code cost.usage} and the spans
 * {@code llm_request} say the same again. They are passed on as what they are, readings and calls
 * on the signal SPAN; the ledger counts one signal for each session, logs before spans before
 * metrics. The metric knows only one lifetime of the cache.
 *
 * <p><b>Never summed:</b> {@code subagent_completed} holds the tokens of a sub-agent's last call
 * only. {@code api_retries_exhausted} repeats an {@code api_error}. Spans of tools and of whole
 * interactions repeat logs.
 *
 * <p>Input excludes what was cached; thinking is inside output.
 */
final class ClaudeCode implements Dialect {
  private static final String AGENT = "claude-code";
  private static final String PREFIX = "claude_code.";
  private static final String SCOPE = "com.anthropic.claude_code";

  private final Facts facts;
  private final ClaudeEvents events = new ClaudeEvents("anthropic");

  ClaudeCode(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    return resource.attributes().text(SERVICE_NAME).startsWith(AGENT)
        || resource.scope().startsWith(SCOPE);
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    String name = Words.first(record.attributes().text(EVENT_NAME), record.bodyWord());
    SessionFacts session = facts(record.resource(), record.attributes());
    events.log(record, Words.without(PREFIX, name), session, findings);
  }

  @Override
  public void span(Span span, Findings findings) {
    Attributes attributes = span.attributes();
    SessionFacts session = facts(span.resource(), attributes);
    String type = Words.first(attributes.text(SPAN_TYPE), Words.without(PREFIX, span.name()));
    switch (type) {
      case "llm_request" -> events.request(span, session, findings);
      case "tool.blocked_on_user" -> {
        Draft wait =
            Draft.of(span, EventKind.WAIT, type)
                .duration(DURATION_MS)
                .tool(Words.first(attributes.text(TOOL_NAME), attributes.text(GEN_AI_TOOL_NAME)))
                .call(attributes.text(TOOL_USE_ID))
                .result(Results.decision(attributes.text(DECISION)));
        put(wait, session, findings);
      }
      case "subagent.spawn" -> {
        Draft start =
            Draft.of(span, EventKind.AGENT_START, type)
                .agent(attributes.text(AGENT_ID), attributes.text(PARENT_AGENT_ID));
        put(start, session, findings);
      }
      default -> findings.ignored(session);
    }
  }

  private static void put(Draft draft, SessionFacts session, Findings findings) {
    findings.event(session, draft.event(), Provider.ANTHROPIC, Tariff.NONE.tier());
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    Attributes attributes = point.attributes();
    SessionFacts session = facts(point.resource(), attributes);
    String type = attributes.text(TYPE);
    switch (Words.without(PREFIX, point.name())) {
      case "token.usage" -> tokens(point, type, session, findings);
      case "cost.usage" ->
          Points.reading(
              point,
              Measure.CLAIMED_NANO_USD,
              Points.NANO_PER_USD,
              tariff(attributes),
              session,
              findings);
      case "active_time.total" ->
          Points.reading(
              point,
              type.equals("user") ? Measure.ACTIVE_PERSON_MILLIS : Measure.ACTIVE_AGENT_MILLIS,
              Points.MILLIS_PER_SECOND,
              Tariff.NONE,
              session,
              findings);
      case "lines_of_code.count" ->
          Points.count(
              point,
              type.equals("removed") ? Measure.LINES_REMOVED : Measure.LINES_ADDED,
              session,
              findings);
      case "code_edit_tool.decision" ->
          Points.count(
              point,
              attributes.text(DECISION).equals("accept")
                  ? Measure.EDITS_ACCEPTED
                  : Measure.EDITS_REJECTED,
              session,
              findings);
      case "commit.count" -> Points.count(point, Measure.COMMITS, session, findings);
      case "pull_request.count" -> Points.count(point, Measure.PULL_REQUESTS, session, findings);
      case "session.count" -> Points.count(point, Measure.SESSIONS, session, findings);
      default -> findings.ignored(session);
    }
  }

  private static void tokens(
      MetricPoint point, String type, SessionFacts session, Findings findings) {
    Tariff tariff = tariff(point.attributes());
    switch (type) {
      case "input" -> Points.tokens(point, Measure.INPUT, tariff, session, findings);
      case "output" -> Points.tokens(point, Measure.OUTPUT, tariff, session, findings);
      case "cacheRead" -> Points.tokens(point, Measure.CACHE_READ, tariff, session, findings);
      case "cacheCreation" -> Points.tokens(point, Measure.CACHE_WRITE, tariff, session, findings);
      default -> findings.ignored(session);
    }
  }

  private static Tariff tariff(Attributes attributes) {
    return new Tariff(
        Provider.ANTHROPIC,
        ModelName.of(attributes.text(MODEL)),
        Tariff.tier(attributes.text(SPEED)));
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    String version = draft.first(APP_VERSION, SERVICE_VERSION);
    draft
        .session(draft.first(SESSION_ID, GEN_AI_CONVERSATION_ID))
        .clientVersion(version)
        .entrypoint(draft.text(APP_ENTRYPOINT))
        .plan(plan(draft), draft.text(ANTHROPIC_PLAN));
    // Behind a gateway that people sign in to, the id is the person's there.
    if (draft.text(IDENTITY_SOURCE).startsWith("gateway")) {
      draft.endUser(draft.first(ENDUSER_ID, USER_ID));
    } else {
      draft.install(draft.text(USER_ID));
    }
    return draft.facts();
  }

  /** Who pays: a plan, unless the seat pays by use; a cloud or a key pays by use. */
  private static String plan(Facts.Draft draft) {
    String seat = draft.text(ANTHROPIC_SEAT_TYPE);
    return switch (draft.text(ANTHROPIC_PLAN)) {
      case "pro", "max", "team" -> seat.equals("usage_based") ? PLAN_API : PLAN_SUBSCRIPTION;
      case "enterprise" ->
          switch (seat) {
            case "usage_based" -> PLAN_API;
            case "standard", "premium" -> PLAN_SUBSCRIPTION;
            default -> "";
          };
      default -> {
        String provider = draft.text(ANTHROPIC_PROVIDER);
        boolean cloud = !provider.isEmpty() && !provider.equals("firstParty");
        yield cloud || !draft.isSignedIn() ? PLAN_API : "";
      }
    };
  }

  /** What one call used, from a log or a span. Writes of no given lifetime are the short one's. */
  static Usage usage(Attributes attributes) {
    long written = Numbers.tokens(attributes, CACHE_CREATION_TOKENS);
    long hour = Math.min(Numbers.tokens(attributes, CACHE_CREATION_1H_TOKENS), written);
    return Tokens.exclusive(
        Numbers.tokens(attributes, INPUT_TOKENS),
        Numbers.tokens(attributes, CACHE_READ_TOKENS),
        written - hour,
        hour,
        Numbers.tokens(attributes, OUTPUT_TOKENS));
  }
}
