package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A target for all tests of a class, and what its log must say after each. */
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientTest {
  static final String MODEL = ClientTarget.MODEL;

  ClientTarget target;
  private int before;

  @BeforeAll
  void start() {
    target = ClientTarget.start();
  }

  @BeforeEach
  void mark() {
    before = target.exchanges().size();
  }

  @AfterAll
  void stop() {
    if (target != null) {
      target.close();
    }
  }

  /** The exchanges of this test, each of which succeeded and was counted; none without a log. */
  List<JsonNode> expectExchanges(String dialect, int least) {
    if (!target.keepsLog()) {
      return List.of();
    }
    eventually(() -> target.exchanges().size() - before >= least);
    List<JsonNode> all = target.exchanges();
    List<JsonNode> mine = all.subList(0, all.size() - before);
    assertThat(mine)
        .hasSizeGreaterThanOrEqualTo(least)
        .allSatisfy(exchange -> {
          assertThat(exchange.path("dialect").asString()).isEqualTo(dialect);
          assertThat(exchange.path("status").asInt()).isEqualTo(200);
          assertThat(exchange.path("usage_source").asString()).isEqualTo("provider");
          JsonNode usage = exchange.path("usage");
          assertThat(
                  usage.path("uncached_input").asLong()
                      + usage.path("cache_read").asLong()
                      + usage.path("cache_write_5m").asLong()
                      + usage.path("cache_write_1h").asLong())
              .isPositive();
        });
    return mine;
  }

  /** As {@link #expectExchanges}, of an agent that tells its session. */
  void expectSession(String dialect, int least) {
    List<JsonNode> exchanges = expectExchanges(dialect, least);
    assertThat(exchanges.stream().map(exchange -> exchange.path("session_id").asString("")))
        .doesNotContain("");
    assertThat(exchanges.stream().map(exchange -> exchange.path("session_id")).distinct())
        .hasSizeLessThanOrEqualTo(1);
  }

  private static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }
}
