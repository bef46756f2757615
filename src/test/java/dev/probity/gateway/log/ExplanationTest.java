package dev.probity.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static Exchange exchange(
      Outcome outcome, int status, String error, Usage usage, Charge charge, String trail) {
    Exchange made = new Exchanges(new FixedClock(), new Random(3)).next();
    return new Exchange(
        made.id(),
        made.organization(),
        made.key(),
        Operation.RESPONSE,
        "gpt-5",
        "gpt-5",
        "openai",
        "main",
        status,
        outcome,
        error,
        usage,
        made.usageSource(),
        charge,
        1_900,
        OptionalLong.empty(),
        true,
        100,
        100,
        Optional.empty(),
        Optional.empty(),
        trail);
  }

  private static final Usage USAGE = new Usage(1_000, 9_000, 0, 0, 250, 0, 0);

  @Test
  void failover_isToldFromBeginningToEnd() {
    String trail =
        """
        {"policy":"weighted","first":"session_cache",
         "affinity":{"deployment":"main","age_ms":40000,"left":""},
         "candidates":[
          {"deployment":"main","model":"gpt-5","provider":"openai","dialect":"responses","reason":""},
          {"deployment":"backup","model":"c","provider":"anthropic","dialect":"messages","reason":""},
          {"deployment":"lab","model":"l","provider":"openai","dialect":"chat","reason":"when_hours"}],
         "attempts":[
          {"deployment":"main","status":529,"error":"status_529","connect_ms":0,"first_byte_ms":210,"total_ms":210},
          {"deployment":"backup","status":200,"error":"","connect_ms":30,"first_byte_ms":470,"total_ms":1400,"translated":true}],
         "waits":[{"after_attempts":1,"ms":250,"why":"backoff"}],
         "degraded":["top_k was left out"]}
        """;
    assertThat(
            Explanation.of(
                exchange(
                    Outcome.COMPLETED, 200, "", USAGE, new Charge(12_300_000, false, "v"), trail)))
        .containsExactly(
            "Asked for gpt-5 in the responses format, as a stream.",
            "2 deployments could serve it: main and backup.",
            "Passed over: lab (its route is for other hours).",
            "main was tried first because its prompt cache is likely warm (same session 40 s ago).",
            "main answered 529 after 210 ms.",
            "Then it waited 250 ms (backoff).",
            "backup took over and answered 200 after 500 ms; the request was translated into the"
                + " messages format.",
            "Not everything could be said there: top k was left out.",
            "It took 1.9 s, read 10,000 tokens (9,000 from the cache) and wrote 250, and cost"
                + " $0.0123.");
  }

  @Test
  void leavingAWarmCache_isExplained() {
    String trail =
        """
        {"first":"weighted","affinity":{"deployment":"main","age_ms":9000,"left":"loaded"},
         "candidates":[{"deployment":"main","reason":""},{"deployment":"b","reason":""}],
         "attempts":[{"deployment":"b","status":200,"error":""}]}
        """;
    assertThat(Explanation.of(exchange(Outcome.COMPLETED, 200, "", USAGE, Charge.UNPRICED, trail)))
        .contains(
            "b was tried first because it was drawn by weight.",
            "The prompt was likely cached at main, but that had far more to do than the others.")
        .last()
        .asString()
        .endsWith("and has no known price.");
  }

  @Test
  void refusal_andFailureOfAll() {
    assertThat(
            Explanation.of(
                exchange(Outcome.REFUSED, 404, "model_not_found", Usage.NONE, Charge.NOTHING, "")))
        .containsExactly(
            "Asked for gpt-5 in the responses format, as a stream.",
            "It was refused: model not found.");
    String trail =
        """
        {"candidates":[{"deployment":"main","reason":""}],
         "attempts":[{"deployment":"main","status":0,"error":"connect_timeout","total_ms":5000}]}
        """;
    assertThat(
            Explanation.of(
                exchange(
                    Outcome.UPSTREAM_FAILED,
                    502,
                    "connect_timeout",
                    Usage.NONE,
                    Charge.NOTHING,
                    trail)))
        .containsExactly(
            "Asked for gpt-5 in the responses format, as a stream.",
            "One deployment could serve it: main.",
            "main did not answer: connect timeout, after 5.0 s.",
            "Nobody else was left to try.",
            "The client got status 502.",
            "It took 1.9 s and cost nothing.");
  }

  @Test
  void shortTrail_andNonsense_areTakenAsTheyAre() {
    assertThat(
            Explanation.of(
                exchange(
                    Outcome.COMPLETED,
                    200,
                    "",
                    USAGE,
                    new Charge(3, false, "v"),
                    "=200 1 0 12 40 5 6")))
        .contains("One deployment could serve it: main.", "main answered 200 after 12 ms.")
        .last()
        .asString()
        .endsWith("and cost $0.000000003.");
    assertThat(
            Explanation.of(
                exchange(Outcome.BROKEN, 200, "upstream_cut", USAGE, Charge.NOTHING, "{[")))
        .contains("The answer broke off.");
  }
}
