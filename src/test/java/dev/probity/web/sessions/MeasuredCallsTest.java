package dev.probity.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.HeapExchanges;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredCallsTest {
  private static final SessionFacts FACTS =
      new SessionFacts("codex", "s-1", "", "", "", "", "", "", "", "", "", "", "", "");
  private static final SessionRow SESSION =
      new SessionRow(
          1,
          OrganizationId.FIRST,
          FACTS,
          0,
          KeyId.NONE,
          0,
          Long.MAX_VALUE / 2,
          List.of(),
          Signal.LOG,
          Figures.NONE,
          Optional.empty(),
          Optional.empty());

  /** Of a session that the gateway did not see. */
  static MeasuredCalls none() {
    return MeasuredCalls.of(SESSION, new HeapExchanges());
  }

  @Test
  void sessionThatTheGatewayDidNotSee_hasNoExchanges() {
    assertThat(none().exchanges()).isEmpty();
    assertThat(none().idOf(TimelineTest.of(1, EventKind.MODEL_CALL, "", "", "r", "", "")))
        .isEmpty();
    assertThat(none().unreported(List.of())).isZero();
  }
}
