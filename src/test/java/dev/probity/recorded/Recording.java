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
          all.add(read(dialect, file));
        }
      }
    }
    return all;
  }

  private static Recording read(Dialect dialect, Path file) throws IOException {
    String name = file.getFileName().toString();
    boolean streamed = name.endsWith(CHUNKS);
    String text = Files.readString(file);
    List<JsonNode> frames =
        streamed
            ? text.lines().filter(line -> !line.isBlank()).map(Recording::parse).toList()
            : List.of(parse(text));
    String stem = name.replace(CHUNKS, "-streamed").replace(".json", "");
    return new Recording(dialect.text() + "-" + stem, dialect, streamed, frames);
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
