package dev.probity.server;

import dev.probity.kernel.Clock;
import dev.probity.kernel.Secret;
import dev.probity.server.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A trial run that loads what a start and the first requests load, for the JDK's ahead-of-time
 * cache.
 */
final class TrainCommand {
  private static final String CHAT =
      "{\"model\":\"simulated\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
  private static final String MESSAGES =
      "{\"model\":\"simulated\",\"stream\":%s,\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

  private TrainCommand() {}

  static int run(RandomGenerator random) {
    try {
      Path data = Files.createTempDirectory("probity-train");
      try {
        serve(data, random);
      } finally {
        delete(data);
      }
      return 0;
    } catch (IOException e) {
      System.err.println("probity: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private static void serve(Path data, RandomGenerator random)
      throws IOException, InterruptedException {
    Settings settings = Settings.defaults(Map.of()).withPort(0);
    try (Wiring wiring =
            Wiring.start(settings, data, new Environment(Map.of()), Clock.system(), random);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String base = "http://127.0.0.1:" + wiring.port();
      String key = wiring.firstKey().map(Secret::reveal).orElseThrow();
      for (String stream : List.of("false", "true")) {
        post(client, base + "/v1/chat/completions", key, CHAT.formatted(stream));
        post(client, base + "/v1/messages", key, MESSAGES.formatted(stream));
      }
      post(client, base + "/v1/logs", key, "{\"resourceLogs\":[]}");
      wiring.awaitStored();
      for (String path :
          List.of(
              "/health/ready",
              "/metrics",
              "/v1/models",
              "/api/exchanges",
              "/api/usage",
              "/",
              "/keys")) {
        client.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("authorization", "Bearer " + key)
                .build(),
            BodyHandlers.discarding());
      }
    }
  }

  private static void post(HttpClient client, String url, String key, String body)
      throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.discarding());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
