package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorDialectTest {
  private static Export export() {
    return Export.of(
        "cursor",
        "cursor.telemetry",
        "cursor.team.id",
        4242,
        "cursor.user.id",
        99,
        "cursor.surface",
        "cli",
        "cursor.entrypoint",
        "agent");
  }

  @Test
  void request_isACallOfDisjointTokens() {
    Heard.Event call =
        export()
            .body(
                "api_request",
                "cursor.event.id",
                "ev-1",
                "cursor.conversation.id",
                "c1",
                "cursor.usage_event.id",
                "ue-1",
                "cursor.model.name",
                "claude-opus-5-5",
                "cursor.api.request.input_tokens",
                100,
                "cursor.api.request.output_tokens",
                200,
                "cursor.api.request.cache_read_tokens",
                50,
                "cursor.api.request.cache_creation_tokens",
                10)
            .heardAsLogs()
            .only();

    assertThat(call.event().kind()).isEqualTo(EventKind.MODEL_CALL);
    assertThat(call.event().usage()).isEqualTo(new Usage(100, 50, 10, 0, 200, 0, 0));
    assertThat(call.event().requestId()).isEqualTo("ue-1");
    assertThat(call.provider()).isEqualTo(Provider.ANTHROPIC);
    SessionFacts facts = call.facts();
    assertThat(facts.session()).isEqualTo("c1");
    assertThat(facts.account()).isEqualTo("99");
    assertThat(facts.team()).isEqualTo("4242");
    assertThat(facts.terminal()).isEqualTo("cli");
    assertThat(facts.entrypoint()).isEqualTo("agent");
  }

  @Test
  void sameEvent_withOtherBytes_hasTheSameFingerprint() {
    Heard heard =
        export()
            .body("api_request", "cursor.event.id", "ev-1", "cursor.api.request.input_tokens", 1)
            .body("api_request", "cursor.event.id", "ev-1", "cursor.request.id", "r")
            .body("api_request", "cursor.event.id", "ev-2", "cursor.request.id", "r")
            .heardAsLogs();

    long first = heard.events.get(0).event().fingerprint();
    assertThat(heard.events.get(1).event().fingerprint()).isEqualTo(first);
    assertThat(heard.events.get(2).event().fingerprint()).isNotEqualTo(first);
  }

  @Test
  void correction_namesItsCallAndClaimsNothing() {
    AgentEvent event =
        export()
            .body(
                "api_correction_not_billed_errored",
                "cursor.usage_event.id",
                "ue-1",
                "cursor.api.correction.kind",
                "not_billed_errored")
            .heardAsLogs()
            .only()
            .event();

    assertThat(event.kind()).isEqualTo(EventKind.CORRECTION);
    assertThat(event.requestId()).isEqualTo("ue-1");
    assertThat(event.usage()).isEqualTo(Usage.NONE);
    assertThat(event.claimedNanoUsd()).isEqualTo(AgentEvent.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "api_error, MODEL_ERROR, FAILED",
    "hook_execution_complete, HOOK, REJECTED",
    "cloud_agent_mcp_auth_error, FAILURE, FAILED",
    "cloud_agent_pull_request_opened, OTHER, UNKNOWN",
    "skill_activated, OTHER, UNKNOWN"
  })
  void event_hasItsKind(String body, EventKind kind, Result result) {
    AgentEvent event =
        export().body(body, "cursor.hook.outcome", "blocked").heardAsLogs().only().event();

    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.result()).isEqualTo(result);
    assertThat(event.name()).isEqualTo(body);
  }

  @Test
  void eventName_isUnderstoodToo() {
    assertThat(export().event("cursor.api.request").heardAsLogs().only().event().kind())
        .isEqualTo(EventKind.MODEL_CALL);
  }

  @Test
  void metrics_areReadingsOfNoSession() {
    Heard heard =
        export()
            .sum("cursor.token.usage", 100, "cursor.token.type", "input")
            .sum("cursor.token.usage", 50, "cursor.token.type", "cache_read")
            .sum("cursor.token.usage", 10, "cursor.token.type", "cache_creation")
            .sum("cursor.token.usage", 200, "cursor.token.type", "output")
            .sum("cursor.cost.usage", 0.25, "cursor.model.name", "claude-opus-5-5")
            .sum("cursor.tool.calls", 4, "cursor.tool.kind", "builtin")
            .heardAsMetrics();

    assertThat(heard.sum(Measure.INPUT)).isEqualTo(100);
    assertThat(heard.sum(Measure.CACHE_READ)).isEqualTo(50);
    assertThat(heard.sum(Measure.CACHE_WRITE)).isEqualTo(10);
    assertThat(heard.sum(Measure.OUTPUT)).isEqualTo(200);
    assertThat(heard.sum(Measure.CLAIMED_NANO_USD)).isEqualTo(250_000_000);
    assertThat(heard.sum(Measure.TOOL_CALLS)).isEqualTo(4);
    assertThat(heard.points).extracting(point -> point.facts().session()).containsOnly("");
  }
}
