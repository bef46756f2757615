package dev.probity.gateway.state;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import java.util.Optional;

/**
 * Reads off an answer, event by event or as one document, what a later turn goes on from: the
 * response's id and its output items. One an answer.
 */
public final class AnswerCapture {
  private static final int MAX_DEPTH = 256;
  private static final JsonPaths PATHS =
      JsonPaths.watch()
          .text("type", 64)
          .text("object", 32)
          .text("id", 256)
          .text("status", 32)
          .text("response.id", 256)
          .text("item.type", 64)
          .value("output", "response", "response.output", "item", "item.encrypted_content")
          .build();
  private static final int TYPE = PATHS.index("type");
  private static final int OBJECT = PATHS.index("object");
  private static final int ID = PATHS.index("id");
  private static final int STATUS = PATHS.index("status");
  private static final int OUTPUT = PATHS.index("output");
  private static final int RESPONSE = PATHS.index("response");
  private static final int RESPONSE_ID = PATHS.index("response.id");
  private static final int RESPONSE_OUTPUT = PATHS.index("response.output");
  private static final int ITEM = PATHS.index("item");
  private static final int ITEM_TYPE = PATHS.index("item.type");
  private static final int ENCRYPTED = PATHS.index("item.encrypted_content");

  private final JsonScanner json = new JsonScanner(PATHS, MAX_DEPTH);
  private final boolean stored;
  private final long maxBytes;
  private final JsonWriter items = new JsonWriter();
  private String id = "";
  private byte[] output = new byte[0];
  private byte[] document = new byte[0];
  private boolean completed;
  private boolean failed;
  private boolean tooLarge;

  /**
   * @param stored whether the provider keeps the response, and so knows its items by their ids
   * @param maxBytes what an answer may hold to be remembered
   */
  public AnswerCapture(boolean stored, long maxBytes) {
    this.stored = stored;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes the data of an event.
   *
   * @return whether it is one JSON object; nothing else may be sent on over a socket
   */
  public boolean event(byte[] bytes, int from, int to) {
    if (!scan(bytes, from, to)) {
      return false;
    }
    switch (json.text(TYPE)) {
      case "response.created" -> id = json.text(RESPONSE_ID);
      case "response.output_item.done" -> item(bytes, from);
      case "response.completed", "response.incomplete" -> {
        completed = true;
        end(bytes, from, RESPONSE, RESPONSE_ID, RESPONSE_OUTPUT);
      }
      case "response.failed", "error" -> failed = true;
      default -> {}
    }
    return true;
  }

  /**
   * Takes an answer that is one document.
   *
   * @return whether it is a response
   */
  public boolean document(byte[] bytes, int from, int to) {
    if (!scan(bytes, from, to) || !json.text(OBJECT).equals("response")) {
      failed = true;
      return false;
    }
    String status = json.text(STATUS);
    completed = status.equals("completed") || status.equals("incomplete");
    failed = status.equals("failed");
    end(bytes, from, JsonPaths.ROOT, ID, OUTPUT);
    return true;
  }

  private boolean scan(byte[] bytes, int from, int to) {
    json.reset();
    return json.feed(bytes, from, to)
        && json.finish()
        && json.kind(JsonPaths.ROOT) == JsonKind.OBJECT;
  }

  private void item(byte[] bytes, int from) {
    if (json.kind(ITEM) != JsonKind.OBJECT) {
      return;
    }
    // A thought that nobody stored and that is not sealed either can't be sent back by anybody.
    boolean lost =
        json.text(ITEM_TYPE).equals("reasoning")
            && !stored
            && json.kind(ENCRYPTED) != JsonKind.STRING;
    RawJson item = span(bytes, from, ITEM);
    if (items.size() + item.length() > maxBytes) {
      tooLarge = true;
    } else if (!lost) {
      items.value(item);
    }
  }

  private void end(byte[] bytes, int from, int whole, int idPath, int outputPath) {
    id = json.text(idPath).isEmpty() ? id : json.text(idPath);
    if (json.kind(whole) == JsonKind.OBJECT && size(whole) <= maxBytes) {
      document = new JsonWriter().value(span(bytes, from, whole)).toBytes();
    }
    if (!items.isEmpty() || tooLarge) {
      output = items.toBytes();
    } else if (json.kind(outputPath) == JsonKind.ARRAY) {
      tooLarge = size(outputPath) > maxBytes;
      output = tooLarge ? new byte[0] : RequestItems.inside(span(bytes, from, outputPath));
    }
  }

  private long size(int path) {
    return json.end(path) - json.start(path);
  }

  private RawJson span(byte[] bytes, int from, int path) {
    return RawJson.of(bytes, from + (int) json.start(path), from + (int) json.end(path));
  }

  /** The response, once it has come to its proper end and is not too large to be remembered. */
  public Optional<Captured> captured() {
    return completed && !failed && !tooLarge && !id.isEmpty()
        ? Optional.of(new Captured(id, output, document))
        : Optional.empty();
  }

  /** Whether the answer said that it has failed. */
  public boolean hasFailed() {
    return failed;
  }

  /**
   * A response that can be gone on from.
   *
   * @param output its items, with commas between
   * @param document the response as it was sent; of no length if it was too large
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once, never compared.
  public record Captured(String id, byte[] output, byte[] document) {}
}
