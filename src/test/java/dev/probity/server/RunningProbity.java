package dev.probity.server;

import dev.probity.kernel.Clock;
import dev.probity.server.settings.Settings;
import dev.probity.server.settings.SettingsException;
import dev.probity.server.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole of Probity on a free port, with a data folder of its own that is deleted in the end.
 */
public final class RunningProbity implements AutoCloseable {
  public static final String OWNER_KEY = "an-owner-key-for-tests-only";

  private final Path data;
  private final boolean deleteData;
  private final Wiring wiring;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningProbity(Path data, boolean deleteData, Wiring wiring) {
    this.data = data;
    this.deleteData = deleteData;
    this.wiring = wiring;
  }

  /** Without any configuration. */
  public static RunningProbity start() throws IOException {
    return start(Settings.defaults(Map.of()));
  }

  /** With a settings file's text. */
  public static RunningProbity start(String yaml) throws IOException, SettingsException {
    return start(settings(yaml));
  }

  private static Settings settings(String yaml) throws IOException, SettingsException {
    Path file = Files.createTempFile("probity", ".yaml");
    try {
      Files.writeString(file, yaml);
      return SettingsFile.read(file, Map.of());
    } finally {
      Files.delete(file);
    }
  }

  private static RunningProbity start(Settings settings) throws IOException {
    Path data = Files.createTempDirectory("probity-test");
    return new RunningProbity(data, true, wire(settings, data));
  }

  /** On a data folder that the test keeps. */
  public static RunningProbity on(Path data) throws IOException {
    return new RunningProbity(data, false, wire(Settings.defaults(Map.of()), data));
  }

  private static Wiring wire(Settings settings, Path data) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PROBITY_ADMIN_KEY", OWNER_KEY);
    return Wiring.start(
        settings.withPort(0),
        data,
        new Environment(environment),
        Clock.system(),
        new SecureRandom());
  }

  /** Takes up a settings file's text, as after it was saved. */
  public void reload(String yaml) throws IOException, SettingsException {
    wiring.reload(settings(yaml));
  }

  public int port() {
    return wiring.port();
  }

  /** Where agents report by gRPC. */
  public int otlpGrpcPort() {
    return wiring.reportPorts().grpc().orElseThrow();
  }

  /** Where agents report over HTTP. */
  public int otlpHttpPort() {
    return wiring.reportPorts().http().orElseThrow();
  }

  Reporting.Ports reportPorts() {
    return wiring.reportPorts();
  }

  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public String ownerKey() {
    return OWNER_KEY;
  }

  public Path data() {
    return data;
  }

  public URI signInLink() {
    return wiring.signInLink(baseUri().toString());
  }

  /** Waits until every exchange so far can be asked for. */
  public void awaitStored() throws InterruptedException {
    if (!wiring.awaitStored()) {
      throw new AssertionError("the journal was not drained in time");
    }
  }

  /** The newest exchanges, as the API shows them. */
  public JsonNode exchanges() throws IOException, InterruptedException {
    awaitStored();
    return get("/api/exchanges?limit=1000").get("items");
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send("GET", path, "");
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return new JsonMapper().readTree(response.body());
  }

  /** Sends a request with the owner's key; a body is sent as JSON. */
  public HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(baseUri().resolve(path))
            .header("authorization", "Bearer " + OWNER_KEY)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    client.close();
    wiring.close();
    if (deleteData) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
