package dev.probity.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.server.RunningProbity;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real provider said reaches clients of every dialect: the same text, calls and usage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedTest {
  private static final String SETTINGS =
      """
      simulated: false
      deployments:
        - { name: chat, kind: openai-compatible, base_url: "BASE/v1", api_key: k }
        - { name: responses, kind: openai-compatible, base_url: "BASE/v1", api_key: k,
            dialects: [responses] }
        - { name: messages, kind: anthropic, base_url: "BASE", api_key: k }
        - { name: gemini, kind: gemini, base_url: "BASE", api_key: k }
      models:
        - { name: "chat-*", routes: [ { deployment: chat } ] }
        - { name: "responses-*", routes: [ { deployment: responses } ] }
        - { name: "messages-*", routes: [ { deployment: messages } ] }
        - { name: "gemini-*", routes: [ { deployment: gemini } ] }
      """;

  /**
   * What no provider says to whoever asks as Probity does, and is an honest error: two messages in
   * one stream, and arguments in pieces of a path, which only Vertex sends and only when told to.
   */
  private static final List<String> UNHEARD =
      List.of(
          "messages-duplicate-message-start",
          "messages-spliced-message-start",
          "gemini-google-stream-no-args-tool-call",
          "gemini-google-stream-tool-call-arguments",
          "gemini-google-stream-tool-call-array-arguments",
          "gemini-google-vertex-stream-tool-call-arguments");

  private List<Recording> recordings = List.of();
  private RecordedProvider provider;
  private RunningProbity probity;

  @BeforeAll
  void start() throws Exception {
    recordings = Recording.all();
    provider = new RecordedProvider(recordings);
    probity = RunningProbity.start(SETTINGS.replace("BASE", provider.base()));
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

  @TestFactory
  Stream<DynamicContainer> recordings_reachEveryClient() {
    return recordings.stream()
        .map(recording ->
            DynamicContainer.dynamicContainer(
                recording.name(),
                Arrays.stream(Dialect.values())
                    .map(client ->
                        DynamicTest.dynamicTest(client.text(), () -> replay(recording, client)))));
  }

  private void replay(Recording recording, Dialect client)
      throws IOException, InterruptedException {
    HttpResponse<String> response = ask(recording, client);
    String where = recording.name() + " to a client of " + client.text() + "\n" + response.body();
    if (recording.isRefusal()) {
      assertThat(response.statusCode()).describedAs(where).isBetween(400, 599);
      assertThat(read(response.body()).toString()).describedAs(where).contains("error");
      return;
    }
    Told expected = recording.told();
    assertThat(response.body()).describedAs(where).matches(body -> readable(body));
    List<JsonNode> frames = read(response.body());
    Told told = Told.read(client, frames);
    boolean unheard =
        client != recording.dialect() && UNHEARD.stream().anyMatch(recording.name()::startsWith);
    if (unheard && !streams(response)) {
      assertThat(response.statusCode()).describedAs(where).isEqualTo(502);
      return;
    }
    if (expected.failure() || unheard) {
      assertThat(told.failure()).describedAs(where).isTrue();
      return;
    }
    assertThat(response.statusCode()).describedAs(where).isEqualTo(200);
    assertThat(told.text()).describedAs(where).isIn(expected.text(), expected.pieces());
    assertThat(told)
        .describedAs(where)
        .usingRecursiveComparison()
        .ignoringFields("text", "pieces")
        .isEqualTo(expected);
  }

  private HttpResponse<String> ask(Recording recording, Dialect client)
      throws IOException, InterruptedException {
    boolean stream = recording.streamed();
    String model = recording.name();
    return switch (client) {
      case CHAT ->
          probity.send(
              "POST",
              "/v1/chat/completions",
              """
              {"model":"%s","stream":%b,%s"messages":[{"role":"user","content":"go on"}]}\
              """
                  .formatted(
                      model, stream, stream ? "\"stream_options\":{\"include_usage\":true}," : ""));
      case RESPONSES ->
          probity.send(
              "POST",
              "/v1/responses",
              "{\"model\":\"%s\",\"stream\":%b,\"input\":\"go on\"}".formatted(model, stream));
      case MESSAGES ->
          probity.send(
              "POST",
              "/v1/messages",
              """
              {"model":"%s","stream":%b,"max_tokens":9,"messages":[{"role":"user","content":"go on"}]}\
              """
                  .formatted(model, stream));
      case GEMINI ->
          probity.send(
              "POST",
              "/v1beta/models/"
                  + model
                  + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"go on\"}]}]}");
    };
  }

  private static boolean readable(String body) {
    try {
      return !read(body).isEmpty();
    } catch (JacksonException unreadable) {
      return false;
    }
  }

  private static boolean streams(HttpResponse<String> response) {
    return response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
  }

  /** The frames of a stream, or the one document. */
  private static List<JsonNode> read(String body) {
    if (!body.startsWith("data:") && !body.startsWith("event:") && !body.startsWith(":")) {
      return List.of(JsonMapper.shared().readTree(body));
    }
    return body.lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring(5).strip())
        .filter(data -> !data.equals("[DONE]"))
        .map(JsonMapper.shared()::readTree)
        .toList();
  }
}
