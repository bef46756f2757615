package dev.probity.gateway.door;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.state.ResponseSettings;
import dev.probity.identity.Keys;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** State over plain HTTP, with a provider that knows of none. */
class RememberedResponseTest {
  private static ScriptedUpstream provider() throws Exception {
    return ScriptedUpstream.start((number, request, socket, out) -> {
      out.write(
          json(
                  200,
                  "{\"id\":\"resp_%1$d\",\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"answer %1$d\"}]}],\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}"
                      .formatted(number))
              .getBytes(UTF_8));
      out.flush();
      return true;
    });
  }

  private static GatewayFixture gateway(ScriptedUpstream upstream, long bytes, boolean on)
      throws Exception {
    ResponseSettings.State state = on ? ResponseSettings.State.MEMORY : ResponseSettings.State.OFF;
    return GatewayFixture.builder()
        .deployment("gpt", Provider.OPENAI, upstream.url())
        .settings(
            GatewaySettings.DEFAULT.with(
                new ResponseSettings(state, bytes, 60_000, 1 << 20, 60_000)))
        .start();
  }

  private static JsonNode ask(GatewayFixture gateway, String key, String members) throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      return JsonMapper.shared()
          .readTree(
              http.send(RawHttp.post("/v1/responses", key, "{\"model\":\"gpt-5\"," + members + "}"))
                  .read()
                  .body());
    }
  }

  private static JsonNode input(ScriptedUpstream upstream) {
    String request = upstream.requests().getLast();
    return JsonMapper.shared().readTree(request.substring(request.indexOf("\r\n\r\n") + 4));
  }

  @Test
  void memory_putsWhatWentBeforeIntoTheInput_forTheSameKeyOnly() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream, 1 << 20, true)) {
      ask(gateway, KEY, "\"input\":\"first\"");
      ask(gateway, KEY, "\"input\":\"second\",\"previous_response_id\":\"resp_0\"");
      assertThat(input(upstream).has("previous_response_id")).isFalse();
      assertThat(input(upstream).path("input")).hasSize(3);
      assertThat(input(upstream).toString()).contains("first", "answer 0", "second");
      Keys.Created other =
          (Keys.Created) gateway.keys().create(OrganizationId.FIRST, "other", Role.OWNER);
      ask(gateway, other.key().reveal(), "\"input\":\"mine\",\"previous_response_id\":\"resp_0\"");
      assertThat(input(upstream).path("previous_response_id").asString()).isEqualTo("resp_0");
      assertThat(input(upstream).toString()).doesNotContain("first");
    }
  }

  @Test
  void storeFalse_isRespected_andOffIsOff() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream, 1 << 20, true)) {
      ask(gateway, KEY, "\"store\":false,\"input\":\"first\"");
      ask(gateway, KEY, "\"input\":\"second\",\"previous_response_id\":\"resp_0\"");
      assertThat(input(upstream).path("previous_response_id").asString()).isEqualTo("resp_0");
    }
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream, 1 << 20, false)) {
      ask(gateway, KEY, "\"input\":\"first\"");
      ask(gateway, KEY, "\"input\":\"second\",\"previous_response_id\":\"resp_0\"");
      assertThat(input(upstream).path("previous_response_id").asString()).isEqualTo("resp_0");
    }
  }

  @Test
  void memory_isBounded() throws Exception {
    String large = "x".repeat(3000);
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream, 8 << 10, true)) {
      for (int i = 0; i < 4; i++) {
        ask(gateway, KEY, "\"input\":\"" + large + "\"");
      }
      ask(gateway, KEY, "\"input\":\"a\",\"previous_response_id\":\"resp_0\"");
      assertThat(input(upstream).has("previous_response_id")).isTrue();
      ask(gateway, KEY, "\"input\":\"a\",\"previous_response_id\":\"resp_3\"");
      assertThat(input(upstream).has("previous_response_id")).isFalse();
    }
  }
}
