package dev.probity.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class RateHeadersTest {
  @Test
  void rateLimits_areCarriedOver() {
    HttpHeaders openAi =
        new DefaultHttpHeaders()
            .set("x-ratelimit-limit-requests", "10")
            .set("x-ratelimit-remaining-requests", "3")
            .set("x-ratelimit-reset-requests", "6m0s")
            .set("x-ratelimit-reset-tokens", "1.5s20ms")
            .set("x-ratelimit-remaining-tokens", "7");
    HttpHeaders anthropic = new DefaultHttpHeaders();
    RateHeaders.copy(openAi, Dialect.CHAT, anthropic, Dialect.MESSAGES, 0);
    assertThat(anthropic.get("anthropic-ratelimit-requests-limit")).isEqualTo("10");
    assertThat(anthropic.get("anthropic-ratelimit-requests-reset"))
        .isEqualTo("1970-01-01T00:06:00Z");
    HttpHeaders back = new DefaultHttpHeaders();
    RateHeaders.copy(anthropic, Dialect.MESSAGES, back, Dialect.RESPONSES, 0);
    assertThat(back.get("x-ratelimit-remaining-requests")).isEqualTo("3");
    assertThat(back.get("x-ratelimit-reset-requests")).isEqualTo("360s");
    HttpHeaders google = new DefaultHttpHeaders();
    RateHeaders.copy(openAi, Dialect.CHAT, google, Dialect.GEMINI, 0);
    assertThat(google.isEmpty()).isTrue();
  }
}
