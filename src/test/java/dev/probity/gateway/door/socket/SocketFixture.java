package dev.probity.gateway.door.socket;

import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.state.ResponseSettings;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.ScriptedUpstream;
import dev.probity.testing.SocketClient;
import java.io.OutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of sockets share: a provider that is scripted, a gateway before it. */
abstract class SocketFixture {
  /** What a provider streams for the request with this number. */
  static String events(int number) {
    String item =
        "{\"id\":\"msg_%1$d\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"answer %1$d\"}]}"
            .formatted(number);
    return event("response.created", "\"response\":{\"id\":\"resp_%d\"}".formatted(number))
        + ": a comment\n\n"
        + event("response.output_text.delta", "\"delta\":\"answer é " + number + "\"")
        + event("response.output_item.done", "\"output_index\":0,\"item\":" + item)
        + event(
            "response.completed",
            "\"response\":{\"id\":\"resp_%d\",\"status\":\"completed\",\"output\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":3,\"total_tokens\":10}}"
                .formatted(number))
        + "data: [DONE]\n\n";
  }

  static String event(String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
  }

  static ScriptedUpstream provider() throws Exception {
    return ScriptedUpstream.start((number, request, socket, out) -> {
      stream(out, events(number));
      return true;
    });
  }

  static void stream(OutputStream out, String events) throws Exception {
    out.write((STREAM_HEAD + chunk(events) + LAST_CHUNK).getBytes(UTF_8));
    out.flush();
  }

  static GatewayFixture.Builder gateway(ScriptedUpstream upstream) {
    return GatewayFixture.builder().deployment("gpt", Provider.OPENAI, upstream.url());
  }

  static GatewaySettings settings(Limits limits, ResponseSettings responses) {
    GatewaySettings d = GatewaySettings.DEFAULT;
    return new GatewaySettings(d.clientGone(), d.drainLimit(), false, d.timeouts(), limits)
        .with(responses);
  }

  static JsonNode body(String request) {
    return JsonMapper.shared().readTree(request.substring(request.indexOf("\r\n\r\n") + 4));
  }

  static String create(String members) {
    return "{\"type\":\"response.create\",\"model\":\"gpt-5\"," + members + "}";
  }

  static String error(SocketClient client, String message) throws Exception {
    JsonNode error = client.send(message).next();
    assertThat(error.path("type").asString()).isEqualTo("error");
    return error.path("status").asInt() + " " + error.at("/error/code").asString();
  }
}
