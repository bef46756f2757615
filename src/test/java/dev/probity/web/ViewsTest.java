package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The arithmetic behind the pages. */
class ViewsTest {
  @Test
  void trailOfAnyShape_isShownSomehow() {
    for (String trail :
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "7",
            "\"text\"",
            "not json",
            "{\"attempts\":3}",
            "{\"attempts\":[3,null,{}],\"candidates\":[{\"deployment\":{}}]}",
            "{\"attempts\":[{\"total_ms\":-5,\"connect_ms\":9}]}")) {
      TrailView view = TrailView.of(trail, 100);
      assertThat(view.raw()).as(trail).isNotNull();
    }
    assertThat(TrailView.of("not json", 1).raw()).isEqualTo("not json");
  }

  @Test
  void timeline_putsAttemptsBehindEachOther() {
    TrailView view =
        TrailView.of(
            """
            {"attempts":[
              {"deployment":"a","status":503,"error":"overloaded","connect_ms":10,"first_byte_ms":40,"total_ms":50},
              {"deployment":"b","status":200,"error":"","connect_ms":0,"first_byte_ms":20,"total_ms":150,"reused":true}]}
            """,
            200);

    assertThat(view.attempts()).hasSize(2);
    assertThat(view.attempts().get(0).failed()).isTrue();
    assertThat(view.attempts().get(0).outcome()).isEqualTo("503 overloaded");
    assertThat(view.attempts().get(1).failed()).isFalse();
    assertThat(view.attempts().get(0).bars())
        .extracting(TrailView.Bar::x)
        .first()
        .isEqualTo("0.00");
    assertThat(view.attempts().get(1).bars())
        .extracting(TrailView.Bar::x)
        .first()
        .isEqualTo("25.00");
    assertThat(view.attempts().get(1).bars().getLast().width()).isEqualTo("65.00");
  }

  @Test
  void candidate_saysWhatBecameOfIt() {
    TrailView view =
        TrailView.of(
            """
            {"candidates":[{"deployment":"a","reason":""},{"deployment":"b","reason":""},
              {"deployment":"c","reason":"no_credential"}],
             "attempts":[{"deployment":"a","status":200,"total_ms":1}]}
            """,
            1);

    assertThat(view.candidates())
        .extracting(TrailView.Candidate::reason)
        .containsExactly("tried", "held ready", "no credential");
  }

  @Test
  void usage_partsAddUpToTheCharge() {
    try (TestPlane plane = TestPlane.full()) {
      SampleLog sample = new SampleLog(plane.clock, List.of(plane.newest(1).getFirst().key()));
      for (var exchange : plane.newest(200)) {
        UsageView view = UsageView.of(exchange, sample.priceOf(exchange));
        assertThat(view.parts().stream().mapToLong(UsageView.Part::tokens).sum())
            .isEqualTo(exchange.usage().total());
        if (view.price().isPresent()) {
          assertThat(view.sumNanoUsd()).isEqualTo(exchange.charge().nanoUsd());
        }
      }
      UsageView unpriced = UsageView.of(plane.newest(1).getFirst(), Optional.empty());
      assertThat(unpriced.sumNanoUsd()).isZero();
    }
  }
}
