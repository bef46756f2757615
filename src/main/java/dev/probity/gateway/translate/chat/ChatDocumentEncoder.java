package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Closing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes whole answers for clients of OpenAI's chat completions. */
public final class ChatDocumentEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final Map<Integer, AnswerEvent.Block> kinds = new HashMap<>();
  private final JsonWriter content = new JsonWriter().beginText();
  private final JsonWriter refusal = new JsonWriter().beginText();
  private final JsonWriter annotations = new JsonWriter().beginArray();
  private final ChatCitations citations = new ChatCitations();
  private final Map<Integer, Thinking> thoughts = new HashMap<>();
  private final List<Thinking> thoughtsInOrder = new ArrayList<>(0);
  private final Map<Integer, Calling> calls = new HashMap<>();
  private final List<Calling> callsInOrder = new ArrayList<>(0);
  private RawText model;
  private String finishReason = "stop";
  private boolean spoke;
  private boolean refused;

  public ChatDocumentEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.model = frame.model();
  }

  private static final class Thinking {
    final JsonWriter text = new JsonWriter().beginText();
    boolean isEmpty = true;
    Optional<Proof> proof = Optional.empty();
  }

  private static final class Calling {
    final RawText id;
    final RawText name;
    final boolean freeform;
    final JsonWriter input = new JsonWriter().beginText();
    boolean isEmpty = true;
    Optional<Proof> proof = Optional.empty();

    Calling(AnswerEvent.ToolCall call) {
      id = call.id().copy();
      name = call.name().copy();
      freeform = call.freeform();
    }
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.Begun begun -> {
        if (!begun.model().isEmpty()) {
          model = begun.model().copy();
        }
      }
      case AnswerEvent.BlockBegun(int block, AnswerEvent.Block kind) -> begin(block, kind);
      case AnswerEvent.TextPiece(int block, RawText text) -> text(block, text);
      case AnswerEvent.InputPiece(int block, RawText text) -> {
        Calling call = calls.get(block);
        if (call != null) {
          call.isEmpty = false;
          call.input.piece(text);
        }
      }
      case AnswerEvent.Proven(int block, Proof proof) -> proven(block, proof);
      case AnswerEvent.Cited(_, AnswerEvent.Citation citation) -> {
        if (citation.url().isPresent()) {
          citations.write(citation, annotations);
        }
      }
      case AnswerEvent.Stopped stopped -> finishReason = Closing.word(stopped.reason(), refused);
      case AnswerEvent.Ended() -> write(out);
      case AnswerEvent.BlockEnded _, AnswerEvent.Ping() -> {}
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
    }
  }

  private void begin(int block, AnswerEvent.Block kind) {
    kinds.put(block, kind);
    switch (kind) {
      case AnswerEvent.Thought() -> {
        Thinking thought = new Thinking();
        thoughts.put(block, thought);
        thoughtsInOrder.add(thought);
      }
      case AnswerEvent.ToolCall call -> {
        Calling calling = new Calling(call);
        calls.put(block, calling);
        callsInOrder.add(calling);
      }
      case AnswerEvent.Text() -> citations.blockBegins();
      case AnswerEvent.Declined(), AnswerEvent.Foreign _ -> {}
    }
  }

  private void text(int block, RawText text) {
    Thinking thought = thoughts.get(block);
    if (thought != null) {
      thought.text.piece(text);
      thought.isEmpty = false;
    } else if (AnswerEvent.DECLINED.equals(kinds.get(block))) {
      refused = true;
      refusal.piece(text);
    } else {
      spoke = true;
      citations.said(text);
      content.piece(text);
    }
  }

  private void proven(int block, Proof proof) {
    Proof kept = new Proof(proof.origin(), proof.kind(), proof.value().copy(), proof.id().copy());
    Thinking thought = thoughts.get(block);
    Calling call = calls.get(block);
    if (thought != null) {
      thought.proof = Optional.of(kept);
    } else if (call != null) {
      call.proof = Optional.of(kept);
    }
  }

  private void write(JsonWriter out) {
    out.beginObject().member("id", frame.name("chatcmpl-")).member("object", "chat.completion");
    out.member("created", frame.createdSeconds()).member("model", model);
    boolean legacy = ChatEventEncoder.isLegacy(frame.request());
    out.name("choices").beginArray().beginObject().member("index", 0);
    out.name("message").beginObject().member("role", "assistant");
    // Nothing at all was said in words: an empty text, unless something else is the answer.
    if (spoke || callsInOrder.isEmpty() && !refused) {
      out.member("content", content.endText().toJson());
    } else {
      out.name("content").nullValue();
    }
    out.name("refusal");
    if (refused) {
      out.value(refusal.endText().toJson());
    } else {
      out.nullValue();
    }
    writeThoughts(out);
    out.member("annotations", annotations.endArray().toJson());
    if (legacy && !callsInOrder.isEmpty()) {
      out.name("function_call");
      named(callsInOrder.getFirst(), out);
    } else if (!callsInOrder.isEmpty()) {
      writeCalls(out);
    }
    out.endObject().name("logprobs").nullValue();
    out.member(
        "finish_reason",
        legacy && finishReason.equals("tool_calls") ? "function_call" : finishReason);
    out.endObject().endArray();
    Closing.usage(frame.read().usage(), out);
    out.endObject();
  }

  private void writeThoughts(JsonWriter out) {
    if (thoughtsInOrder.isEmpty()) {
      return;
    }
    JsonWriter plain = new JsonWriter().beginText();
    JsonWriter details = new JsonWriter().beginArray();
    for (int i = 0; i < thoughtsInOrder.size(); i++) {
      Thinking thought = thoughtsInOrder.get(i);
      RawText text = thought.text.endText().toJson().text().orElse(RawText.EMPTY);
      plain.piece(text);
      details(thought, text, i, details);
    }
    RawText all = plain.endText().toJson().text().orElse(RawText.EMPTY);
    if (!all.isEmpty()) {
      out.member("reasoning_content", all);
    }
    out.member("reasoning_details", details.endArray().toJson());
  }

  private static void details(Thinking thought, RawText text, int index, JsonWriter out) {
    Optional<Proof> signature = thought.proof.filter(proof -> proof.kind() == Proof.Kind.SIGNATURE);
    if (!thought.isEmpty || signature.isPresent()) {
      out.beginObject().member("type", "reasoning.text").member("text", text);
      signature.ifPresent(proof -> out.member("signature", ProofEnvelope.wrap(proof)));
      out.member("index", index).endObject();
    }
    if (thought.proof.isPresent() && signature.isEmpty()) {
      out.beginObject().member("type", "reasoning.encrypted");
      out.member("data", ProofEnvelope.wrap(thought.proof.get()));
      out.member("index", index).endObject();
    }
  }

  private void writeCalls(JsonWriter out) {
    out.name("tool_calls").beginArray();
    for (int i = 0; i < callsInOrder.size(); i++) {
      Calling call = callsInOrder.get(i);
      String type = call.freeform ? "custom" : "function";
      out.beginObject();
      if (call.id.isEmpty()) {
        out.member("id", frame.name("call_", i));
      } else {
        out.member("id", call.id);
      }
      out.member("type", type).name(type);
      named(call, out);
      call.proof.ifPresent(proof -> ChatEventEncoder.signature(proof, out));
      out.endObject();
    }
    out.endArray();
  }

  private static void named(Calling call, JsonWriter out) {
    out.beginObject().member("name", call.name).name(call.freeform ? "input" : "arguments");
    if (call.isEmpty && !call.freeform) {
      out.value("{}");
    } else {
      out.value(call.input.endText().toJson());
    }
    out.endObject();
  }
}
