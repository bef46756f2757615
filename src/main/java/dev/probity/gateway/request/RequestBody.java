package dev.probity.gateway.request;

import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonProblem;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.request.RequestFacts.Span;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What all dialects' request readers share: one scan of a body, and the questions asked of it, each
 * of which may turn out to be a refusal. Reusable; one a reader.
 */
public final class RequestBody {
  /** How many bytes of a name (a model, a tier) are kept; a longer model name is refused. */
  public static final int NAME_BYTES = 512;

  private final JsonScanner scanner;
  private final ByteFeed.Sink sink;

  public RequestBody(JsonPaths paths, int maxDepth) {
    JsonScanner made = new JsonScanner(paths, maxDepth);
    scanner = made;
    sink = made::feed;
  }

  /** Scans a whole body; a refusal if it is not one JSON object. */
  public Optional<Refusal> read(ByteBuf body) {
    scanner.reset();
    ByteFeed.feed(body, sink);
    if (!scanner.finish()) {
      return Optional.of(malformed());
    }
    if (scanner.kind(JsonPaths.ROOT) != JsonKind.OBJECT) {
      return refuse("not_an_object", "The request body must be a JSON object.");
    }
    return Optional.empty();
  }

  /** Scans the body of a call whose model and whether it streams stand in the body. */
  public Optional<Refusal> readCall(ByteBuf bytes, int model, int stream) {
    return read(bytes)
        .or(() -> refuseTwice(model, "model"))
        .or(() -> refuseModel(model))
        .or(() -> refuseTwice(stream, "stream"))
        .or(() -> refuseUnlessFlag(stream, "stream"));
  }

  public JsonScanner scanner() {
    return scanner;
  }

  /**
   * Refuses a member that is named twice: parsers differ on which value counts, so the provider
   * might see another than the one that was checked.
   */
  public Optional<Refusal> refuseTwice(int path, String name) {
    return scanner.isDuplicate(path)
        ? refuse(
            "duplicate_field",
            "The request body has the field \"" + name + "\" more than once. Send it once.")
        : Optional.empty();
  }

  /** Refuses a model that is missing, no string, empty or too long. */
  public Optional<Refusal> refuseModel(int path) {
    JsonKind kind = scanner.kind(path);
    if (kind == JsonKind.ABSENT || kind == JsonKind.NULL) {
      return refuse(
          "missing_model", "The request body has no \"model\". Name the model to be used.");
    }
    if (kind != JsonKind.STRING || scanner.length(path) == 0) {
      return refuse("invalid_model", "\"model\" must be a string that names a model.");
    }
    if (scanner.length(path) > NAME_BYTES) {
      return refuse(
          "invalid_model", "\"model\" is longer than " + NAME_BYTES + " bytes. Name a model.");
    }
    return Optional.empty();
  }

  /** Refuses what is neither true, false, null nor absent. */
  public Optional<Refusal> refuseUnlessFlag(int path, String name) {
    return switch (scanner.kind(path)) {
      case ABSENT, NULL, TRUE, FALSE -> Optional.empty();
      default -> refuse("invalid_field", "\"" + name + "\" must be true or false.");
    };
  }

  /** The whole number above 0 at a path. */
  public OptionalLong positive(int path) {
    return scanner.isInteger(path) && scanner.number(path) > 0
        ? OptionalLong.of(scanner.number(path))
        : OptionalLong.empty();
  }

  /** The string at a path, if there is one and it says something. */
  public Optional<String> text(int path) {
    return scanner.kind(path) == JsonKind.STRING && scanner.length(path) > 0
        ? Optional.of(scanner.text(path))
        : Optional.empty();
  }

  /** Where the prompt begins. */
  public PromptStart promptStart(int messages, int... before) {
    return PromptStart.of(scanner, messages, before);
  }

  /** Where the value at a path stands; the path must have occurred. */
  public Span span(int path) {
    return new Span((int) scanner.start(path), (int) scanner.end(path));
  }

  private Refusal malformed() {
    JsonProblem problem = scanner.problem();
    String at = " (at byte " + scanner.problemOffset() + ").";
    return switch (problem) {
      case DEPTH ->
          new Refusal(
              Reason.INVALID,
              "too_deep",
              "The request body is " + scanner.reason() + at + " Send it less deep.");
      case ENCODING ->
          new Refusal(
              Reason.INVALID,
              "not_utf8",
              "The request body has " + scanner.reason() + at + " Send JSON as UTF-8.");
      default ->
          new Refusal(
              Reason.INVALID,
              "invalid_json",
              "The request body is not valid JSON: " + scanner.reason() + at);
    };
  }

  private static Optional<Refusal> refuse(String code, String message) {
    return Optional.of(new Refusal(Reason.INVALID, code, message));
  }
}
