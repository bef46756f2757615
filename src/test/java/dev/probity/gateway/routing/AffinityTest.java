package dev.probity.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that share a prompt cache go where it is. */
class AffinityTest {
  private final Fleet fleet = new Fleet();

  @Test
  void session_sticks_whoeverIsPickedForOthers() {
    Route route = fleet.with("a").with("b").with("c").route(Policy.LATENCY);
    String home = fleet.first(route, Fleet.session("one"));
    for (int i = 0; i < 100; i++) {
      fleet.advance(Duration.ofSeconds(60));
      fleet.serve(home, 400);
      Selection selection = fleet.select(route, Fleet.session("one"));
      assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo(home);
      assertThat(selection.why()).contains(Why.SESSION_CACHE);
    }
  }

  @Test
  void sessions_spreadByWeight_andNodesAgreeOnThem() {
    Fleet other = new Fleet();
    Route route = fleet.with("a", 1, 0).with("b", 3, 0).route(Policy.WEIGHTED);
    Route same = other.with("a", 1, 0).with("b", 3, 0).route(Policy.WEIGHTED);
    other.random.nextInt();
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      String first = fleet.first(route, Fleet.session("session " + i));
      assertThat(other.first(same, Fleet.session("session " + i))).isEqualTo(first);
      firsts.merge(first, 1, Integer::sum);
    }
    assertThat(firsts.get("b")).isBetween(2_850, 3_150);
  }

  @Test
  void prefix_sticksWhereNoSessionIsNamed() {
    Route route = fleet.with("a").with("b").route(Policy.LATENCY);
    fleet.serve("a", 100);
    fleet.serve("b", 120);
    String home = fleet.first(route, Fleet.prefix(77));
    String away = home.equals("a") ? "b" : "a";
    fleet.serve(away, 60);
    Selection selection = fleet.select(route, Fleet.prefix(77));
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo(home);
    assertThat(selection.why()).contains(Why.PREFIX_CACHE);
  }

  @Test
  void afterFiveMinutesWithoutUse_theCacheIsCold() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED);
    fleet.first(route, Fleet.session("s"));
    fleet.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(why(route)).isEqualTo(Why.SESSION_CACHE);
    fleet.advance(Duration.ofMinutes(5));
    assertThat(why(route)).isEqualTo(Why.WEIGHTED);
  }

  private Why why(Route route) {
    Selection selection = fleet.select(route, Fleet.session("s"));
    selection.next(fleet.clock.nanos());
    return selection.why().orElseThrow();
  }

  @Test
  void brokenHome_isLeft_andTheNewOneIsHome() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED);
    String home = fleet.first(route, Fleet.session("s"));
    fleet.fail(home, 5);
    Selection selection = fleet.select(route, Fleet.session("s"));
    String refuge = Fleet.name(route, selection.next(fleet.clock.nanos()));
    assertThat(refuge).isNotEqualTo(home);
    assertThat(selection.stickiness().orElseThrow().left()).isEqualTo("circuit_open");
    fleet.advance(Duration.ofSeconds(6));
    fleet.health(home).claimTrial(fleet.clock.nanos());
    fleet.serve(home, 100);
    assertThat(fleet.first(route, Fleet.session("s")))
        .as("its cache is warm now")
        .isEqualTo(refuge);
  }

  @Test
  void loadedHome_isLeft() {
    Route route = fleet.with("a").with("b").with("c").route(Policy.WEIGHTED);
    String home = fleet.first(route, Fleet.session("s"));
    fleet.run(home, 7);
    assertThat(why(route)).as("seven are no load").isEqualTo(Why.SESSION_CACHE);
    fleet.run(home, 1);
    Selection selection = fleet.select(route, Fleet.session("s"));
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isNotEqualTo(home);
    assertThat(selection.stickiness().orElseThrow().left()).isEqualTo("loaded");
  }

  @Test
  void loadThatAllHave_isNoReasonToLeave() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED);
    String home = fleet.first(route, Fleet.session("s"));
    fleet.run("a", 20);
    fleet.run("b", 20);
    assertThat(fleet.first(route, Fleet.session("s"))).isEqualTo(home);
  }

  @Test
  void slowHome_isLeft() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED);
    String home = fleet.first(route, Fleet.session("s"));
    String other = home.equals("a") ? "b" : "a";
    fleet.serve(home, 3_100);
    assertThat(fleet.first(route, Fleet.session("s"))).as("nobody to compare with").isEqualTo(home);
    fleet.serve(other, 1_000);
    Selection selection = fleet.select(route, Fleet.session("s"));
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo(other);
    assertThat(selection.stickiness().orElseThrow().left()).isEqualTo("slow");
  }

  @Test
  void priority_goesBeforeTheCache() {
    Route route = fleet.with("first", 1, 0).with("second", 1, 1).route(Policy.WEIGHTED);
    fleet.fail("first", 5);
    assertThat(fleet.first(route, Fleet.session("s"))).isEqualTo("second");
    fleet.advance(Duration.ofSeconds(5));
    assertThat(fleet.first(route, Fleet.session("s"))).isEqualTo("first");
  }

  @Test
  void off_andOtherModelsAndOrganizations_doNotStick() {
    Route off = fleet.with("a").with("b").route(Policy.WEIGHTED, Affinity.By.OFF);
    fleet.first(off, Fleet.session("s"));
    assertThat(fleet.select(off, Fleet.session("s")).stickiness()).isEmpty();
    Affinity affinity = fleet.board.affinity();
    var one = affinity.key(new dev.probity.kernel.OrganizationId(1), "m", "s");
    assertThat(
            List.of(
                affinity.key(new dev.probity.kernel.OrganizationId(2), "m", "s"),
                affinity.key(new dev.probity.kernel.OrganizationId(1), "n", "s"),
                affinity.key(new dev.probity.kernel.OrganizationId(1), "ms", ""),
                affinity.key(new dev.probity.kernel.OrganizationId(1), "", "ms")))
        .doesNotContain(one)
        .doesNotHaveDuplicates();
  }

  @Test
  void previousResponse_goesBackToItsMaker_evenIfThatIsNotWell() {
    Route route = fleet.with("a", 1, 0).with("b", 1, 1).route(Policy.ORDER);
    fleet.board.affinity().remember("resp_1", "b");
    fleet.fail("b", 9);
    Selection selection = fleet.select(route, Fleet.after("resp_1"));
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("b");
    assertThat(selection.why()).contains(Why.PREVIOUS_RESPONSE);
    assertThat(Fleet.name(route, selection.next(fleet.clock.nanos()))).isEqualTo("a");
    assertThat(fleet.first(route, Fleet.after("resp_unknown"))).isEqualTo("a");
    fleet.advance(Duration.ofHours(24));
    assertThat(fleet.board.affinity().deploymentOf("resp_1")).isEmpty();
  }

  @Test
  void ofSeveralCalledAtOnce_theOneThatServesIsHome() {
    Route route = fleet.with("a").with("b").route(Policy.WEIGHTED);
    Selection selection = fleet.select(route, Fleet.session("s"));
    int first = selection.next(fleet.clock.nanos());
    selection.next(fleet.clock.nanos());
    selection.serving(first, fleet.clock.nanos());
    assertThat(fleet.first(route, Fleet.session("s"))).isEqualTo(Fleet.name(route, first));
  }

  @Test
  void warmCache_makesThePriceLower() {
    PriceBook book = PriceBook.shipped(List.of());
    Route route = fleet.with("a").with("b").route(Policy.PRICE, Affinity.By.SESSION);
    var opus = book.price(Provider.ANTHROPIC, "claude-opus-4-5", 1_790_000_000_000L).orElseThrow();
    fleet.prices.put("a", opus);
    fleet.prices.put("b", opus);
    String drawn = fleet.first(route, Fleet.session("s"));
    String warm = drawn.equals("a") ? "b" : "a";
    Affinity affinity = fleet.board.affinity();
    Affinity.Key key = affinity.key(Fleet.caller().organization(), "m", "s");
    affinity.remember(key, warm, fleet.clock.nanos());
    Stickiness sticky =
        Stickiness.of(route, Fleet.session("s"), fleet.around(), fleet.clock.nanos());
    Choice choice = new Choice(route, Fleet.session("s"), fleet.around(), sticky);
    assertThat(Fleet.name(route, choice.pick(0b11, fleet.clock.nanos()))).isEqualTo(warm);
  }

  @Test
  void table_neverGrows_andForgetsTheLongestUnused() {
    StickyTable table = new StickyTable(16, 1_000_000);
    for (long key = 0; key < 1_000; key++) {
      table.put(key, "d" + key, key);
    }
    int found = 0;
    for (long key = 0; key < 1_000; key++) {
      found += table.find(key, 1_000).isPresent() ? 1 : 0;
    }
    assertThat(found).isEqualTo(16);
    for (long key = 984; key < 1_000; key++) {
      assertThat(table.find(key, 1_000)).isPresent();
    }
  }
}
