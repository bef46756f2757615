package dev.probity.gateway.routing.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.routing.health.RateLimit.Kind;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final long WALL = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();
  private static final long NOW = -5;
  private static final long SECOND = 1_000_000_000L;

  private final RateLimits limits = new RateLimits();

  private static HttpHeaders headers(String... namesAndValues) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  @Test
  void anthropic_saysMoments() {
    limits.read(
        headers(
            "anthropic-ratelimit-requests-limit", "1000",
            "anthropic-ratelimit-requests-remaining", "999",
            "anthropic-ratelimit-requests-reset", "2026-11-20T12:00:01Z",
            "anthropic-ratelimit-input-tokens-limit", "80000",
            "anthropic-ratelimit-input-tokens-remaining", "0",
            "anthropic-ratelimit-input-tokens-reset", "2026-11-20T12:00:42Z",
            "anthropic-ratelimit-output-tokens-limit", "16000",
            "anthropic-ratelimit-output-tokens-remaining", "1600",
            "anthropic-ratelimit-output-tokens-reset", "2026-11-20T14:00:30+02:00"),
        NOW,
        WALL);
    assertThat(limits.all())
        .containsExactly(
            new RateLimit(Kind.REQUESTS, OptionalLong.of(1_000), 999, NOW + SECOND),
            new RateLimit(Kind.INPUT_TOKENS, OptionalLong.of(80_000), 0, NOW + 42 * SECOND),
            new RateLimit(Kind.OUTPUT_TOKENS, OptionalLong.of(16_000), 1_600, NOW + 30 * SECOND));
    assertThat(limits.exhaustedUntilNanos(NOW)).hasValue(NOW + 42 * SECOND);
    assertThat(limits.exhaustedUntilNanos(NOW + 42 * SECOND)).isEmpty();
    assertThat(limits.headroom(NOW + 42 * SECOND)).isEqualTo(1);
  }

  @Test
  void openAi_saysLengthsOfTime() {
    limits.read(
        headers(
            "x-ratelimit-limit-requests", "60",
            "x-ratelimit-remaining-requests", "6",
            "x-ratelimit-reset-requests", "1s",
            "x-ratelimit-limit-tokens", "150000",
            "x-ratelimit-remaining-tokens", "149984",
            "x-ratelimit-reset-tokens", "6m0s"),
        NOW,
        WALL);
    assertThat(limits.all())
        .containsExactly(
            new RateLimit(Kind.REQUESTS, OptionalLong.of(60), 6, NOW + SECOND),
            new RateLimit(Kind.TOKENS, OptionalLong.of(150_000), 149_984, NOW + 360 * SECOND));
    assertThat(limits.headroom(NOW)).as("a tenth is left: half its share").isEqualTo(0.5);
    assertThat(limits.headroom(NOW + SECOND)).isEqualTo(1);
  }

  @Test
  void azureWithoutReset_andOthersWithAnEpoch_areUnderstood() {
    limits.read(headers("x-ratelimit-remaining-requests", "0"), NOW, WALL);
    assertThat(limits.exhaustedUntilNanos(NOW)).hasValue(NOW + 10 * SECOND);
    limits.read(
        headers(
            "x-ratelimit-limit", "20",
            "x-ratelimit-remaining", "0",
            "x-ratelimit-reset", String.valueOf(WALL + 7_000)),
        NOW,
        WALL);
    assertThat(limits.exhaustedUntilNanos(NOW)).hasValue(NOW + 7 * SECOND);
  }

  @Test
  void resetTimes_inEveryForm() {
    assertThat(reset("12ms")).hasValue(12);
    assertThat(reset("2m59.56s")).hasValue(179_560);
    assertThat(reset("1h2m3s")).hasValue(3_723_000);
    assertThat(reset("30")).hasValue(30_000);
    assertThat(reset("0.5")).hasValue(500);
    assertThat(reset("1us")).hasValue(1);
    assertThat(reset("Fri, 20 Nov 2026 12:00:05 GMT")).hasValue(5_000);
    assertThat(reset("2026-11-20T11:59:00Z")).as("long over").hasValue(0);
    assertThat(reset(String.valueOf(WALL / 1_000 + 60))).hasValue(60_000);
    assertThat(reset("400d")).as("a day at most").hasValue(86_400_000);
    for (String nonsense :
        new String[] {"", "soon", "1x", "-5", "1..2", "NaN", "1e9", "T-1", "a,b", "9".repeat(70)}) {
      assertThat(reset(nonsense)).as(nonsense).isEmpty();
    }
  }

  private static OptionalLong reset(String text) {
    return ResetTime.millis(text, WALL);
  }

  @Test
  void retryAfter_isTakenWhereItIsMostExact() {
    assertThat(retry("retry-after-ms", "1500", "retry-after", "2")).hasValue(1_500);
    assertThat(retry("retry-after", "2")).hasValue(2_000);
    assertThat(retry("retry-after", "Fri, 20 Nov 2026 12:01:00 GMT")).hasValue(60_000);
    assertThat(
            retry(
                "anthropic-ratelimit-unified-status",
                "rejected",
                "anthropic-ratelimit-unified-reset",
                String.valueOf(WALL / 1_000 + 90)))
        .hasValue(90_000);
    assertThat(
            retry(
                "anthropic-ratelimit-unified-status",
                "allowed",
                "anthropic-ratelimit-unified-reset",
                String.valueOf(WALL / 1_000 + 90)))
        .isEmpty();
    assertThat(retry()).isEmpty();
  }

  private static OptionalLong retry(String... namesAndValues) {
    return RateLimits.retryAfterMillis(headers(namesAndValues), WALL);
  }

  @Test
  void nonsense_changesNothing() {
    limits.read(
        headers("x-ratelimit-remaining-requests", "many", "x-ratelimit-remaining-tokens", "-1"),
        NOW,
        WALL);
    assertThat(limits.all()).isEmpty();
  }
}
