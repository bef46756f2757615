package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Clock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A simulated provider and somebody who asks it. */
final class Client implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  final SimulatedProvider provider;
  final AtomicLong millis = new AtomicLong(1_795_000_000_000L);

  Client() {
    this("");
  }

  Client(String faults) {
    Clock clock =
        new Clock() {
          @Override
          public long millis() {
            return millis.get();
          }

          @Override
          public long nanos() {
            return millis.get() * 1_000_000;
          }
        };
    this.provider = SimulatedProvider.start(clock, new SecureRandom(), faults);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(provider.baseUrl().resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("content-type", "application/json")
        .header("anthropic-version", "2023-06-01")
        .header(SimulatedProvider.SECRET_HEADER, provider.secret().reveal());
  }

  /**
   * Posts JSON.
   *
   * @param headers names and values in turn
   */
  HttpResponse<String> post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        body(path, json, headers), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> postForBytes(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return http.send(body(path, json, headers), HttpResponse.BodyHandlers.ofByteArray());
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return http.send(request, handler);
  }

  /** The answer's JSON, which must be a success. */
  JsonNode json(String path, String json, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> response = post(path, json, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return Trees.parse(response.body());
  }

  /** The answer's events, which must be a success. */
  List<Event> events(String path, String json, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> response = post(path, json, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return events(response.body());
  }

  /** Parses server-sent events; a comment is an event called {@code :}. */
  static List<Event> events(String body) {
    List<Event> events = new ArrayList<>();
    for (String block : body.split("\n\n", -1)) {
      String name = "";
      String data = "";
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith(":")) {
          name = ":";
        } else if (!line.isEmpty()) {
          throw new AssertionError("not a server-sent event: " + line);
        }
      }
      if (!name.isEmpty() || !data.isEmpty()) {
        events.add(new Event(name, data));
      }
    }
    return events;
  }

  /** One server-sent event. */
  record Event(String name, String data) {
    JsonNode json() {
      return Trees.parse(data);
    }
  }

  private HttpRequest body(String path, String json, String... headers) {
    HttpRequest.Builder request = request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.POST(HttpRequest.BodyPublishers.ofString(json)).build();
  }

  @Override
  public void close() {
    provider.close();
    http.close();
  }
}
