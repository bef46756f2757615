package dev.probity.recorded;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.probity.gateway.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer that a real provider gave.
 *
 * @param name the dialect's, the file's, and a model's name
 * @param frames a stream's, in order; one for a whole answer
 */
record Recording(String name, Dialect dialect, boolean streamed, List<JsonNode> frames) {
  private static final String COMMIT = "ed857f50f112e23930b0c2dd8d532cc8bebbc911";

  /** Two of its stream's lines are no JSON: it was written by hand, not by a provider. */
  private static final String MISSPELT = "parallel-tool-call-wrapper.1.chunks";

  private static final Set<String> BEGINNINGS = Set.of("response.created", "message_start");
  private static final Set<String> ENDS = Set.of("response.completed", "message_stop");
  private static final String CHUNKS = ".chunks.txt";

  /** All there are; without them the test is skipped, and says how to get them. */
  static List<Recording> all() throws IOException {
    String cache = Optional.ofNullable(System.getenv("PROBITY_CACHE")).orElse(".cache");
    Path folder = Path.of(cache).toAbsolutePath().resolve("recordings-" + COMMIT);
    if (!Files.isDirectory(folder)) {
      String reason = "no recordings; run src/test/clients/recordings " + cache;
      System.err.println("SKIPPED: recorded answers are not replayed: " + reason);
      return abort(reason);
    }
    List<Recording> all = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      try (Stream<Path> files = Files.list(folder.resolve(dialect.text()))) {
        for (Path file : files.sorted().toList()) {
          if (!file.getFileName().toString().startsWith(MISSPELT)) {
            all.addAll(read(dialect, file));
          }
        }
      }
    }
    return all;
  }

  private static List<Recording> read(Dialect dialect, Path file) throws IOException {
    String name = file.getFileName().toString();
    boolean streamed = name.endsWith(CHUNKS);
    String text = Files.readString(file);
    List<JsonNode> frames =
        streamed
            ? text.lines().filter(line -> !line.isBlank()).map(Recording::parse).toList()
            : List.of(parse(text));
    String stem = name.replace(CHUNKS, "-streamed").replace(".json", "");
    List<List<JsonNode>> answers = answers(frames);
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String part = answers.size() == 1 ? "" : "-part-" + (i + 1);
      recordings.add(
          new Recording(dialect.text() + "-" + stem + part, dialect, streamed, answers.get(i)));
    }
    return recordings;
  }

  /** A file may hold the answers of several turns, one after another. */
  private static List<List<JsonNode>> answers(List<JsonNode> frames) {
    List<List<JsonNode>> answers = new ArrayList<>(List.of(new ArrayList<>()));
    boolean ended = false;
    for (JsonNode frame : frames) {
      String type = frame.path("type").asString("");
      if (ended && BEGINNINGS.contains(type)) {
        answers.add(new ArrayList<>());
      }
      answers.getLast().add(frame);
      ended = ENDS.contains(type);
    }
    return answers;
  }

  private static JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }

  /** Whether the provider refused the request. */
  boolean isRefusal() {
    JsonNode first = frames.getFirst();
    return !streamed && first.path("error").isObject() && !first.has("output");
  }

  /** With which status: the document alone does not say. */
  int status() {
    return isRefusal() ? frames.getFirst().at("/error/code").asInt(400) : 200;
  }

  /** As the provider sent it. */
  String body() {
    if (!streamed) {
      return frames.getFirst().toString();
    }
    StringBuilder body = new StringBuilder();
    for (JsonNode frame : frames) {
      if (dialect == Dialect.MESSAGES || dialect == Dialect.RESPONSES) {
        body.append("event: ").append(frame.path("type").asString("")).append('\n');
      }
      body.append("data: ").append(frame).append("\n\n");
    }
    return body.append(dialect == Dialect.CHAT ? "data: [DONE]\n\n" : "").toString();
  }

  /** What the stream or the document says. */
  Told told() {
    return Told.read(dialect, frames);
  }

  @Override
  public String toString() {
    return name.toLowerCase(Locale.ROOT);
  }
}
