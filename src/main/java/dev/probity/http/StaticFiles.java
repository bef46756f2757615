package dev.probity.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files from the class path that pages refer to, in memory. Their addresses carry a hash of the
 * content, so that browsers keep them for ever and still see every change.
 */
public final class StaticFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");
  private static final int HASH_CHARACTERS = 16;

  private final Map<String, StaticFile> files = new TreeMap<>();

  /**
   * @param folder on the class path, such as {@code /web/static}
   */
  public StaticFiles(String folder, List<String> names) {
    for (String name : names) {
      files.put(name, load(folder, name));
    }
  }

  /** The address of a file, with its content's hash. */
  public String address(String name) {
    return "/static/" + name + "?v=" + file(name).hash;
  }

  /** Serves {@code /static/{name}}. */
  public Route route() {
    return Route.get("/static/{name}", Permission.ANYONE, this::serve);
  }

  private Answer serve(Call call) {
    StaticFile file = files.get(call.pathParameter("name"));
    if (file == null) {
      throw RefusedException.notFound("not_found", "There is no such file.");
    }
    String etag = '"' + file.hash + '"';
    boolean pinned = call.query("v").text("v").filter(file.hash::equals).isPresent();
    Answer answer =
        call.header("if-none-match").filter(etag::equals).isPresent()
            ? Answer.empty(304)
            : Answer.whole(200, file.type, file.bytes);
    return answer
        .with("etag", etag)
        .with("cache-control", pinned ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private StaticFile file(String name) {
    StaticFile file = files.get(name);
    if (file == null) {
      throw new IllegalArgumentException(name + " (expected: one of " + files.keySet() + ")");
    }
    return file;
  }

  private static StaticFile load(String folder, String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException(name + " (expected: a file of " + TYPES.keySet() + ")");
    }
    try (InputStream in = StaticFiles.class.getResourceAsStream(folder + "/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException(folder + "/" + name + " (expected: on the class path)");
      }
      byte[] bytes = in.readAllBytes();
      String hash =
          Tokens.digest(new String(bytes, StandardCharsets.UTF_8)).substring(0, HASH_CHARACTERS);
      return new StaticFile(type, hash, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out for writing.
  private record StaticFile(String type, String hash, byte[] bytes) {}
}
