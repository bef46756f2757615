package dev.probity.gateway.call;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.state.SealedSummaries;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.seal.Sealer;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /v1/responses/compact} for a provider that knows nothing like it, and for one that does.
 */
class CompactedConversationTest {
  private static final String SUMMARY = "The user wants a haddock. None was found yet.";
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
          + SUMMARY
          + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5,\"total_tokens\":14}}";

  private static JsonNode post(GatewayFixture gateway, String path, String body) throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      return JsonMapper.shared().readTree(http.send(RawHttp.post(path, KEY, body)).read().body());
    }
  }

  @Test
  void summary_isSealed_andComesBackAsText() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("chat", Provider.OPENAI_COMPATIBLE, upstream.url())
                .start()) {
      JsonNode compacted =
          post(
              gateway,
              "/v1/responses/compact",
              "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"find a haddock\"}]}");
      assertThat(compacted.path("object").asString()).isEqualTo("response.compaction");
      JsonNode item = compacted.path("output").path(1);
      assertThat(item.path("type").asString()).isEqualTo("compaction");
      assertThat(item.path("encrypted_content").asString()).startsWith("pbtyc1.");
      assertThat(compacted.toString()).doesNotContain("None was found");
      Exchange exchange = gateway.exchange();
      assertThat(exchange.operation()).isEqualTo(Operation.COMPACT_RESPONSE);
      assertThat(exchange.usage().total()).isEqualTo(14);

      post(
          gateway, "/v1/responses", "{\"model\":\"m\",\"input\":" + compacted.path("output") + "}");
      assertThat(upstream.requests().getLast()).contains(SUMMARY);
    }
  }

  @Test
  void native_isPassedThrough() throws Exception {
    String answer =
        "{\"id\":\"resp_1\",\"object\":\"response.compaction\",\"output\":[],\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}";
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, answer));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("gpt", Provider.OPENAI, upstream.url(), "gpt-5", 0)
                .start()) {
      assertThat(post(gateway, "/v1/responses/compact", "{\"model\":\"m\",\"input\":[]}"))
          .isEqualTo(JsonMapper.shared().readTree(answer));
      assertThat(upstream.requests().getFirst())
          .startsWith("POST /responses/compact ")
          .endsWith("{\"model\":\"gpt-5\",\"input\":[]}");
      assertThat(gateway.exchange().usage().total()).isEqualTo(5);
    }
  }

  @Test
  void anotherOrganization_opensNothing() {
    Sealer sealer = new Sealer(new byte[Sealer.KEY_BYTES], new Random(1));
    SealedSummaries ours = new SealedSummaries(sealer, OrganizationId.FIRST);
    SealedSummaries theirs = new SealedSummaries(sealer, new OrganizationId(2));
    String sealed = ours.seal(SUMMARY);
    assertThat(ours.open(sealed)).contains(SUMMARY);
    assertThat(theirs.open(sealed)).isEmpty();
    assertThat(ours.open(sealed.substring(1))).isEmpty();
    assertThat(ours.open("!")).isEmpty();
  }
}
