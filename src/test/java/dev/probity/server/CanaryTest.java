package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.testing.SocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Plants what must not be kept wherever a client can put it, and looks for it in every byte of the
 * data folder, in the log, and in all that the decrypted stores give back.
 */
class CanaryTest {
  private static final String EMAIL = "canary.person@example.org";
  private static final String PROMPT = "the-canary-prompt-sings-at-dawn";
  private static final String CARD = "4929123412341234";
  private static final String PROVIDER_KEY = "sk-ant-canary0123456789abcdefghijklmn";
  private static final String WRONG_KEY = "pk-canarycanary-notAKeyOfAnybody0123456789";
  private static final String ADDRESS = "203.0.113.77";
  private static final List<String> CANARIES =
      List.of(EMAIL, PROMPT, CARD, PROVIDER_KEY, WRONG_KEY, ADDRESS, RunningProbity.OWNER_KEY);

  @TempDir private Path folder;

  @Test
  void whatClientsSend_isFoundNowhere() throws Exception {
    Path data = folder.resolve("data");
    String seen;
    String log;
    try (ProbityProcess probity = ProbityProcess.start(data, Map.of("PROBITY_LOG", "debug"));
        HttpClient client = HttpClient.newHttpClient()) {
      plant(client, probity.baseUri());
      seen = askTheStores(client, probity.baseUri());
      assertThat(found(data)).as("while it runs").isEmpty();
      assertThat(probity.terminate()).isZero();
      log = probity.output();
    }
    assertThat(found(data)).as("after it ended").isEmpty();
    assertThat(seen).as("the stores were really asked").contains("\"simulated\"", "h_");
    assertThat(CANARIES).allSatisfy(canary -> assertThat(seen).doesNotContain(canary));
    assertThat(CANARIES).allSatisfy(canary -> assertThat(log).doesNotContain(canary));
  }

  @Test
  void search_findsWhatIsThere() throws Exception {
    Files.writeString(folder.resolve("plain"), "x" + CARD + "x");
    Files.writeString(
        folder.resolve("encoded"),
        Base64.getEncoder().encodeToString(PROMPT.getBytes(StandardCharsets.UTF_8)));
    Files.write(folder.resolve("wide"), EMAIL.getBytes(StandardCharsets.UTF_16LE));
    assertThat(found(folder)).hasSize(3);
  }

  private static void plant(HttpClient client, URI base) throws Exception {
    String content = PROMPT + " " + EMAIL + " " + CARD;
    String chat =
        "{\"model\":\"simulated\",\"stream\":%s,\"user\":\""
            + EMAIL
            + "\",\"prompt_cache_key\":\""
            + CARD
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + content
            + "\"}]}";
    post(client, base, "/v1/chat/completions", chat.formatted(false));
    post(client, base, "/v1/chat/completions", chat.formatted(true));
    post(
        client,
        base,
        "/v1/messages?user=" + EMAIL,
        "{\"model\":\"simulated\",\"max_tokens\":9,\"metadata\":{\"user_id\":\""
            + EMAIL
            + "\"},\"messages\":[{\"role\":\"user\",\"content\":\""
            + content
            + "\"}]}");
    for (String model : List.of(EMAIL, CARD, PROVIDER_KEY, "gpt-" + CARD, "claude-" + EMAIL)) {
      post(
          client,
          base,
          "/v1/responses",
          "{\"model\":\"" + model + "\",\"input\":\"" + content + "\"}");
      post(
          client,
          base,
          "/v1beta/models/" + model + ":generateContent?key=" + WRONG_KEY,
          "{\"contents\":[]}");
    }
    post(client, base, "/v1/messages", "{\"model\":\"simulated\"," + content);
    post(client, base, "/v1/messages", "{\"" + content + "\":1,\"model\":[\"" + content + "\"]}");
    post(client, base, "/v1/" + PROMPT, content);
    overSocket(base, content);
    post(client, base, "/api/" + EMAIL, content);
  }

  /** State is kept between the two turns, and the connection ends with it. */
  private static void overSocket(URI base, String content) throws Exception {
    String create =
        "{\"type\":\"response.create\",\"model\":\"simulated\",\"store\":false,\"stream_id\":\""
            + CARD
            + "\",\"input\":\""
            + content
            + "\"%s}";
    try (SocketClient socket =
        SocketClient.connect(
            base.getPort(), RunningProbity.OWNER_KEY, "session-id", EMAIL, "user-agent", EMAIL)) {
      JsonNode first = socket.send(create.formatted("")).until("response.completed").getLast();
      String id = first.at("/response/id").asString();
      socket
          .send(create.formatted(",\"previous_response_id\":\"" + id + "\""))
          .until("response.completed");
      socket.send(create.formatted(",\"previous_response_id\":\"" + EMAIL + "\"")).next();
      socket.send("{\"type\":\"" + PROMPT + "\",\"x\":\"" + content + "\"}").next();
    }
  }

  /**
   * Each in three ways: with the owner's key, with a wrong one, and with a provider key beside a
   * Probity key.
   */
  private static void post(HttpClient client, URI base, String path, String body) throws Exception {
    for (String key : List.of(RunningProbity.OWNER_KEY, WRONG_KEY, PROVIDER_KEY)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(base.resolve(path))
              .header("content-type", "application/json")
              .header("authorization", "Bearer " + key)
              .header("user-agent", EMAIL)
              .header("x-claude-code-session-id", CARD)
              .header("session-id", EMAIL)
              .header("x-forwarded-for", ADDRESS)
              .header("x-request-id", EMAIL)
              .header("cookie", "note=" + PROMPT);
      if (key.equals(PROVIDER_KEY)) {
        request.header("x-probity-key", RunningProbity.OWNER_KEY);
      }
      client.send(
          request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          BodyHandlers.discarding());
    }
  }

  /** All that a reader with every right gets to see. */
  private static String askTheStores(HttpClient client, URI base) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            "/api/exchanges?limit=1000",
            "/api/exchanges?limit=1000&format=csv",
            "/api/usage?group_by=model",
            "/api/usage?group_by=key",
            "/api/keys",
            "/metrics",
            "/exchanges",
            "/")) {
      all.append(
          client
              .send(
                  HttpRequest.newBuilder(base.resolve(path))
                      .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
                      .build(),
                  BodyHandlers.ofString())
              .body());
    }
    return all.toString();
  }

  /** Every file with a canary in it, as text in two encodings and in base 64. */
  private static List<String> found(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String canary : CANARIES) {
          if (forms(canary).stream().anyMatch(bytes::contains)) {
            found.add(file + ": " + canary);
          }
        }
      }
    }
    return found;
  }

  private static List<String> forms(String canary) {
    byte[] utf8 = canary.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf8);
    return List.of(
        canary,
        new String(canary.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1),
        // The last characters of base 64 depend on what follows.
        base64.substring(0, base64.length() - 2));
  }
}
