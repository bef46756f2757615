package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.EventKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownTest {
  @Test
  void event_isKeptUnderItsNameAndNeverGuessed() {
    Heard.Event heard =
        Export.of("new-agent", "new")
            .event("new.model_call", "input_tokens", 500, "effort", "high", "role", "a b c")
            .heardAsLogs()
            .only();

    assertThat(heard.event().kind()).isEqualTo(EventKind.OTHER);
    assertThat(heard.event().name()).isEqualTo("new.model_call");
    assertThat(heard.event().usage()).isEqualTo(Usage.NONE);
    assertThat(heard.event().details()).hasSize(1);
    assertThat(heard.event().details().getFirst().name()).isEqualTo("effort");
    assertThat(heard.facts().agent()).isEqualTo("new-agent");
    assertThat(heard.facts().clientVersion()).isEqualTo("9.8.7");
  }

  @Test
  void nameless_isIgnored() {
    Heard heard = Export.of("new-agent", "new").body("Something happened here.").heardAsLogs();

    assertThat(heard.events).isEmpty();
    assertThat(heard.ignored).hasSize(1);
  }

  @Test
  void span_isKeptAndMetricIsNot() {
    assertThat(
            Export.of("new-agent", "new")
                .span("do_work")
                .heardAsSpans()
                .only()
                .event()
                .durationMillis())
        .isEqualTo(2_000);
    assertThat(Export.of("new-agent", "new").sum("tokens", 5).heardAsMetrics().points).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "My Agent!, My-Agent-",
    "unknown_service:node, unknown",
    "'', unknown",
    "aider, aider"
  })
  void agent_isTheServicesNameMadeHarmless(String service, String agent) {
    assertThat(Export.of(service, "x").event("e").heardAsLogs().only().facts().agent())
        .isEqualTo(agent);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T20:18:58.126Z, 2026-11-20T20:18:58.126Z",
    "2028-02-29T23:59:59.999Z, 2028-02-29T23:59:59.999Z",
    "2026-11-20T20:18:58Z, 2026-11-20T20:18:58Z",
    "2026-11-20T21:18:58.126123+01:00, 2026-11-20T20:18:58.126Z"
  })
  void time_isTheEventsOwn(String said, Instant expected) {
    assertThat(at(said)).isEqualTo(expected.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-13-20T20:18:58.126Z",
        "2026-11-31T20:18:58.126Z",
        "2026-11-20T24:18:58.126Z",
        "2026-11-20 20:18:58.126Z",
        "x026-11-20T20:18:58.126Z",
        "yesterday"
      })
  void time_thatIsNone_isTheRecords(String said) {
    assertThat(at(said)).isEqualTo(Export.AT_MILLIS);
  }

  private static long at(String said) {
    return Export.of("a", "b")
        .event("e", "event.timestamp", said)
        .heardAsLogs()
        .only()
        .event()
        .atMillis();
  }
}
