package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.probity.gateway.upstream.simulated.SimulatedProvider;
import dev.probity.kernel.Clock;
import dev.probity.server.RunningProbity;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Probity for all tests of a class, a key that it issued, and what its log must say after each.
 */
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientTest {
  /** A model that Probity serves in every dialect without being told. */
  static final String MODEL = "simulated";

  RunningProbity probity;
  private SimulatedProvider provider;
  private String key;
  private int before;

  @BeforeAll
  void start() throws Exception {
    provider = SimulatedProvider.start(Clock.system(), new SecureRandom());
    probity = RunningProbity.start(Providers.yaml(provider));
    String created = probity.send("POST", "/api/keys", "{\"name\":\"a client\"}").body();
    key = JsonMapper.shared().readTree(created).path("key").asString();
    assertThat(key).startsWith("pk-");
  }

  /** Every provider, streamed and not. */
  static Stream<Arguments> everywhere() {
    return Arrays.stream(Providers.values())
        .flatMap(provider -> Stream.of(arguments(provider, false), arguments(provider, true)));
  }

  /** Every provider, with what can go wrong in the middle of its streams. */
  static Stream<Arguments> everywhereBroken() {
    return Arrays.stream(Providers.values())
        .flatMap(provider ->
            Stream.of(
                arguments(provider, "-simulated-broken"), arguments(provider, "-simulated-cut")));
  }

  @BeforeEach
  void mark() throws Exception {
    before = probity.exchanges().size();
  }

  @AfterAll
  void stop() throws IOException {
    if (probity != null) {
      probity.close();
    }
    if (provider != null) {
      provider.close();
    }
  }

  /** Where Probity listens, without a path. */
  String base() {
    return probity.baseUri().toString();
  }

  /** What people are told to set, for this Probity. */
  ClientsPage page(String model) {
    return ClientsPage.read(base(), key, model);
  }

  /** What clients give as their API key. */
  String key() {
    return key;
  }

  /** The exchanges of this test, newest first. */
  List<JsonNode> exchanges() throws IOException, InterruptedException {
    List<JsonNode> all = probity.exchanges().valueStream().toList();
    return all.subList(0, all.size() - before);
  }

  /** Waits for an exchange of this test that ends so. */
  JsonNode awaitOutcome(String outcome) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < deadline) {
      for (JsonNode exchange : exchanges()) {
        if (exchange.path("outcome").asString().equals(outcome)) {
          return exchange;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("no exchange ended as " + outcome + ": " + exchanges());
  }

  /** The exchanges of this test, newest first, each of which succeeded and was counted. */
  List<JsonNode> expectExchanges(String dialect, Providers provider, int least)
      throws IOException, InterruptedException {
    List<JsonNode> mine = exchanges();
    assertThat(mine)
        .hasSizeGreaterThanOrEqualTo(least)
        .allSatisfy(exchange -> assertCounted(exchange, dialect, provider));
    return mine;
  }

  private static void assertCounted(JsonNode exchange, String dialect, Providers provider) {
    assertThat(exchange.path("dialect").asString()).isEqualTo(dialect);
    assertThat(exchange.path("provider").asString()).isEqualTo(provider.kind());
    assertThat(exchange.path("status").asInt()).isEqualTo(200);
    assertThat(exchange.path("outcome").asString()).isEqualTo("completed");
    assertThat(exchange.path("usage_source").asString()).isEqualTo("provider");
    JsonNode usage = exchange.path("usage");
    long input =
        usage.path("uncached_input").asLong()
            + usage.path("cache_read").asLong()
            + usage.path("cache_write_5m").asLong()
            + usage.path("cache_write_1h").asLong();
    assertThat(input).isPositive();
    assertThat(usage.path("output_text").asLong() + usage.path("output_reasoning").asLong())
        .isPositive();
  }
}
