package dev.probity.gateway.translate.completion;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Closing;
import java.util.HashSet;
import java.util.Set;

/** Writes whole answers for clients of older completions, who get the text and nothing else. */
public final class CompletionDocumentEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final JsonWriter text = new JsonWriter().beginText();
  private final Set<Integer> thoughts = new HashSet<>();
  private RawText model;
  private String finishReason = "stop";

  public CompletionDocumentEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.model = frame.model();
  }

  /** Completions call no tools, and tell a refusal as text. */
  static String word(AnswerEvent.Stopped stopped) {
    return stopped.reason() == StopReason.TOOL_CALLS
        ? "stop"
        : Closing.word(stopped.reason(), false);
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.Begun begun -> {
        if (!begun.model().isEmpty()) {
          model = begun.model().copy();
        }
      }
      case AnswerEvent.BlockBegun(int block, AnswerEvent.Block kind) -> {
        if (kind.equals(AnswerEvent.THOUGHT)) {
          thoughts.add(block);
        }
      }
      case AnswerEvent.TextPiece(int block, RawText piece) -> {
        if (!thoughts.contains(block)) {
          text.piece(piece);
        }
      }
      case AnswerEvent.Stopped stopped -> finishReason = word(stopped);
      case AnswerEvent.Ended() -> write(out);
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
      case AnswerEvent.InputPiece _,
          AnswerEvent.Proven _,
          AnswerEvent.Cited _,
          AnswerEvent.BlockEnded _,
          AnswerEvent.Ping _ -> {}
    }
  }

  private void write(JsonWriter out) {
    out.beginObject().member("id", frame.name("cmpl-")).member("object", "text_completion");
    out.member("created", frame.createdSeconds()).member("model", model);
    out.name("choices").beginArray().beginObject();
    out.member("text", text.endText().toJson()).member("index", 0);
    out.name("logprobs").nullValue().member("finish_reason", finishReason);
    out.endObject().endArray();
    Closing.usage(frame.read().usage(), out);
    out.endObject();
  }
}
