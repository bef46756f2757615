package dev.probity.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is chosen, by policy and by health. */
class SelectionTest {
  private final Fleet fleet = new Fleet();

  private Map<String, Integer> firsts(Route route, int calls) {
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < calls; i++) {
      firsts.merge(fleet.first(route, Fleet.call()), 1, Integer::sum);
    }
    return firsts;
  }

  @Test
  void weighted_sharesByWeight() {
    Route route = fleet.with("a", 1, 0).with("b", 3, 0).with("later", 9, 1).route(Policy.WEIGHTED);
    Map<String, Integer> firsts = firsts(route, 10_000);
    assertThat(firsts).containsOnlyKeys("a", "b");
    assertThat(firsts.get("b")).isBetween(7_300, 7_700);
  }

  @Test
  void everybody_isTriedOnceARound_byPriority() {
    Route route =
        fleet
            .with("a", 1, 0)
            .with("b", 1, 0)
            .with("c", 1, 1)
            .with("d", 1, 2)
            .route(Policy.WEIGHTED);
    Selection selection = fleet.select(route, Fleet.call());
    for (int round = 0; round < 2; round++) {
      Set<Integer> best = new HashSet<>();
      best.add(selection.next(0));
      best.add(selection.next(0));
      assertThat(best).containsExactlyInAnyOrder(0, 1);
      assertThat(selection.next(0)).isEqualTo(2);
      assertThat(selection.hasNext(0)).isTrue();
      assertThat(selection.next(0)).isEqualTo(3);
      assertThat(selection.hasNext(0)).isFalse();
      assertThat(selection.next(0)).isEqualTo(-1);
      selection.again();
    }
  }

  @Test
  void order_isTheFiles() {
    Route route = fleet.with("a", 1, 0).with("b", 1000, 0).route(Policy.ORDER);
    assertThat(firsts(route, 50)).containsOnlyKeys("a");
    fleet.fail("a", 5);
    assertThat(fleet.first(route, Fleet.session("s"))).isEqualTo("b");
  }

  @Test
  void latency_avoidsTheSlowOne() {
    Route route = fleet.with("slow").with("fast").with("fair").route(Policy.LATENCY);
    fleet.serve("slow", 3_000);
    fleet.serve("fast", 200);
    fleet.serve("fair", 400);
    Map<String, Integer> firsts = firsts(route, 3_000);
    assertThat(firsts).doesNotContainKey("slow");
    assertThat(firsts.get("fast")).as("in two of three pairs").isBetween(1_850, 2_150);
  }

  @Test
  void latency_countsWhatRuns_andTriesTheUnknownOneAtATime() {
    Route route = fleet.with("a").with("b").route(Policy.LATENCY);
    fleet.serve("a", 200);
    assertThat(fleet.first(route, Fleet.call())).isEqualTo("b");
    fleet.run("b", 1);
    assertThat(fleet.first(route, Fleet.call())).as("b is being tried").isEqualTo("a");
    fleet.serve("b", 300);
    fleet.run("a", 4);
    assertThat(fleet.first(route, Fleet.call())).as("200 ms x 5 against 300 ms x 2").isEqualTo("b");
  }

  @Test
  void latency_comesBackToWhoWasSlow() {
    Route route = fleet.with("was-slow").with("steady").route(Policy.LATENCY);
    fleet.serve("was-slow", 5_000);
    for (int i = 0; i < 200; i++) {
      fleet.serve("steady", 300);
      fleet.advance(Duration.ofSeconds(1));
    }
    assertThat(fleet.first(route, Fleet.call())).isEqualTo("was-slow");
  }

  @Test
  void price_takesTheCheapest_andTheUnpricedLast() {
    PriceBook book = PriceBook.shipped(List.of());
    Route route = fleet.with("unknown").with("dear").with("cheap").route(Policy.PRICE);
    fleet.prices.put("dear", price(book, Provider.ANTHROPIC, "claude-opus-4-5"));
    fleet.prices.put("cheap", price(book, Provider.OPENAI, "gpt-5-mini"));
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(Fleet.name(route, selection.next(0))).isEqualTo("cheap");
    assertThat(selection.why()).contains(Why.CHEAPEST);
    assertThat(Fleet.name(route, selection.next(0))).isEqualTo("dear");
    assertThat(Fleet.name(route, selection.next(0))).isEqualTo("unknown");
  }

  private static dev.probity.pricing.Price price(PriceBook book, Provider provider, String model) {
    return book.price(provider, model, 1_790_000_000_000L).orElseThrow();
  }

  @Test
  void openBreaker_isPassedOver_untilOneTries() {
    Route route = fleet.with("a", 1, 0).with("b", 1, 1).route(Policy.WEIGHTED);
    fleet.fail("a", 5);
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("b");
    assertThat(selection.why()).contains(Why.ONLY_READY);
    assertThat(selection.passedOver())
        .extracting(Route.PassedOver::reason)
        .containsExactly("circuit_open");
    assertThat(selection.hasNext(fleet.clock.nanos())).as("a is left alone").isFalse();

    fleet.advance(Duration.ofSeconds(5));
    assertThat(fleet.first(route, Fleet.call())).as("one tries").isEqualTo("a");
    assertThat(fleet.first(route, Fleet.call())).as("one only").isEqualTo("b");
    fleet.serve("a", 100);
    assertThat(fleet.first(route, Fleet.call())).isEqualTo("a");
  }

  @Test
  void whenAllAreOpen_theLeastBadIsTried() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED);
    fleet.fail("b", 5);
    fleet.advance(Duration.ofSeconds(2));
    fleet.fail("a", 5);
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(selection.hasNext(fleet.clock.nanos())).isTrue();
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("b");
    assertThat(selection.why()).contains(Why.LEAST_BAD);
    assertThat(selection.hasNext(fleet.clock.nanos())).as("one is enough").isFalse();
    fleet.serve("b", 100);
    assertThat(fleet.health("b").report().state()).isEqualTo(HealthReport.State.CLOSED);
  }

  @Test
  void whoCanNotBeAskedThis_wasNotTried() {
    Route route = fleet.with("a").with("b", 1, 1).route(Policy.WEIGHTED);
    fleet.fail("b", 5);
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("a");
    selection.unfit(0, fleet.clock.nanos());
    assertThat(selection.hasNext(fleet.clock.nanos())).as("nobody was tried yet").isTrue();
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("b");
    selection.again();
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("b");
    selection.unfit(1, fleet.clock.nanos());
    assertThat(fleet.health("b").claimTrial(fleet.clock.nanos())).as("the trial is free").isTrue();
    assertThat(selection.hasNext(fleet.clock.nanos())).isFalse();
  }

  @Test
  void onlyCandidate_isTriedHoweverItIs() {
    Route route = fleet.with("a").route(Policy.WEIGHTED);
    fleet.fail("a", 50);
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(selection.next(fleet.clock.nanos())).isZero();
    assertThat(selection.hasNext(fleet.clock.nanos())).isFalse();
    fleet.serve("a", 100);
    assertThat(fleet.health("a").report().state()).isEqualTo(HealthReport.State.CLOSED);
  }

  @Test
  void limited_coolsDownUntilItSays_withoutOpening() {
    Route route = fleet.with("a").with("b").route(Policy.ORDER);
    limit("a", "retry-after", "7");
    assertThat(fleet.first(route, Fleet.call())).isEqualTo("b");
    assertThat(fleet.health("a").report().state()).isEqualTo(HealthReport.State.CLOSED);
    fleet.advance(Duration.ofMillis(6_999));
    assertThat(fleet.first(route, Fleet.call())).isEqualTo("b");
    fleet.advance(Duration.ofMillis(1));
    assertThat(fleet.first(route, Fleet.call())).isEqualTo("a");
  }

  @Test
  void limitedWithoutATime_coolsDownLongerEachTime() {
    Route route = fleet.with("a").with("b").route(Policy.ORDER);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      limit("a");
      fleet.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(fleet.first(route, Fleet.call())).isEqualTo("b");
      fleet.advance(Duration.ofMillis(1));
      assertThat(fleet.first(route, Fleet.call())).isEqualTo("a");
    }
  }

  @Test
  void exhausted_isPassedOver_andScarceGetsLess() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED, Affinity.By.OFF);
    answer("a", "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "30s");
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("b");
    assertThat(selection.passedOver())
        .extracting(Route.PassedOver::reason)
        .containsExactly("rate_limited");
    fleet.advance(Duration.ofSeconds(30));
    answer(
        "a",
        "x-ratelimit-remaining-tokens",
        "5",
        "x-ratelimit-limit-tokens",
        "100",
        "x-ratelimit-reset-tokens",
        "30s");
    assertThat(firsts(route, 10_000).get("a")).as("a quarter against one").isBetween(1_800, 2_200);
  }

  private void limit(String name, String... namesAndValues) {
    fleet.health(name).begun(fleet.clock.nanos());
    fleet.health(name).answered(429, headers(namesAndValues), fleet.clock.nanos());
    fleet.health(name).ended(Health.Ending.LIMITED, fleet.clock.nanos());
  }

  private void answer(String name, String... namesAndValues) {
    fleet.health(name).answered(200, headers(namesAndValues), fleet.clock.nanos());
  }

  private static DefaultHttpHeaders headers(String... namesAndValues) {
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
