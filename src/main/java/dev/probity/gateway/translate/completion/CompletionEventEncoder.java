package dev.probity.gateway.translate.completion;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Closing;
import java.util.HashSet;
import java.util.Set;

/** Writes streamed answers for clients of older completions, who get the text and nothing else. */
public final class CompletionEventEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final RawText id;
  private final boolean countsUsage;
  private final Set<Integer> thoughts = new HashSet<>();
  private RawText model;

  public CompletionEventEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.id = RawText.of(frame.name("cmpl-"));
    this.countsUsage = Closing.wantsUsage(frame.request());
    this.model = frame.model();
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
      case AnswerEvent.TextPiece(int block, RawText text) -> {
        if (!thoughts.contains(block)) {
          beginChunk(text, out).nullValue();
          endChunk(out);
        }
      }
      case AnswerEvent.Stopped stopped -> {
        beginChunk(RawText.EMPTY, out).value(CompletionDocumentEncoder.word(stopped));
        endChunk(out);
      }
      case AnswerEvent.Ended() -> end(out);
      case AnswerEvent.Ping() -> out.line(": ping\n\n");
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
      // Without tools there are no calls; what else there may be is no text.
      case AnswerEvent.InputPiece _,
          AnswerEvent.Proven _,
          AnswerEvent.Cited _,
          AnswerEvent.BlockEnded _ -> {}
    }
  }

  private void end(JsonWriter out) {
    if (countsUsage) {
      head(out).name("choices").beginArray().endArray();
      Closing.usage(frame.read().usage(), out);
      out.endObject().line("\n\n");
    }
    out.line("data: [DONE]\n\n");
  }

  private JsonWriter head(JsonWriter out) {
    return out.line("data: ")
        .beginObject()
        .member("id", id)
        .member("object", "text_completion")
        .member("created", frame.createdSeconds())
        .member("model", model);
  }

  private JsonWriter beginChunk(RawText text, JsonWriter out) {
    head(out).name("choices").beginArray().beginObject().member("text", text).member("index", 0);
    return out.name("logprobs").nullValue().name("finish_reason");
  }

  private void endChunk(JsonWriter out) {
    out.endObject().endArray();
    if (countsUsage) {
      out.name("usage").nullValue();
    }
    out.endObject().line("\n\n");
  }
}
