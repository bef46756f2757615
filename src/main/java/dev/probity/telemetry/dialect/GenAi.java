package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.otlp.Attribute.*;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.Span;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's own words for calls to models, {@code gen_ai.*}, of now and of earlier: the names
 * of one thing stand beside each other, newest first.
 *
 * <p><b>Believed:</b> spans of single calls ({@code chat}, {@code generate_content}, {@code
 * text_completion}, {@code embeddings}), or the event {@code
 * gen_ai.client.inference.operation.details} of the same call: the ledger counts one signal for
 * each session. Spans of agents and workflows hold sums of such calls, {@code fetch_response} reads
 * an answer again: neither counts.
 *
 * <p><b>Cross-checks:</b> the counters {@code gen_ai.client.inference.usage.*}, and the histogram
 * {@code gen_ai.client.token.usage} that came before them, by its sum. The newer histograms {@code
 * gen_ai.client.inference.operation.*} show distributions of the same and don't count.
 *
 * <p>Input contains what was cached, output contains reasoning.
 */
final class GenAi {
  private static final String PREFIX = "gen_ai.";
  private static final String USAGE_METRIC = "gen_ai.client.inference.usage.";
  private static final String DETAILS_EVENT = "gen_ai.client.inference.operation.details";
  private static final String DETAILS = "inference";

  private static final Attribute[] INPUT = {GEN_AI_USAGE_INPUT_TOKENS, GEN_AI_USAGE_PROMPT_TOKENS};
  private static final Attribute[] OUTPUT = {
    GEN_AI_USAGE_OUTPUT_TOKENS, GEN_AI_USAGE_COMPLETION_TOKENS
  };
  private static final Attribute[] CACHE_READ = {
    GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, GEN_AI_USAGE_CACHE_READ_FLAT
  };
  private static final Attribute[] CACHE_WRITE = {
    GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
    GEN_AI_USAGE_CACHE_CREATION_FLAT
  };
  private static final Attribute[] REASONING = {
    GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, GEN_AI_USAGE_REASONING_TOKENS
  };
  private static final Attribute[] TIER = {
    OPENAI_RESPONSE_SERVICE_TIER,
    GEN_AI_OPENAI_RESPONSE_SERVICE_TIER,
    GEN_AI_RESPONSE_SERVICE_TIER,
    OPENAI_REQUEST_SERVICE_TIER,
    GEN_AI_OPENAI_REQUEST_SERVICE_TIER,
    GEN_AI_REQUEST_SERVICE_TIER
  };

  /** Whether a record is in these words. */
  boolean speaks(LogRecord record) {
    return name(record).startsWith(PREFIX);
  }

  boolean speaks(Span span) {
    return !operation(span.attributes()).isEmpty();
  }

  boolean speaks(MetricPoint point) {
    return point.name().startsWith(PREFIX);
  }

  /** The event of a call. Events of single messages are content and nothing else. */
  void log(LogRecord record, SessionFacts session, Findings findings) {
    Attributes attributes = record.attributes();
    if (!name(record).equals(DETAILS_EVENT) || !hasUsage(attributes)) {
      findings.ignored(session);
      return;
    }
    put(
        call(Draft.of(record, EventKind.MODEL_CALL, DETAILS), attributes),
        attributes,
        session,
        findings);
  }

  private static String name(LogRecord record) {
    return Words.first(record.attributes().text(EVENT_NAME), record.eventName());
  }

  void span(Span span, SessionFacts session, Findings findings) {
    Attributes attributes = span.attributes();
    Draft draft = draft(span, operation(attributes));
    if (draft == null || !draft.isNamed()) {
      findings.ignored(session);
    } else {
      put(draft, attributes, session, findings);
    }
  }

  private static @Nullable Draft draft(Span span, String operation) {
    Attributes attributes = span.attributes();
    return switch (operation) {
      case "chat", "generate_content", "text_completion", "embeddings" ->
          failed(span) && !hasUsage(attributes)
              ? error(Draft.of(span, EventKind.MODEL_ERROR, operation), attributes)
              : call(Draft.of(span, EventKind.MODEL_CALL, operation), attributes);
      case "execute_tool" -> {
        Draft draft =
            Draft.of(span, EventKind.TOOL_RESULT, operation)
                .tool(attributes.text(GEN_AI_TOOL_NAME))
                .call(
                    Words.first(
                        attributes.text(GEN_AI_TOOL_CALL_ID), attributes.text(GEN_AI_TOOL_CALLID)))
                .agent(attributes.text(GEN_AI_AGENT_ID), "");
        yield failed(span) ? error(draft, attributes) : draft.result(Result.OK);
      }
      case "fetch_response" -> null;
      default -> Draft.of(span, EventKind.OTHER, operation);
    };
  }

  private static boolean failed(Span span) {
    return span.failed() || span.attributes().has(TYPE_OF_ERROR);
  }

  private static Draft error(Draft draft, Attributes attributes) {
    return draft.result(Result.FAILED).error(Results.error(attributes, "error", TYPE_OF_ERROR));
  }

  private static Draft call(Draft draft, Attributes attributes) {
    return draft
        .usage(usage(attributes))
        .firstToken(firstToken(attributes))
        .request(attributes.text(GEN_AI_RESPONSE_ID))
        .agent(attributes.text(GEN_AI_AGENT_ID), "")
        .result(Result.OK);
  }

  private static long firstToken(Attributes attributes) {
    if (attributes.has(COPILOT_CHAT_TIME_TO_FIRST_TOKEN)) {
      return Numbers.amount(attributes, COPILOT_CHAT_TIME_TO_FIRST_TOKEN);
    }
    Attribute seconds =
        attributes.has(GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK)
            ? GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK
            : GEN_AI_SERVER_TIME_TO_FIRST_TOKEN;
    return Numbers.secondsAsMillis(attributes, seconds);
  }

  private static void put(
      Draft draft, Attributes attributes, SessionFacts session, Findings findings) {
    Tariff tariff = tariff(attributes);
    findings.event(session, draft.model(tariff.model()).event(), tariff.provider(), tariff.tier());
  }

  void point(MetricPoint point, SessionFacts session, Findings findings) {
    Measure measure = measure(point);
    if (measure == null) {
      findings.ignored(session);
    } else {
      Points.tokens(point, measure, tariff(point.attributes()), session, findings);
    }
  }

  private static @Nullable Measure measure(MetricPoint point) {
    String name = point.name();
    if (name.equals("gen_ai.client.token.usage")) {
      return switch (point.attributes().text(GEN_AI_TOKEN_TYPE)) {
        case "input" -> Measure.INPUT;
        case "output", "completion" -> Measure.OUTPUT;
        default -> null;
      };
    }
    if (!name.startsWith(USAGE_METRIC)) {
      return null;
    }
    return switch (name.substring(USAGE_METRIC.length())) {
      case "input_tokens" -> Measure.INPUT;
      case "output_tokens" -> Measure.OUTPUT;
      case "cache_read.input_tokens" -> Measure.CACHE_READ_WITHIN_INPUT;
      case "cache_write.input_tokens" -> Measure.CACHE_WRITE_WITHIN_INPUT;
      case "reasoning.output_tokens" -> Measure.REASONING_WITHIN_OUTPUT;
      default -> null;
    };
  }

  /** What is done, by today's name of it; empty if the span is of something else. */
  static String operation(Attributes attributes) {
    String operation = attributes.text(GEN_AI_OPERATION_NAME);
    return operation.isEmpty()
        ? switch (attributes.text(LLM_REQUEST_TYPE)) {
          case "chat" -> "chat";
          case "completion" -> "text_completion";
          case "embedding" -> "embeddings";
          default -> "";
        }
        : operation;
  }

  static boolean hasUsage(Attributes attributes) {
    for (Attribute name : INPUT) {
      if (attributes.has(name)) {
        return true;
      }
    }
    return attributes.has(OUTPUT[0]) || attributes.has(OUTPUT[1]);
  }

  static Usage usage(Attributes attributes) {
    return Tokens.inclusive(
        Numbers.tokens(attributes, INPUT),
        Numbers.tokens(attributes, CACHE_READ),
        Numbers.tokens(attributes, CACHE_WRITE),
        Numbers.tokens(attributes, OUTPUT),
        Numbers.tokens(attributes, REASONING));
  }

  /** The model that answered, or else the one that was asked. */
  static Tariff tariff(Attributes attributes) {
    String answered = attributes.text(GEN_AI_RESPONSE_MODEL);
    String model = ModelName.of(Words.first(answered, attributes.text(GEN_AI_REQUEST_MODEL)));
    String vendor =
        Words.first(attributes.text(GEN_AI_PROVIDER_NAME), attributes.text(GEN_AI_SYSTEM));
    String tier = "";
    for (Attribute name : TIER) {
      tier = Words.first(tier, attributes.text(name));
    }
    return new Tariff(Tariff.provider(vendor, model), model, Tariff.tier(tier));
  }
}
