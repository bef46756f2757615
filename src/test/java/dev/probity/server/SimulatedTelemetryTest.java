package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Clock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An agent that tries the simulated model is charged as the gateway charges it. */
class SimulatedTelemetryTest {
  @Test
  void simulatedModel_hasItsPrice_onMetricsToo() throws Exception {
    String export =
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},
         "scopeMetrics":[{"metrics":[{"name":"claude_code.token.usage","sum":{"aggregationTemporality":1,"isMonotonic":true,
          "dataPoints":[{"timeUnixNano":"%d","asDouble":1000,"attributes":[
           {"key":"session.id","value":{"stringValue":"s2"}},
           {"key":"type","value":{"stringValue":"input"}},
           {"key":"model","value":{"stringValue":"simulated"}}]}]}}]}]}]}\
        """
            .formatted(Clock.system().millis() * 1_000_000);
    try (RunningProbity probity = RunningProbity.start()) {
      probity.send("POST", "/v1/metrics", export);
      probity.awaitStored();
      JsonNode session = probity.get("/api/sessions/s2");
      assertThat(session.path("unpriced").asLong(-1)).isZero();
      assertThat(session.path("charge_nano_usd").asLong()).isPositive();
    }
  }

  @Test
  void simulatedModel_hasItsPrice_whicheverAgentCalledIt() throws Exception {
    String export =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},
         "scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","attributes":[
           {"key":"event.name","value":{"stringValue":"api_request"}},
           {"key":"session.id","value":{"stringValue":"s1"}},
           {"key":"model","value":{"stringValue":"MODEL"}},
           {"key":"input_tokens","value":{"intValue":1000}}]}]}]}]}\
        """
            .formatted(Clock.system().millis() * 1_000_000);
    try (RunningProbity probity = RunningProbity.start()) {
      probity.send("POST", "/v1/logs", export.replace("MODEL", "simulated"));
      probity.send("POST", "/v1/logs", export.replace("MODEL", "nobody-knows-this-model"));
      probity.awaitStored();
      JsonNode session = probity.get("/api/sessions/s1");
      assertThat(session.path("model_calls").asLong()).isEqualTo(2);
      assertThat(session.path("unpriced").asLong(-1)).isEqualTo(1);
      assertThat(session.path("charge_nano_usd").asLong()).isPositive();
    }
  }
}
