package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeDialectTest {
  private static final PriceBook PRICES = PriceBook.shipped(List.of());

  @ParameterizedTest
  @ValueSource(strings = {"claude-code-logs.json", "claude-code-logs.pb"})
  void logs_tellOfTwoCallsWithTheirUsageAndTheirPrice(String capture) {
    List<Heard.Event> calls = Heard.of(Signal.LOG, capture).ofKind(EventKind.MODEL_CALL);

    assertThat(calls)
        .extracting(call -> call.event().usage())
        .containsExactly(
            new Usage(1201, 4000, 300, 0, 42, 0, 0), new Usage(1202, 4000, 300, 0, 42, 0, 0));
    assertThat(calls)
        .extracting(ClaudeCodeDialectTest::charge)
        .containsExactly(7_944_000L, 7_948_000L);
    assertThat(calls)
        .extracting(call -> call.event().claimedNanoUsd())
        .containsExactly(7_944_000L, 7_948_000L);
  }

  private static long charge(Heard.Event call) {
    AgentEvent event = call.event();
    return PRICES
        .price(call.provider(), event.model(), event.atMillis())
        .orElseThrow()
        .charge(event.usage(), call.tier())
        .nanoUsd();
  }

  @Test
  void logs_tellOfTheWholeSession() {
    Heard heard = Heard.of(Signal.LOG, "claude-code-logs.json");

    assertThat(heard.kinds())
        .containsExactly(
            EventKind.PROMPT,
            EventKind.TOOL_DECISION,
            EventKind.MODEL_CALL,
            EventKind.TOOL_RESULT,
            EventKind.MODEL_CALL,
            EventKind.ANSWER);
    assertThat(heard.ignored).hasSize(4);
    assertThat(heard.events)
        .extracting(Heard.Event::facts)
        .containsOnly(heard.events.getFirst().facts());
    assertThat(heard.events.get(5).facts()).isSameAs(heard.events.get(0).facts());
    assertThat(heard.only(EventKind.PROMPT).size()).isEqualTo(6);
    assertThat(heard.only(EventKind.ANSWER).size()).isEqualTo(22);
    AgentEvent decision = heard.only(EventKind.TOOL_DECISION);
    assertThat(decision.result()).isEqualTo(Result.ACCEPTED);
    assertThat(decision.tool()).isEqualTo("Bash");
    assertThat(heard.detail(decision, "source")).isEqualTo("config");
    AgentEvent result = heard.only(EventKind.TOOL_RESULT);
    assertThat(result.callId()).isEqualTo(decision.callId()).isEqualTo("toolu_fake1");
    assertThat(result.result()).isEqualTo(Result.OK);
    assertThat(result.durationMillis()).isEqualTo(38);
    assertThat(result.size()).isEqualTo(15);
    AgentEvent call = heard.ofKind(EventKind.MODEL_CALL).getFirst().event();
    assertThat(call.requestId()).isEqualTo("req_fake_1");
    assertThat(call.durationMillis()).isEqualTo(76);
    assertThat(call.firstTokenMillis()).isEqualTo(42);
    assertThat(call.atMillis()).isEqualTo(Instant.parse("2026-11-20T20:15:51.584Z").toEpochMilli());
    assertThat(call.name()).isEqualTo("api_request");
    assertThat(heard.detail(call, "effort")).isEqualTo("medium");
  }

  @Test
  void facts_areThoseOfAPersonWithAKey() {
    SessionFacts facts = Heard.of(Signal.LOG, "claude-code-logs.json").events.getFirst().facts();

    assertThat(facts.agent()).isEqualTo("claude-code");
    assertThat(facts.session()).isEqualTo("fa99ec3d-33ce-47d5-a2bc-a753e55d48bd");
    assertThat(facts.clientVersion()).isEqualTo("2.1.329");
    assertThat(facts.install()).startsWith("132ad9be157f");
    assertThat(facts.terminal()).isEqualTo("dumb");
    assertThat(facts.plan()).isEqualTo(SessionFacts.PLAN_API);
    assertThat(facts.email()).isEmpty();
  }

  @Test
  void olderVersion_isUnderstood() {
    Heard heard = Heard.of(Signal.LOG, "claude-code-2.1.197-logs.json");

    assertThat(heard.usage()).isEqualTo(new Usage(2403, 8000, 600, 0, 84, 0, 0));
    assertThat(heard.ofKind(EventKind.MODEL_CALL))
        .extracting(call -> call.event().model())
        .containsOnly("claude-opus-4-8");
    assertThat(Heard.of(Signal.METRIC, "claude-code-2.1.197-metrics.json").points)
        .filteredOn(point -> point.reading().measure().isTokens())
        .extracting(point -> point.reading().model())
        .containsOnly("claude-opus-4-8");
  }

  @Test
  void refusedRequest_isAnErrorWithItsStatusAndWithoutItsMessage() {
    Heard heard = Heard.of(Signal.LOG, "claude-code-logs-400.json");

    AgentEvent error = heard.only(EventKind.MODEL_ERROR);
    assertThat(error.error()).isEqualTo("400");
    assertThat(error.requestId()).isEqualTo("req_fake_err");
    assertThat(heard.ofKind(EventKind.MODEL_CALL)).isEmpty();
    assertThat(heard.everything()).doesNotContain("bad request");
  }

  @Test
  void retriedRequest_isNoError() {
    Heard heard = Heard.of(Signal.LOG, "claude-code-logs-429.json");

    assertThat(heard.ofKind(EventKind.MODEL_CALL)).hasSize(2);
    assertThat(heard.events).noneMatch(event -> event.event().isError());
  }

  @ParameterizedTest
  @CsvSource({
    "claude-code-metrics.json, DELTA",
    "claude-code-metrics.pb, DELTA",
    "claude-code-metrics-everything-on.json, DELTA",
    "claude-code-metrics-cumulative.json, CUMULATIVE"
  })
  void metrics_areReadings(String capture, Temporality temporality) {
    Heard heard = Heard.of(Signal.METRIC, capture);

    assertThat(heard.sum(Measure.INPUT)).isEqualTo(2403);
    assertThat(heard.sum(Measure.OUTPUT)).isEqualTo(84);
    assertThat(heard.sum(Measure.CACHE_READ)).isEqualTo(8000);
    assertThat(heard.sum(Measure.CACHE_WRITE)).isEqualTo(600);
    assertThat(heard.sum(Measure.CLAIMED_NANO_USD)).isEqualTo(15_892_000);
    assertThat(heard.sum(Measure.SESSIONS)).isEqualTo(1);
    assertThat(heard.sum(Measure.ACTIVE_AGENT_MILLIS)).isPositive();
    assertThat(heard.points).hasSize(7);
    assertThat(heard.points)
        .extracting(point -> point.reading().temporality())
        .containsOnly(temporality);
    assertThat(heard.points).extracting(point -> point.reading().series()).doesNotHaveDuplicates();
    assertThat(heard.points).extracting(point -> point.facts().session()).doesNotContain("");
  }

  @ParameterizedTest
  @CsvSource({"claude-code-traces.json, 18", "claude-code-traces.pb, 17"})
  void spans_tellOfTheSameCallsAndOfAWait(String capture, long waitedMillis) {
    Heard heard = Heard.of(Signal.SPAN, capture);

    assertThat(heard.usage()).isEqualTo(new Usage(2403, 8000, 600, 0, 84, 0, 0));
    assertThat(heard.ofKind(EventKind.MODEL_CALL))
        .extracting(call -> call.event().requestId())
        .containsExactly("req_fake_1", "req_fake_2");
    assertThat(heard.events).extracting(event -> event.event().signal()).containsOnly(Signal.SPAN);
    AgentEvent wait = heard.only(EventKind.WAIT);
    assertThat(wait.durationMillis()).isEqualTo(waitedMillis);
    assertThat(wait.result()).isEqualTo(Result.ACCEPTED);
    assertThat(heard.ignored).hasSize(3);
  }

  @Test
  void team_isReadOffResourceAttributes() {
    assertThat(Heard.of(Signal.SPAN, "claude-code-traces.json").events)
        .extracting(event -> event.facts().team())
        .containsOnly("platform");
  }

  @Test
  void usage_tellsLifetimesOfTheCacheApartAndTakesTheFastTier() {
    Heard.Event heard =
        log(
                "api_request",
                "model",
                "us.anthropic.claude-opus-5-5-20260901-v1:0",
                "input_tokens",
                10,
                "output_tokens",
                5,
                "cache_creation_tokens",
                300,
                "cache_creation_5m_tokens",
                100,
                "cache_creation_1h_tokens",
                200,
                "speed",
                "fast")
            .only();

    assertThat(heard.event().usage()).isEqualTo(new Usage(10, 0, 100, 200, 5, 0, 0));
    assertThat(heard.event().model()).isEqualTo("claude-opus-5-5-20260901");
    assertThat(heard.tier()).isEqualTo(ServiceTier.PRIORITY);
    assertThat(heard.provider()).isEqualTo(Provider.ANTHROPIC);
    assertThat(heard.event().claimedNanoUsd()).isEqualTo(AgentEvent.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "auth, success, false, FAILURE",
    "auth, success, true, OTHER",
    "mcp_server_connection, status, failed, FAILURE",
    "mcp_server_connection, status, connected, OTHER",
    "internal_error, error_code, E1, FAILURE",
    "compaction, success, true, COMPACTION",
    "permission_mode_changed, to_mode, plan, MODE",
    "subagent_completed, total_tokens, 900, AGENT_END",
    "hook_execution_complete, num_hooks, 1, HOOK",
    "api_retries_exhausted, status_code, 529, OTHER",
    "something_new, model, claude-opus-5-5, OTHER"
  })
  void event_hasItsKind(String name, String key, String value, EventKind kind) {
    AgentEvent event = log(name, key, value).only().event();

    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.name()).isEqualTo(name);
    assertThat(event.usage()).isEqualTo(Usage.NONE);
    assertThat(event.isError()).isEqualTo(kind == EventKind.FAILURE);
  }

  @ParameterizedTest
  @CsvSource({
    "max, premium, firstParty, a, subscription",
    "team, usage_based, firstParty, a, api",
    "enterprise, standard, firstParty, a, subscription",
    "enterprise, usage_based, firstParty, a, api",
    "enterprise, other, firstParty, a, ''",
    "'', '', bedrock, a, api",
    "'', '', firstParty, '', api",
    "'', '', firstParty, a, ''"
  })
  void plan_isWhatIsKnown(
      String plan, String seat, String provider, String account, String expected) {
    SessionFacts facts =
        log(
                "user_prompt",
                "anthropic.plan",
                plan,
                "anthropic.seat_type",
                seat,
                "anthropic.provider",
                provider,
                "user.account_uuid",
                account)
            .only()
            .facts();

    assertThat(facts.plan()).isEqualTo(expected);
    assertThat(facts.planName()).isEqualTo(plan);
  }

  @Test
  void person_isAHashAndNeverAnAddress() {
    Heard heard =
        log(
            "tool_result",
            "user.email",
            "Ada@Example.com",
            "enduser.id",
            "ada",
            "vcs.owner.name",
            "acme",
            "vcs.repository.name",
            "rockets",
            "vcs.ref.head.name",
            "main",
            "vcs.ref.head.revision",
            "1f0c3b",
            "file_path",
            "/home/ada/secret/Plan.java");
    SessionFacts facts = heard.only().facts();

    assertThat(facts.email()).isEqualTo(Heard.VALUES.email("ada@example.com"));
    assertThat(facts.endUser()).isNotEmpty().doesNotContain("ada");
    assertThat(facts.repository()).isEqualTo("acme/rockets");
    assertThat(facts.branch()).isEqualTo("main");
    assertThat(heard.detail(heard.only().event(), "vcs.ref.head.revision")).isEqualTo("1f0c3b");
    assertThat(heard.detail(heard.only().event(), "file_path")).isEqualTo("java");
    assertThat(heard.everything()).doesNotContainIgnoringCase("ada@").doesNotContain("secret");
  }

  private static Heard log(String name, Object... attributes) {
    return Export.of("claude-code", "com.anthropic.claude_code.events")
        .event(name, attributes)
        .heardAsLogs();
  }
}
