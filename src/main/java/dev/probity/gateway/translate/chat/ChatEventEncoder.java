package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Closing;
import java.util.HashMap;
import java.util.Map;

/** Writes streamed answers for clients of OpenAI's chat completions. */
public final class ChatEventEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final RawText id;
  private final boolean countsUsage;
  private final boolean legacy;
  private final Map<Integer, Open> open = new HashMap<>();
  private final ChatCitations citations = new ChatCitations();
  private RawText model;
  private int thoughts;
  private int calls;
  private boolean refused;

  public ChatEventEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.id = RawText.of(frame.name("chatcmpl-"));
    this.model = frame.model();
    this.countsUsage = Closing.wantsUsage(frame.request());
    this.legacy = isLegacy(frame.request());
  }

  /** Whether the client speaks of functions, as before there were tools. */
  static boolean isLegacy(RawJson request) {
    return Closing.member(request, "functions").isArray()
        && Closing.member(request, "tools").isNull();
  }

  /** A block that is under way. */
  private static final class Open {
    final AnswerEvent.Block kind;

    /** Among those of its kind. */
    final int number;

    boolean hasPieces;

    Open(AnswerEvent.Block kind, int number) {
      this.kind = kind;
      this.number = number;
    }
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.Begun begun -> begin(begun, out);
      case AnswerEvent.BlockBegun(int block, AnswerEvent.Block kind) ->
          beginBlock(block, kind, out);
      case AnswerEvent.TextPiece(int block, RawText text) -> text(open(block), text, out);
      case AnswerEvent.InputPiece(int block, RawText text) -> input(open(block), text, out);
      case AnswerEvent.Proven(int block, Proof proof) -> proven(open(block), proof, out);
      case AnswerEvent.Cited(_, AnswerEvent.Citation citation) -> {
        if (citation.url().isPresent()) {
          beginChunk(out).name("annotations").beginArray();
          citations.write(citation, out);
          out.endArray();
          endChunk(out);
        }
      }
      case AnswerEvent.BlockEnded(int block) -> endBlock(block, out);
      case AnswerEvent.Stopped stopped -> {
        String word = Closing.word(stopped.reason(), refused);
        beginChunk(out);
        endChunk(legacy && word.equals("tool_calls") ? "function_call" : word, out);
      }
      case AnswerEvent.Ended() -> end(out);
      case AnswerEvent.Ping() -> out.line(": ping\n\n");
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
    }
  }

  private Open open(int block) {
    Open known = open.get(block);
    return known == null ? new Open(AnswerEvent.TEXT, 0) : known;
  }

  private void begin(AnswerEvent.Begun begun, JsonWriter out) {
    if (!begun.model().isEmpty()) {
      model = begun.model().copy();
    }
    beginChunk(out).member("role", "assistant").member("content", "").name("refusal").nullValue();
    endChunk(out);
  }

  private void beginBlock(int block, AnswerEvent.Block kind, JsonWriter out) {
    int number =
        switch (kind) {
          case AnswerEvent.Thought() -> thoughts++;
          case AnswerEvent.ToolCall _ -> calls++;
          case AnswerEvent.Text(), AnswerEvent.Declined(), AnswerEvent.Foreign _ -> 0;
        };
    open.put(block, new Open(kind, number));
    if (kind instanceof AnswerEvent.Text) {
      citations.blockBegins();
    } else if (kind instanceof AnswerEvent.ToolCall call) {
      beginCall(call, number, out);
    }
  }

  private void beginCall(AnswerEvent.ToolCall call, int number, JsonWriter out) {
    beginChunk(out);
    if (legacy) {
      out.name("function_call").beginObject().member("name", call.name());
      out.member("arguments", "").endObject();
    } else {
      String type = call.freeform() ? "custom" : "function";
      beginPiece(number, out);
      if (call.id().isEmpty()) {
        out.member("id", frame.name("call_", number));
      } else {
        out.member("id", call.id());
      }
      out.member("type", type).name(type).beginObject().member("name", call.name());
      out.member(call.freeform() ? "input" : "arguments", "").endObject();
      endPiece(out);
    }
    endChunk(out);
  }

  private void text(Open block, RawText text, JsonWriter out) {
    switch (block.kind) {
      case AnswerEvent.Thought() -> {
        beginChunk(out).member("reasoning_content", text);
        beginDetail("reasoning.text", out).member("text", text);
        endDetail(block, out);
      }
      case AnswerEvent.Declined() -> {
        refused = true;
        beginChunk(out).member("refusal", text);
      }
      case AnswerEvent.Text(), AnswerEvent.ToolCall _, AnswerEvent.Foreign _ -> {
        citations.said(text);
        beginChunk(out).member("content", text);
      }
    }
    endChunk(out);
  }

  private void input(Open block, RawText text, JsonWriter out) {
    boolean freeform = block.kind instanceof AnswerEvent.ToolCall call && call.freeform();
    block.hasPieces = true;
    beginChunk(out);
    if (legacy) {
      out.name("function_call").beginObject().member("arguments", text).endObject();
    } else {
      beginPiece(block.number, out).name(freeform ? "custom" : "function").beginObject();
      out.member(freeform ? "input" : "arguments", text).endObject();
      endPiece(out);
    }
    endChunk(out);
  }

  private void proven(Open block, Proof proof, JsonWriter out) {
    switch (block.kind) {
      case AnswerEvent.Thought() -> {
        beginChunk(out);
        if (proof.kind() == Proof.Kind.SIGNATURE) {
          beginDetail("reasoning.text", out).member("text", "");
          out.member("signature", ProofEnvelope.wrap(proof));
        } else {
          beginDetail("reasoning.encrypted", out).member("data", ProofEnvelope.wrap(proof));
        }
        endDetail(block, out);
        endChunk(out);
      }
      case AnswerEvent.ToolCall call when !legacy -> {
        beginChunk(out);
        beginPiece(block.number, out);
        // SDKs look for the arguments in every piece.
        out.name(call.freeform() ? "custom" : "function").beginObject();
        out.member(call.freeform() ? "input" : "arguments", "").endObject();
        signature(proof, out);
        endPiece(out);
        endChunk(out);
      }
      // Chat has no place for a text's own proof.
      case AnswerEvent.ToolCall _,
          AnswerEvent.Text(),
          AnswerEvent.Declined(),
          AnswerEvent.Foreign _ -> {}
    }
  }

  /** Where Google's compatible endpoint keeps a call's signature, and its clients look for it. */
  static void signature(Proof proof, JsonWriter out) {
    out.name("extra_content").beginObject().name("google").beginObject();
    out.member("thought_signature", ProofEnvelope.wrap(proof)).endObject().endObject();
  }

  private void endBlock(int block, JsonWriter out) {
    Open ended = open.remove(block);
    boolean noInput =
        ended != null
            && !ended.hasPieces
            && ended.kind instanceof AnswerEvent.ToolCall call
            && !call.freeform();
    if (ended != null && noInput) {
      input(ended, RawText.of("{}"), out);
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
        .member("object", "chat.completion.chunk")
        .member("created", frame.createdSeconds())
        .member("model", model);
  }

  private JsonWriter beginChunk(JsonWriter out) {
    return head(out)
        .name("choices")
        .beginArray()
        .beginObject()
        .member("index", 0)
        .name("delta")
        .beginObject();
  }

  private void endChunk(JsonWriter out) {
    endDelta(out).nullValue();
    endFrame(out);
  }

  private void endChunk(String finishReason, JsonWriter out) {
    endDelta(out).value(finishReason);
    endFrame(out);
  }

  private static JsonWriter endDelta(JsonWriter out) {
    return out.endObject().name("logprobs").nullValue().name("finish_reason");
  }

  private void endFrame(JsonWriter out) {
    out.endObject().endArray();
    if (countsUsage) {
      out.name("usage").nullValue();
    }
    out.endObject().line("\n\n");
  }

  private static JsonWriter beginPiece(int call, JsonWriter out) {
    return out.name("tool_calls").beginArray().beginObject().member("index", call);
  }

  private static void endPiece(JsonWriter out) {
    out.endObject().endArray();
  }

  private static JsonWriter beginDetail(String type, JsonWriter out) {
    return out.name("reasoning_details").beginArray().beginObject().member("type", type);
  }

  private static void endDetail(Open thought, JsonWriter out) {
    out.member("index", thought.number).endObject().endArray();
  }
}
