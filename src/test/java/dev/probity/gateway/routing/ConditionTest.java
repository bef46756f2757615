package dev.probity.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private final Fleet fleet = new Fleet();

  private String unmet(Condition condition, Traits traits) {
    return condition.unmet(traits, fleet.around());
  }

  private static Condition keys(String... keys) {
    return new Condition(
        Map.of(),
        List.of(keys),
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }

  private static Condition hours(String text) {
    return new Condition(
        Map.of(),
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Hours.parse(text),
        Optional.empty());
  }

  @Test
  void headers_mustAllMatch_whateverTheCaseOfTheirNames() {
    Condition condition =
        new Condition(
            Map.of("x-team", "red*", "x-tier", "gold"),
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            Optional.empty());
    HttpHeaders headers = new DefaultHttpHeaders().set("X-Team", "red-7").set("X-Tier", "gold");
    assertThat(unmet(condition, Fleet.call(headers, 1, false))).isEmpty();
    headers.set("X-Tier", "golden");
    assertThat(unmet(condition, Fleet.call(headers, 1, false))).isEqualTo("when_header");
    assertThat(unmet(condition, Fleet.call())).isEqualTo("when_header");
  }

  @Test
  void key_matchesByIdOrName() {
    assertThat(unmet(keys("lap*"), Fleet.call())).isEmpty();
    assertThat(unmet(keys("other", "k_laptop"), Fleet.call())).isEmpty();
    assertThat(unmet(keys("other"), Fleet.call())).isEqualTo("when_key");
    fleet.keyName = Optional.empty();
    assertThat(unmet(keys("laptop"), Fleet.call())).isEqualTo("when_key");
  }

  @Test
  void bodyAndStream() {
    Condition condition =
        new Condition(
            Map.of(),
            List.of(),
            OptionalLong.of(10),
            OptionalLong.of(20),
            List.of(),
            Optional.of(true));
    HttpHeaders none = new DefaultHttpHeaders();
    assertThat(unmet(condition, Fleet.call(none, 11, true))).isEmpty();
    assertThat(unmet(condition, Fleet.call(none, 10, true))).isEqualTo("when_body");
    assertThat(unmet(condition, Fleet.call(none, 20, true))).isEqualTo("when_body");
    assertThat(unmet(condition, Fleet.call(none, 11, false))).isEqualTo("when_stream");
  }

  @Test
  void hours_ofDays_inUtc() {
    // 2026-11-20 is a Friday.
    List<Hours> nights = Hours.parse("mon-fri 22-06");
    assertThat(at(nights, "2026-11-20T21:59:59Z")).isFalse();
    assertThat(at(nights, "2026-11-20T22:00:00Z")).isTrue();
    assertThat(at(nights, "2026-11-21T05:59:59Z")).as("Friday's night").isTrue();
    assertThat(at(nights, "2026-11-21T06:00:00Z")).isFalse();
    assertThat(at(nights, "2026-11-21T23:00:00Z")).as("Saturday").isFalse();
    assertThat(at(nights, "2026-11-23T02:00:00Z")).as("Sunday's night").isFalse();
    List<Hours> office = Hours.parse("08:30-17; sat,sun 00-24");
    assertThat(at(office, "2026-11-20T08:29:00Z")).isFalse();
    assertThat(at(office, "2026-11-20T08:30:00Z")).isTrue();
    assertThat(at(office, "2026-11-22T03:00:00Z")).isTrue();
    assertThat(at(Hours.parse("fri-mon 10-11"), "2026-11-22T10:30:00Z")).isTrue();
    assertThat(at(Hours.parse("fri-mon 10-11"), "2026-11-24T10:30:00Z")).isFalse();
    assertThat(at(Hours.parse("00-24"), "1969-12-31T23:59:59Z")).isTrue();
  }

  private static boolean at(List<Hours> hours, String time) {
    long millis = Instant.parse(time).toEpochMilli();
    return hours.stream().anyMatch(each -> each.contain(millis));
  }

  @Test
  void hoursThatAreNone_areNotTaken() {
    for (String text :
        new String[] {
          "", "22", "22-22", "24-6", "25-6", "10:60-11", "xxx 1-2", "mon 1-2;", "mon- 1-2"
        }) {
      assertThatThrownBy(() -> Hours.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closedRoutes_arePassedOver_andIfAllAreTheClientIsTold() {
    Route route =
        fleet
            .with("night", 1, 0, hours("00-01"))
            .with("vip", 1, 0, keys("boss"))
            .with("all", 1, 1)
            .route(Policy.WEIGHTED);
    fleet.clock.advance(java.time.Duration.ofHours(2));
    Selection selection = fleet.select(route, Fleet.call());
    assertThat(selection.refusal()).isEmpty();
    assertThat(Fleet.name(route, selection.next(0))).isEqualTo("all");
    assertThat(selection.why()).contains(Why.ONLY_CANDIDATE);
    assertThat(selection.hasNext(0)).isFalse();
    assertThat(selection.passedOver())
        .extracting(each -> each.candidate().deployment().name() + " " + each.reason())
        .contains("vip when_key");

    Route closed = new Fleet().with("vip", 1, 0, keys("boss")).route(Policy.WEIGHTED);
    Selection none = fleet.select(closed, Fleet.call());
    assertThat(none.hasNext(0)).isFalse();
    assertThat(none.next(0)).isEqualTo(-1);
    assertThat(none.refusal().orElseThrow().code()).isEqualTo("no_open_route");
    assertThat(none.refusal().orElseThrow().message()).contains("vip: when_key", "when:");
  }
}
