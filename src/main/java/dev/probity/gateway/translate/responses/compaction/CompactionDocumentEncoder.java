package dev.probity.gateway.translate.responses.compaction;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.output.UsageObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the answer of {@code POST /v1/responses/compact}: the user's messages as they were, and
 * what the model wrote as the summary of all else, sealed.
 */
public final class CompactionDocumentEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final Sealing sealing;
  private final Set<Integer> texts = new HashSet<>();
  private final StringBuilder summary = new StringBuilder();
  private StopReason stopped = StopReason.END;

  public CompactionDocumentEncoder(AnswerFrame frame, Sealing sealing) {
    this.frame = frame;
    this.sealing = sealing;
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.BlockBegun block -> {
        if (block.kind() instanceof AnswerEvent.Text) {
          texts.add(block.block());
        }
      }
      case AnswerEvent.TextPiece piece -> {
        if (texts.contains(piece.block())) {
          summary.append(piece.text().plain());
        }
      }
      case AnswerEvent.Stopped stop -> stopped = stop.reason();
      case AnswerEvent.Ended _ -> finish(out);
      case AnswerEvent.Begun _,
          AnswerEvent.InputPiece _,
          AnswerEvent.Proven _,
          AnswerEvent.Cited _,
          AnswerEvent.BlockEnded _,
          AnswerEvent.Failed _,
          AnswerEvent.Ping _ -> {}
    }
  }

  private void finish(JsonWriter out) throws Untranslatable {
    boolean cut =
        stopped == StopReason.MAX_TOKENS
            || stopped == StopReason.CONTEXT_FULL
            || stopped == StopReason.DECLINED;
    if (cut || summary.isEmpty()) {
      throw Untranslatable.answer(
          "compaction_failed",
          "The model wrote no whole summary of the conversation. Try again, with another model if"
              + " it happens again.");
    }
    out.beginObject()
        .member("id", frame.name("resp_"))
        .member("object", "response.compaction")
        .member("created_at", frame.createdSeconds())
        .name("output")
        .beginArray();
    try {
      kept(out);
    } catch (MalformedJson e) {
      throw Untranslatable.request("invalid_input", "'input': " + e.getMessage());
    }
    out.beginObject()
        .member("id", frame.name("cmp_"))
        .member("type", "compaction")
        .member("encrypted_content", sealing.envelope(summary.toString()))
        .endObject()
        .endArray();
    UsageObject.write(frame.read().usage(), out.name("usage"));
    out.endObject();
  }

  /** The user's messages. */
  private void kept(JsonWriter out) throws MalformedJson {
    JsonCursor cursor = frame.request().cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("input")) {
        input(cursor.raw(), out);
      }
    }
  }

  private void input(RawJson input, JsonWriter out) throws MalformedJson {
    if (input.isString()) {
      message(input, 0, out);
      return;
    }
    if (!input.isArray()) {
      return;
    }
    JsonCursor cursor = input.cursor();
    cursor.enterArray();
    for (int number = 0; cursor.nextElement(); ) {
      Optional<RawJson> content = usersContent(cursor.raw());
      if (content.isPresent()) {
        message(content.get(), number, out);
        number++;
      }
    }
  }

  private static Optional<RawJson> usersContent(RawJson item) throws MalformedJson {
    boolean users = false;
    RawJson content = RawJson.NULL;
    JsonCursor cursor = item.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "role" -> users = cursor.textOr(RawText.EMPTY).is("user");
        case "content" -> content = cursor.raw();
        default -> {}
      }
    }
    return users && (content.isString() || content.isArray())
        ? Optional.of(content)
        : Optional.empty();
  }

  private void message(RawJson content, int number, JsonWriter out) {
    out.beginObject()
        .member("id", frame.name("msg_", number))
        .member("type", "message")
        .member("status", "completed")
        .member("role", "user")
        .name("content");
    if (content.isString()) {
      out.beginArray()
          .beginObject()
          .member("type", "input_text")
          .member("text", content)
          .endObject()
          .endArray();
    } else {
      out.value(content);
    }
    out.endObject();
  }
}
