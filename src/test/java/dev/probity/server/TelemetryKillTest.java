package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** kill -9 while agents report: what was acknowledged is there once, whatever is sent again. */
class TelemetryKillTest {
  private static final int AGENTS = 8;
  private static final int CALLS = 5;
  private static final int ENOUGH = 200;

  @TempDir private Path folder;

  @Test
  void acknowledgedReports_surviveKill9_eachOnce() throws Exception {
    Path data = folder.resolve("data");
    AtomicInteger numbers = new AtomicInteger();
    Set<String> sent = ConcurrentHashMap.newKeySet();
    Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    for (int life = 1; life <= 2; life++) {
      try (ProbityProcess probity = ProbityProcess.start(data, Map.of())) {
        reportUntilKilled(probity, numbers, sent, acknowledged, life * ENOUGH);
      }
    }
    try (ProbityProcess probity = ProbityProcess.start(data, Map.of());
        HttpClient client = HttpClient.newHttpClient()) {
      List<String> expected =
          acknowledged.stream().flatMap(TelemetryKillTest::requestIds).sorted().toList();
      assertThat(found(client, probity.baseUri(), expected.size())).containsAll(expected);
      // What an agent does that never saw the answer: all of it once more.
      for (String export : sent) {
        assertThat(post(client, probity.baseUri(), export).statusCode()).isEqualTo(200);
      }
      long all = (long) sent.size() * CALLS;
      List<String> everything = found(client, probity.baseUri(), all);
      assertThat(everything).doesNotHaveDuplicates().hasSize((int) all);
      JsonNode sums =
          get(client, probity.baseUri().resolve("/api/usage?source=telemetry&group_by=agent"));
      assertThat(sums.path("items").path(0).path("model_calls").asLong()).isEqualTo(all);
      assertThat(sums.path("items").path(0).path("charge_nano_usd").asLong())
          .isEqualTo(all * 7_948_000);
      assertThat(probity.terminate()).isZero();
    }
  }

  private static void reportUntilKilled(
      ProbityProcess probity,
      AtomicInteger numbers,
      Set<String> sent,
      Set<Integer> acknowledged,
      int enough)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    try (ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < AGENTS; i++) {
        agents.submit(() -> {
          while (true) {
            int number = numbers.incrementAndGet();
            String export = export(number);
            sent.add(export);
            if (post(client, probity.baseUri(), export).statusCode() == 200) {
              acknowledged.add(number);
            }
            if (acknowledged.size() >= enough) {
              reached.countDown();
            }
          }
        });
      }
      assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
      probity.kill();
    }
  }

  /** An export of one of eight sessions, as Claude Code sends it. */
  private static String export(int number) {
    String records =
        requestIds(number)
            .map(id ->
                """
                {"timeUnixNano":"%d","body":{"stringValue":"claude_code.api_request"},"attributes":[
                 {"key":"session.id","value":{"stringValue":"session-%d"}},
                 {"key":"user.id","value":{"stringValue":"install-%d"}},
                 {"key":"event.name","value":{"stringValue":"api_request"}},
                 {"key":"request_id","value":{"stringValue":"%s"}},
                 {"key":"model","value":{"stringValue":"claude-opus-5-5"}},
                 {"key":"input_tokens","value":{"intValue":1202}},
                 {"key":"output_tokens","value":{"intValue":"42"}},
                 {"key":"cache_read_tokens","value":{"intValue":4000}},
                 {"key":"cache_creation_tokens","value":{"intValue":300}}]}\
                """
                    .formatted(
                        START_NANOS + number * 1_000_000L, number % AGENTS, number % AGENTS, id))
            .collect(Collectors.joining(","));
    return """
    {"resourceLogs":[{"resource":{"attributes":[
      {"key":"service.name","value":{"stringValue":"claude-code"}}]},
      "scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[%s]}]}]}\
    """
        .formatted(records);
  }

  private static final long START_NANOS =
      Instant.now().minusSeconds(600).toEpochMilli() * 1_000_000;

  private static java.util.stream.Stream<String> requestIds(int number) {
    return IntStream.range(0, CALLS).mapToObj(call -> "req-" + number + "-" + call);
  }

  private static HttpResponse<String> post(HttpClient client, URI base, String export)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(base.resolve("/v1/logs"))
            .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(export))
            .build(),
        BodyHandlers.ofString());
  }

  /** The request ids of all model calls of all sessions, once there are enough or time is up. */
  private static List<String> found(HttpClient client, URI base, long enough) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      List<String> ids = new ArrayList<>();
      for (int session = 0; session < AGENTS; session++) {
        HttpResponse<String> answer =
            send(client, base.resolve("/api/sessions/session-" + session));
        if (answer.statusCode() == 200) {
          for (JsonNode event : new JsonMapper().readTree(answer.body()).path("events")) {
            ids.add(event.path("request_id").asString());
          }
        }
      }
      if (ids.size() >= enough || System.nanoTime() > end) {
        return ids;
      }
    }
  }

  private static JsonNode get(HttpClient client, URI uri) throws Exception {
    HttpResponse<String> response = send(client, uri);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }

  private static HttpResponse<String> send(HttpClient client, URI uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
            .build(),
        BodyHandlers.ofString());
  }
}
