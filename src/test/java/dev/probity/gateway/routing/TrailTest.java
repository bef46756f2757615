package dev.probity.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrailTest {
  private final Fleet fleet = new Fleet();

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  private Trail trail(Route route, Selection selection) {
    Trail trail = new Trail();
    trail.routed(route, "asked");
    trail.choosing(selection);
    return trail;
  }

  private static void served(Trail trail, Candidate candidate) {
    trail.attempted(candidate, "m", 200, "", true, 0, 12, 40);
  }

  @Test
  void usualCase_isAFewNumbers_andToldWholeAgain() {
    PriceBook book = PriceBook.shipped(List.of());
    fleet.prices.put(
        "a", book.price(Provider.ANTHROPIC, "claude-opus-4-5", 1_790_000_000_000L).orElseThrow());
    Route route = fleet.with("a").route(Policy.WEIGHTED);
    Selection selection = fleet.select(route, Fleet.call());
    selection.next(0);
    Trail trail = trail(route, selection);
    served(trail, route.candidates().getFirst());
    trail.charged(77);
    assertThat(trail.stored()).isEqualTo("=200 1 0 12 40 5000000 25000000");

    JsonNode told = json(Trail.json(exchange(trail.stored())));
    assertThat(told.path("first").asString()).isEqualTo("only_candidate");
    JsonNode candidate = told.path("candidates").path(0);
    assertThat(candidate.path("input_nano_usd_per_million").asLong()).isEqualTo(5_000_000_000L);
    assertThat(candidate.path("dialect").asString()).isNotEmpty();
    assertThat(told.path("attempts").path(0).path("first_byte_ms").asInt()).isEqualTo(12);
    assertThat(told.path("attempts").path(0).path("translated").asBoolean(true)).isFalse();
  }

  @Test
  void shortFormOfEarlierVersions_isStillRead() {
    JsonNode told = json(Trail.json(exchange("=200 0 3 12 40")));
    assertThat(told.path("attempts").path(0).path("total_ms").asInt()).isEqualTo(40);
    assertThat(told.path("candidates").path(0).has("input_nano_usd_per_million")).isFalse();
    assertThat(Trail.json(exchange("=odd"))).isEqualTo("=odd");
    assertThat(Trail.json(exchange(""))).isEmpty();
  }

  private static Exchange exchange(String trail) {
    Exchange made = new Exchanges(new FixedClock(), new Random(3)).next();
    return new Exchange(
        made.id(),
        made.organization(),
        made.key(),
        made.operation(),
        made.requestedModel(),
        made.resolvedModel(),
        made.provider(),
        made.deployment(),
        made.status(),
        made.outcome(),
        made.error(),
        made.usage(),
        made.usageSource(),
        made.charge(),
        made.latencyMillis(),
        made.ttftMillis(),
        made.stream(),
        made.requestBytes(),
        made.responseBytes(),
        made.sessionId(),
        made.providerRequestId(),
        trail);
  }

  @Test
  void everythingThatHappened_isTold() {
    Route route = fleet.with("a").with("b").with("c").route(Policy.WEIGHTED);
    String home = fleet.first(route, Fleet.session("s"));
    fleet.advance(java.time.Duration.ofSeconds(40));
    Selection selection = fleet.select(route, Fleet.session("s"));
    fleet.fail(home.equals("c") ? "b" : "c", 5);
    int first = selection.next(fleet.clock.nanos());
    int second = selection.next(fleet.clock.nanos());
    Trail trail = trail(route, selection);
    trail.attempted(route.candidates().get(first), "m", 529, "status_529", false, 30, 210, 240);
    trail.waited(200, "backoff");
    trail.hedged(route.candidates().get(second), 1_500);
    trail.degraded(List.of("top_k was left out", "quote \" and \n line"));
    served(trail, route.candidates().get(second));
    trail.charged(12_345);

    JsonNode told = json(trail.stored());
    assertThat(told.path("policy").asString()).isEqualTo("weighted");
    assertThat(told.path("first").asString()).isEqualTo("session_cache");
    assertThat(told.path("affinity").path("deployment").asString()).isEqualTo(home);
    assertThat(told.path("affinity").path("age_ms").asLong()).isEqualTo(40_000);
    assertThat(told.path("candidates")).hasSize(3);
    assertThat(told.path("candidates").findValuesAsString("reason"))
        .containsExactlyInAnyOrder("", "", "circuit_open");
    assertThat(told.path("attempts").path(0).path("status").asInt()).isEqualTo(529);
    assertThat(told.path("attempts").path(0).path("charge_nano_usd").asInt()).isZero();
    assertThat(told.path("attempts").path(1).path("charge_nano_usd").asInt()).isEqualTo(12_345);
    assertThat(told.path("waits").path(0).path("after_attempts").asInt()).isEqualTo(1);
    assertThat(told.path("hedges").path(0).path("after_ms").asInt()).isEqualTo(1_500);
    assertThat(told.path("degraded").path(1).asString()).isEqualTo("quote \" and \n line");
    assertThat(told.has("omitted")).isFalse();
  }

  @Test
  void however_muchHappens_itStaysBounded() {
    for (int i = 0; i < 60; i++) {
      fleet.with("d".repeat(60) + i);
    }
    Route route = fleet.route(Policy.WEIGHTED);
    Selection selection = fleet.select(route, Fleet.call());
    Trail trail = trail(route, selection);
    for (int i = 0; i < 500; i++) {
      Candidate candidate = route.candidates().get(i % 60);
      trail.attempted(candidate, "m".repeat(128), 500, "status_500", false, 1, 2, 3);
      trail.waited(5, "backoff");
      trail.hedged(candidate, 1);
    }
    trail.degraded(List.of("x".repeat(10_000)));
    assertThat(trail.stored()).hasSizeLessThan(32 << 10);
    JsonNode told = json(trail.stored());
    assertThat(told.path("attempts")).hasSize(24);
    assertThat(told.path("omitted").asInt()).isEqualTo(36 + 3 * 476);
  }

  @Test
  void translatedAttempt_isNoUsualCase() {
    Route route = fleet.with("a").route(Policy.WEIGHTED);
    Route other =
        new Route(
            route.candidates(),
            List.of(),
            "m",
            Policy.WEIGHTED,
            Affinity.By.OFF,
            java.util.Optional.of(dev.probity.gateway.Dialect.MESSAGES),
            java.util.OptionalLong.empty());
    Selection selection = fleet.select(other, Fleet.call());
    selection.next(0);
    Trail trail = trail(other, selection);
    served(trail, other.candidates().getFirst());
    JsonNode told = json(trail.stored());
    assertThat(told.path("attempts").path(0).path("translated").asBoolean()).isTrue();
  }
}
