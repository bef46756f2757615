package dev.probity.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Calls a local server over HTTP/1.1, with some headers on every request. */
public final class HttpCalls {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String base;
  private final Map<String, String> headers;

  public HttpCalls(int port, Map<String, String> headers) {
    this.base = "http://127.0.0.1:" + port;
    this.headers = Map.copyOf(headers);
  }

  /** The same calls with more headers, as name and value in turn. */
  public HttpCalls with(String... more) {
    Map<String, String> all = new java.util.TreeMap<>(headers);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return new HttpCalls(URI.create(base).getPort(), all);
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  public HttpResponse<String> post(String path, String json) {
    return with("content-type", "application/json").send("POST", path, json);
  }

  public HttpResponse<String> postForm(String path, String form) {
    return with("content-type", "application/x-www-form-urlencoded").send("POST", path, form);
  }

  public HttpResponse<String> send(String method, String path, String body) {
    try {
      return CLIENT.send(request(method, path, body), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpRequest request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }
}
