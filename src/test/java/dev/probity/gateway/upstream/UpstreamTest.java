package dev.probity.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Operation;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private static Upstream upstream(Provider kind, String url, Optional<String> version) {
    return Upstream.of(
        new DeploymentSettings("d", kind, URI.create(url), Optional.of(new Secret("k")), version));
  }

  @Test
  void openAi_appendsToItsVersionedBase() {
    Upstream openai = upstream(Provider.OPENAI, "https://api.openai.com/v1/", Optional.empty());
    assertThat(openai.target(Operation.CHAT_COMPLETION, "gpt-5", ""))
        .isEqualTo("/v1/chat/completions");
    assertThat(openai.target(Operation.RESPONSE, "gpt-5", "a=b")).isEqualTo("/v1/responses?a=b");
    assertThat(openai.speaks(Operation.MESSAGE)).isFalse();
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    openai.authorize(headers, "sk-1");
    assertThat(headers.get("authorization")).isEqualTo("Bearer sk-1");
  }

  @Test
  void azure_namesItsDeploymentInTheDatedApi_andNotInV1() {
    Upstream dated =
        upstream(
            Provider.AZURE_OPENAI, "https://x.openai.azure.com", Optional.of("2025-04-01-preview"));
    assertThat(dated.target(Operation.CHAT_COMPLETION, "my gpt", ""))
        .isEqualTo("/openai/deployments/my%20gpt/chat/completions?api-version=2025-04-01-preview");
    assertThat(dated.target(Operation.RESPONSE, "g", ""))
        .isEqualTo("/openai/responses?api-version=2025-04-01-preview");
    Upstream v1 = upstream(Provider.AZURE_OPENAI, "https://x.openai.azure.com", Optional.empty());
    assertThat(v1.target(Operation.EMBEDDING, "g", "")).isEqualTo("/openai/v1/embeddings");
  }

  @Test
  void anthropic_addsTheVersionHeaderOnlyWhereTheClientLeftItOut() {
    Upstream anthropic =
        upstream(Provider.ANTHROPIC, "https://api.anthropic.com", Optional.empty());
    assertThat(anthropic.target(Operation.MESSAGE, "claude", "beta=true"))
        .isEqualTo("/v1/messages?beta=true");
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    headers.set("anthropic-version", "2030-01-01");
    anthropic.authorize(headers, "sk-ant");
    assertThat(headers.get("anthropic-version")).isEqualTo("2030-01-01");
    assertThat(headers.get("x-api-key")).isEqualTo("sk-ant");
  }

  @Test
  void gemini_putsTheModelIntoThePath() {
    Upstream gemini = upstream(Provider.GEMINI, "https://g.example", Optional.empty());
    assertThat(gemini.target(Operation.STREAM_GENERATE_CONTENT, "gemini-3.8-flash", "alt=sse"))
        .isEqualTo("/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse");
    assertThat(gemini.target(Operation.COUNT_TOKENS, "a/b?c", ""))
        .isEqualTo("/v1beta/models/a%2Fb%3Fc:countTokens");
  }

  @Test
  void origin_knowsItsPortAndHostHeader() {
    assertThat(Origin.of(URI.create("https://a.example/v1")).hostHeader()).isEqualTo("a.example");
    assertThat(Origin.of(URI.create("http://a.example:8081")).hostHeader())
        .isEqualTo("a.example:8081");
    assertThat(Origin.of(URI.create("http://[::1]:9/x"))).isEqualTo(new Origin("::1", 9, false));
    assertThat(Origin.of(URI.create("http://[::1]:9/x")).hostHeader()).isEqualTo("[::1]:9");
  }
}
