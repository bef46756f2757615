package dev.probity.server.remote;

import dev.probity.http.Json;
import dev.probity.kernel.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks a running Probity over its API, with an owner's key. Follows no redirects: the key. */
public final class ControlClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A day of a busy log takes a while. */
  private static final Duration ANSWER = Duration.ofMinutes(30);

  private final URI base;
  private final Optional<Secret> key;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param base where Probity is, such as {@code http://127.0.0.1:8080}
   */
  public ControlClient(URI base, Optional<Secret> key) {
    this.base = base;
    this.key = key;
  }

  /**
   * Reads something.
   *
   * @param path begins with a slash
   */
  JsonNode get(String path) throws RemoteException {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** Has something done. */
  JsonNode post(String path, JsonNode body) throws RemoteException {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(Json.text(body))));
  }

  private JsonNode send(String path, HttpRequest.Builder request) throws RemoteException {
    String secret =
        key.orElseThrow(() ->
                new RemoteException(
                    "no key: set PROBITY_ADMIN_KEY to an owner's key, or say --key KEY"))
            .reveal();
    try {
      String at = base.toString().replaceAll("/+$", "") + path;
      HttpResponse<String> answer =
          client.send(
              request
                  .uri(URI.create(at))
                  .timeout(ANSWER)
                  .header("authorization", "Bearer " + secret)
                  .header("accept", "application/json")
                  .build(),
              BodyHandlers.ofString());
      return read(answer);
    } catch (ConnectException | HttpConnectTimeoutException _) {
      throw new RemoteException(
          "nothing answers at " + base + ": is Probity running? (--url URL says where)");
    } catch (HttpTimeoutException _) {
      throw new RemoteException(base + " did not answer within " + ANSWER.toMinutes() + " minutes");
    } catch (IllegalArgumentException _) {
      throw new RemoteException("the key has characters that no key has");
    } catch (IOException e) {
      throw new RemoteException(base + " answered nothing that can be read: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new RemoteException("interrupted");
    }
  }

  private JsonNode read(HttpResponse<String> answer) throws RemoteException {
    JsonNode json = Json.lenient(answer.body());
    if (answer.statusCode() == 200 && json.isObject()) {
      return json;
    }
    String said = json.path("error").path("message").asString("");
    throw new RemoteException(
        switch (answer.statusCode()) {
          case 401 -> "the key is not known at " + base + " (PROBITY_ADMIN_KEY, or --key KEY)";
          case 403 -> "this key may not do that; an owner's key is needed";
          default ->
              said.isEmpty()
                  ? base + " answered " + answer.statusCode() + ", not as Probity does"
                  : said;
        });
  }

  @Override
  public void close() {
    client.close();
  }
}
