package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** kill -9 under load: what was answered is on record, once. */
class KillTest {
  private static final int CLIENTS = 8;
  private static final int ANSWERS_BEFORE_THE_KILL = 400;

  @TempDir private Path folder;

  @Test
  void answeredExchanges_surviveKill9_eachOnce() throws Exception {
    Path data = folder.resolve("data");
    Set<String> answered = ConcurrentHashMap.newKeySet();
    for (int life = 0; life < 2; life++) {
      try (ProbityProcess probity = ProbityProcess.start(data, Map.of())) {
        loadUntilKilled(probity, answered, (life + 1) * ANSWERS_BEFORE_THE_KILL);
      }
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(2 * ANSWERS_BEFORE_THE_KILL);
    try (ProbityProcess probity = ProbityProcess.start(data, Map.of());
        HttpClient client = HttpClient.newHttpClient()) {
      Set<String> recorded = recordedIncluding(client, probity.baseUri(), answered);
      assertThat(recorded).containsAll(answered);
      long summed = 0;
      for (JsonNode row :
          get(client, probity.baseUri().resolve("/api/usage?group_by=model")).get("items")) {
        summed += row.get("exchanges").asLong();
      }
      assertThat(summed).as("the roll-ups count each exchange once").isEqualTo(recorded.size());
      assertThat(probity.terminate()).isZero();
    }
  }

  private static void loadUntilKilled(ProbityProcess probity, Set<String> answered, int enough)
      throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        boolean stream = i % 2 == 0;
        clients.submit(() -> ask(probity.baseUri(), stream, answered, enough, sent));
      }
      assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
      probity.kill();
    }
  }

  /** Asks until the connection breaks; an id counts when its answer was read to the end. */
  private static void ask(
      URI base, boolean stream, Set<String> answered, int enough, CountDownLatch sent) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
              .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
              .header("content-type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"simulated\",\"stream\":"
                          + stream
                          + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
              .build();
      while (true) {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        answered.add(answer.headers().firstValue("x-probity-exchange").orElseThrow());
        if (answered.size() >= enough) {
          sent.countDown();
        }
      }
    } catch (Exception e) {
      // The process was killed.
    }
  }

  /** Every recorded id, none twice, once all those expected are there or time is up. */
  private static Set<String> recordedIncluding(HttpClient client, URI base, Set<String> expected)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      Set<String> ids = new HashSet<>();
      String cursor = "";
      do {
        JsonNode page = get(client, base.resolve("/api/exchanges?limit=500" + cursor));
        for (JsonNode row : page.get("items")) {
          assertThat(ids.add(row.get("id").asString()))
              .as("%s is there once", row.get("id"))
              .isTrue();
        }
        cursor = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").asString();
      } while (!cursor.isEmpty());
      if (ids.containsAll(expected) || System.nanoTime() > end) {
        return ids;
      }
    }
  }

  private static JsonNode get(HttpClient client, URI uri) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri)
                .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }
}
