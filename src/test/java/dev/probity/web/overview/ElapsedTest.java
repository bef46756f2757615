package dev.probity.web.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElapsedTest {
  @Test
  void periods_areComparedWithTheSamePartOfTheOneBefore() {
    // A Friday.
    List<Elapsed> periods = Elapsed.at(millis("2026-11-20T15:42:00Z"));

    assertThat(periods)
        .containsExactly(
            elapsed(
                "Today",
                "yesterday",
                "2026-11-20T00:00:00Z",
                "2026-11-20T15:00:00Z",
                "2026-11-19T00:00:00Z",
                "2026-11-19T15:00:00Z"),
            elapsed(
                "This week",
                "last week",
                "2026-11-16T00:00:00Z",
                "2026-11-20T15:00:00Z",
                "2026-11-09T00:00:00Z",
                "2026-11-13T15:00:00Z"),
            elapsed(
                "This month",
                "last month",
                "2026-11-01T00:00:00Z",
                "2026-11-20T15:00:00Z",
                "2026-10-01T00:00:00Z",
                "2026-10-20T15:00:00Z"));
  }

  @Test
  void shorterMonthBefore_endsWhereThisOneBegins() {
    Elapsed month = Elapsed.at(millis("2026-03-31T12:00:00Z")).getLast();

    assertThat(month.beforeFromMillis()).isEqualTo(millis("2026-02-01T00:00:00Z"));
    assertThat(month.beforeUntilMillis()).isEqualTo(millis("2026-03-01T00:00:00Z"));
  }

  @Test
  void justAfterMidnight_thereIsNothingToCompareYet() {
    Elapsed today = Elapsed.at(millis("2026-11-20T00:10:00Z")).getFirst();

    assertThat(today.untilMillis()).isEqualTo(today.fromMillis());
    assertThat(today.beforeUntilMillis()).isEqualTo(today.beforeFromMillis());
  }

  @Test
  void change_isSaidInFewWords() {
    assertThat(Change.of(112, 100, "yesterday").text()).isEqualTo("+12% vs. yesterday");
    assertThat(Change.of(58, 100, "yesterday").text()).isEqualTo("−42% vs. yesterday");
    assertThat(Change.of(100, 100, "last week").text()).isEqualTo("as much as last week");
    assertThat(Change.of(5, 0, "last week").text()).isEqualTo("nothing last week");
    assertThat(Change.of(0, 0, "last week").text()).isEmpty();
    assertThat(Change.of(5_000, 100, "last week").text()).isEqualTo("50 times last week");
    assertThat(Change.of(112, 100, "yesterday").tone()).isEqualTo("up");
    assertThat(Change.of(0, 100, "yesterday").text()).isEqualTo("−100% vs. yesterday");
  }

  private static Elapsed elapsed(
      String label, String before, String from, String until, String since, String to) {
    return new Elapsed(label, before, millis(from), millis(until), millis(since), millis(to));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
