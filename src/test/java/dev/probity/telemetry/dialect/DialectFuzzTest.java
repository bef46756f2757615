package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the attributes are, and in whatever order: one bounded finding for each record. */
class DialectFuzzTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Attribute[] ATTRIBUTES = Attribute.values();

  private static final List<String> VALUES =
      List.of(
          "{}",
          "null",
          "{\"stringValue\":\"\"}",
          "{\"stringValue\":\"-1\"}",
          "{\"stringValue\":\"99999999999999999999999\"}",
          "{\"stringValue\":\"1e308\"}",
          "{\"stringValue\":\"NaN\"}",
          "{\"stringValue\":\"2026-13-45T99:99:99Z\"}",
          "{\"stringValue\":\"+1000000000-12-31T23:59:59.999999999Z\"}",
          "{\"stringValue\":\"ada@example.com\"}",
          "{\"stringValue\":\"/home/ada/a.b\"}",
          "{\"stringValue\":\"a\\u0000\\ud83d\\ude80 b\"}",
          "{\"stringValue\":\"arn:aws:bedrock:anthropic.claude-\"}",
          "{\"stringValue\":\"@[1m]://:/@\"}",
          "{\"stringValue\":\"" + "x".repeat(3_000) + "\"}",
          "{\"intValue\":\"-9223372036854775808\"}",
          "{\"intValue\":\"9223372036854775807\"}",
          "{\"intValue\":17}",
          "{\"doubleValue\":1e300}",
          "{\"doubleValue\":-0.5}",
          "{\"boolValue\":true}",
          "{\"arrayValue\":{\"values\":[{},{\"stringValue\":\"a\"},{\"intValue\":1}]}}",
          "{\"arrayValue\":{}}",
          "{\"kvlistValue\":{\"values\":[{\"key\":\"a\",\"value\":{}}]}}");

  @ParameterizedTest
  @CsvSource({
    "LOG, claude-code-logs-everything-on.json",
    "METRIC, claude-code-metrics.json",
    "SPAN, claude-code-traces.json",
    "LOG, codex-logs.json",
    "LOG, gemini-logs.json",
    "METRIC, gemini-metrics.json",
    "SPAN, gemini-traces.json"
  })
  void captures_mayHaveTheirAttributesShuffledDoubledAndEmptied(Signal signal, String capture) {
    Random random = new Random(capture.hashCode());
    for (int i = 0; i < 12; i++) {
      JsonNode request = JSON.readTree(Heard.bytes(capture));
      disturb(request, random);
      check(Heard.ofJson(signal, JSON.writeValueAsString(request)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-code",
        "codex_exec",
        "gemini-cli",
        "qwen-code",
        "copilot-chat",
        "opencode",
        "cursor",
        "somebody"
      })
  void records_mayHaveAnyAttributes(String service) {
    Random random = new Random(service.hashCode());
    for (int i = 0; i < 40; i++) {
      check(disturbed(Signal.LOG, logs(service, random), random));
      check(disturbed(Signal.SPAN, spans(service, random), random));
      check(disturbed(Signal.METRIC, metrics(service, random), random));
    }
  }

  private static Heard disturbed(Signal signal, String json, Random random) {
    JsonNode request = JSON.readTree(json);
    disturb(request, random);
    return Heard.ofJson(signal, JSON.writeValueAsString(request));
  }

  private static String logs(String service, Random random) {
    List<String> names =
        List.of(
            "api_request",
            "api_error",
            "tool_result",
            "hook_execution_complete",
            "auth",
            "odd one",
            "codex.sse_event",
            "codex.tool_result",
            "codex.api_request",
            "gemini_cli.api_response",
            "gemini_cli.tool_call",
            "qwen-code.api_response",
            "copilot_chat.edit.feedback",
            "gen_ai.client.inference.operation.details",
            "");
    Export export = Export.of(service, "");
    names.forEach(name -> export.event(name, "event.kind", "response.completed"));
    export.body("api_request").body("api_correction_x").body(names.get(random.nextInt(5)));
    return export.logs();
  }

  private static String spans(String service, Random random) {
    return Export.of(service, "")
        .span("claude_code.llm_request")
        .span("subagent.spawn")
        .span("ai.streamText.doStream")
        .span("chat", "gen_ai.operation.name", "chat")
        .spanWithin("ff", true, "x y", "gen_ai.operation.name", "execute_tool")
        .spanWithin("ff", random.nextBoolean(), "z", "gen_ai.operation.name", "invoke_agent")
        .spans();
  }

  private static String metrics(String service, Random random) {
    Export export = Export.of(service, "");
    List<String> names =
        List.of(
            "claude_code.token.usage",
            "claude_code.cost.usage",
            "codex.turn.token_usage",
            "gemini_cli.token.usage",
            "qwen-code.token.usage",
            "gen_ai.client.token.usage",
            "cursor.token.usage",
            "copilot_chat.lines_of_code.count",
            "cursor.cost.usage");
    for (String name : names) {
      export.sum(name, random.nextDouble(-1e20, 1e20), "type", "input");
      export.histogram(name, random.nextInt(1_000), "token_type", "input");
      export.gauge(name, random.nextInt(1_000), "gen_ai.token.type", "input");
    }
    return export.metrics();
  }

  private static void disturb(JsonNode node, Random random) {
    if (node instanceof ObjectNode object && object.path("attributes") instanceof ArrayNode list) {
      List<JsonNode> attributes = new ArrayList<>(list.values());
      for (int i = random.nextInt(40); i > 0; i--) {
        Attribute attribute = ATTRIBUTES[random.nextInt(ATTRIBUTES.length)];
        String value = VALUES.get(random.nextInt(VALUES.size()));
        attributes.add(
            JSON.readTree("{\"key\":\"" + attribute.wireName() + "\",\"value\":" + value + "}"));
      }
      if (!attributes.isEmpty()) {
        attributes.add(attributes.get(random.nextInt(attributes.size())));
        JsonNode emptied = attributes.get(random.nextInt(attributes.size())).deepCopy();
        ((ObjectNode) emptied).set("value", JSON.valueToTree(Map.of()));
        attributes.add(emptied);
      }
      Collections.shuffle(attributes, random);
      object.set("attributes", JSON.createArrayNode().addAll(attributes));
    }
    node.forEach(child -> disturb(child, random));
  }

  private static void check(Heard heard) {
    heard.events.forEach(event -> check(event.event()));
    Stream.of(
            heard.events.stream().map(Heard.Event::facts),
            heard.points.stream().map(Heard.Point::facts),
            heard.ignored.stream())
        .flatMap(facts -> facts)
        .forEach(DialectFuzzTest::check);
    assertThat(heard.points).allMatch(point -> point.reading().value() >= 0);
    String everything = heard.everything();
    assertThat(everything.contains("ada@example.com")).as("an address").isFalse();
    assertThat(everything.contains("/home/ada")).as("a path").isFalse();
  }

  private static void check(AgentEvent event) {
    assertThat(event.usage().total()).isBetween(0L, 7 * Numbers.MOST_TOKENS);
    assertThat(event.details()).hasSizeLessThan(16);
    event.details().forEach(detail -> bounded(detail.value()));
    Stream.of(
            event.name(),
            event.model(),
            event.tool(),
            event.callId(),
            event.requestId(),
            event.agentId(),
            event.parentAgentId(),
            event.error())
        .forEach(DialectFuzzTest::bounded);
  }

  private static void check(SessionFacts facts) {
    Stream.of(
            facts.agent(),
            facts.session(),
            facts.clientVersion(),
            facts.email(),
            facts.account(),
            facts.install(),
            facts.endUser(),
            facts.team(),
            facts.repository(),
            facts.branch(),
            facts.terminal(),
            facts.plan(),
            facts.planName(),
            facts.entrypoint())
        .forEach(DialectFuzzTest::bounded);
    assertThat(facts.agent()).isNotEmpty();
  }

  private static void bounded(String text) {
    assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(Words.LONGEST_TEXT);
    assertThat(text.chars()).noneMatch(Character::isISOControl);
  }
}
