package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.http.Json;
import dev.probity.testing.HttpCalls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RepricingApiTest {
  private final TestPlane plane = TestPlane.full();
  private final HttpCalls owner = plane.owner();

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void everyDayOfTheLog_isLookedAtOnceAndInOrder() {
    JsonNode whole = reprice("{}");
    List<String> days = days(whole);
    assertThat(days).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
    assertThat(whole.path("next").isNull()).isTrue();
    assertThat(whole.path("applied").asBoolean()).isFalse();
    assertThat(whole.path("days_with_sums_only").asInt()).isEqualTo(1);
    assertThat(whole.path("note").asString()).contains("Sessions of agents");
    assertThat(sum(whole.path("models"), "calls")).isEqualTo(sum(whole.path("days"), "calls"));
    assertThat(sum(whole.path("models"), "calls")).isPositive();
  }

  @Test
  void range_includesBothItsDays() {
    List<String> days = days(reprice("{}"));
    String from = days.get(1);
    String to = days.get(3);
    assertThat(days(reprice("{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}")))
        .isEqualTo(days.subList(1, 4));
    assertThat(days(reprice("{\"from\":\"" + from + "\",\"to\":\"" + from + "\"}")))
        .containsExactly(from);
    assertThat(days(reprice("{\"to\":\"1999-01-01\"}"))).isEmpty();
  }

  @Test
  void longLog_isAnsweredInStepsOfWholeDays() {
    List<String> all = days(reprice("{}"));
    plane.repricing.moreCalls = 60_000;
    List<String> seen = new ArrayList<>();
    String body = "{}";
    while (!body.isEmpty()) {
      JsonNode answer = reprice(body);
      assertThat(days(answer)).hasSizeLessThanOrEqualTo(2);
      seen.addAll(days(answer));
      String next = answer.path("next").asString("");
      body = next.isEmpty() ? "" : "{\"from\":\"" + next + "\"}";
    }
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void wrongDays_areRefusedWithWhatIsExpected() {
    assertThat(owner.post("/api/reprice", "{\"to\":\"20.11.2026\"}").body())
        .contains("\\\"to\\\"")
        .contains("2026-11-20");
    assertThat(
            owner
                .post("/api/reprice", "{\"from\":\"2026-02-02\",\"to\":\"2026-02-01\"}")
                .statusCode())
        .isEqualTo(400);
  }

  private JsonNode reprice(String body) {
    return Json.lenient(owner.post("/api/reprice", body).body());
  }

  private static List<String> days(JsonNode answer) {
    List<String> days = new ArrayList<>();
    answer.path("days").forEach(each -> days.add(each.path("day").asString()));
    return days;
  }

  private static long sum(JsonNode items, String name) {
    return items.valueStream().mapToLong(each -> each.path(name).asLong()).sum();
  }
}
