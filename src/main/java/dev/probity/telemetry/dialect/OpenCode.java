package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;

/**
 * OpenCode, whose spans are those of the AI SDK.
 *
 * <p><b>Believed:</b> the spans of single calls, whose operation ends in {@code .doStream}, {@code
 * .doGenerate} or {@code .doEmbed}. The spans around them, such as {@code ai.streamText}, have the
 * same tokens again, added up over the steps. OpenTelemetry's names stand beside the SDK's own on
 * the same span and come first.
 *
 * <p><b>Plug-in:</b> a common one logs events under Claude Code's names; its {@code api_request}
 * has the cost, too. Where it runs the ledger counts the logs.
 *
 * <p><b>Ignored:</b> the many spans and log lines of the inside of the program; metrics of tokens,
 * which only the plug-in sends, beside its logs.
 *
 * <p>Spans: input contains what was cached, output contains reasoning. Logs: input excludes it.
 */
final class OpenCode implements Dialect {
  private static final String AGENT = "opencode";
  private static final String PREFIX = "opencode.";

  private static final Attribute[] INPUT = {
    GEN_AI_USAGE_INPUT_TOKENS, AI_USAGE_INPUT_TOKENS, AI_USAGE_PROMPT_TOKENS
  };
  private static final Attribute[] OUTPUT = {
    GEN_AI_USAGE_OUTPUT_TOKENS, AI_USAGE_OUTPUT_TOKENS, AI_USAGE_COMPLETION_TOKENS
  };
  private static final Attribute[] CACHE_READ = {
    GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, AI_USAGE_CACHED_INPUT_TOKENS
  };
  private static final Attribute[] CACHE_WRITE = {
    GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS
  };
  private static final Attribute[] REASONING = {
    GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, AI_USAGE_REASONING_TOKENS
  };

  private final Facts facts;
  private final ClaudeEvents plugin = new ClaudeEvents("");

  OpenCode(PersonalValues values) {
    facts = new Facts(values);
  }

  @Override
  public boolean speaks(Resource resource) {
    return resource.attributes().text(SERVICE_NAME).startsWith(AGENT)
        || resource.scope().equals(AGENT);
  }

  @Override
  public void log(LogRecord record, Findings findings) {
    SessionFacts session = facts(record.resource(), record.attributes());
    String name = Words.first(record.attributes().text(EVENT_NAME), record.eventName());
    plugin.log(record, Words.without(PREFIX, name), session, findings);
  }

  @Override
  public void span(Span span, Findings findings) {
    Attributes attributes = span.attributes();
    SessionFacts session = facts(span.resource(), attributes);
    String operation = Words.first(attributes.text(AI_OPERATION_ID), span.name());
    if (operation.startsWith("ai.") && isCall(operation)) {
      call(span, Words.without("ai.", operation), session, findings);
    } else if (operation.equals("ai.toolCall")) {
      Draft result =
          Draft.of(span, EventKind.TOOL_RESULT, "toolCall")
              .tool(attributes.text(AI_TOOL_CALL_NAME))
              .call(attributes.text(AI_TOOL_CALL_ID))
              .result(span.failed() ? Result.FAILED : Result.OK);
      findings.event(session, result.event(), Tariff.NONE.provider(), Tariff.NONE.tier());
    } else {
      findings.ignored(session);
    }
  }

  private static boolean isCall(String operation) {
    return operation.endsWith(".doStream")
        || operation.endsWith(".doGenerate")
        || operation.endsWith(".doEmbed");
  }

  private static void call(Span span, String name, SessionFacts session, Findings findings) {
    Attributes attributes = span.attributes();
    Tariff tariff = tariff(attributes);
    Usage usage =
        Tokens.inclusive(
            Numbers.tokens(attributes, INPUT),
            Numbers.tokens(attributes, CACHE_READ),
            Numbers.tokens(attributes, CACHE_WRITE),
            Numbers.tokens(attributes, OUTPUT),
            Numbers.tokens(attributes, REASONING));
    boolean failed = span.failed() && usage.total() == 0;
    Draft draft =
        Draft.of(span, failed ? EventKind.MODEL_ERROR : EventKind.MODEL_CALL, name)
            .model(tariff.model())
            .usage(usage)
            .firstToken(Numbers.amount(attributes, AI_RESPONSE_MS_TO_FIRST_CHUNK))
            .request(
                Words.first(attributes.text(AI_RESPONSE_ID), attributes.text(GEN_AI_RESPONSE_ID)))
            .result(failed ? Result.FAILED : Result.OK)
            .error(failed ? Results.error(attributes, "error", TYPE_OF_ERROR) : "");
    findings.event(session, draft.event(), tariff.provider(), tariff.tier());
  }

  private static Tariff tariff(Attributes attributes) {
    String answered =
        Words.first(attributes.text(AI_RESPONSE_MODEL), attributes.text(GEN_AI_RESPONSE_MODEL));
    String asked = Words.first(attributes.text(AI_MODEL_ID), attributes.text(GEN_AI_REQUEST_MODEL));
    String model = ModelName.of(Words.first(answered, asked));
    String vendor = Words.first(attributes.text(AI_MODEL_PROVIDER), attributes.text(GEN_AI_SYSTEM));
    return Tariff.standard(Tariff.provider(vendor, model), model);
  }

  @Override
  public void point(MetricPoint point, Findings findings) {
    SessionFacts session = facts(point.resource(), point.attributes());
    switch (Words.without(PREFIX, point.name())) {
      case "session.count" -> Points.count(point, Measure.SESSIONS, session, findings);
      case "commit.count" -> Points.count(point, Measure.COMMITS, session, findings);
      case "lines_of_code.count" ->
          Points.count(
              point,
              point.attributes().text(TYPE).equals("removed")
                  ? Measure.LINES_REMOVED
                  : Measure.LINES_ADDED,
              session,
              findings);
      default -> findings.ignored(session);
    }
  }

  private SessionFacts facts(Resource resource, Attributes record) {
    Facts.Draft draft = facts.of(AGENT, resource, record);
    return draft
        .session(draft.first(SESSION_ID, AI_TELEMETRY_METADATA_SESSION_ID))
        .clientVersion(draft.text(SERVICE_VERSION))
        .entrypoint(draft.text(OPENCODE_CLIENT))
        .facts();
  }
}
