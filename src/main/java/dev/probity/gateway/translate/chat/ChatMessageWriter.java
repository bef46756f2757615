package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a prompt's turns as messages. Chat wants all calls of a round in one message, and their
 * results right behind it, so turns of one side are written together.
 */
final class ChatMessageWriter {
  private static final String FAILED = "[The tool failed.] ";

  private final JsonWriter out;
  private final Losses losses;
  private final ChatPartWriter parts;
  private final ChatCalls calls = new ChatCalls();

  ChatMessageWriter(JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
    this.parts = new ChatPartWriter(out, losses);
  }

  void write(Prompt prompt) throws Untranslatable, MalformedJson {
    out.name("messages").beginArray();
    said("system", prompt.instructions());
    List<Turn> turns = prompt.turns();
    int from = 0;
    while (from < turns.size()) {
      boolean assistant = turns.get(from).role() == Role.ASSISTANT;
      int to = from + 1;
      while (to < turns.size() && assistant == (turns.get(to).role() == Role.ASSISTANT)) {
        to++;
      }
      List<Turn> side = turns.subList(from, to);
      if (assistant) {
        assistant(side);
      } else {
        others(side);
      }
      from = to;
    }
    calls.expectNone();
    out.endArray();
  }

  private void said(String role, List<Part> said) throws Untranslatable {
    List<Part> told = new ArrayList<>(said.size());
    for (Part part : said) {
      if (part instanceof Part.Foreign) {
        losses.add(Loss.SERVER_TOOL_HISTORY);
      } else if (!(part instanceof Part.ToolResult)) {
        told.add(part);
      }
    }
    if (!told.isEmpty()) {
      out.beginObject().member("role", role);
      parts.content(told, role.equals("system"));
      out.endObject();
    }
  }

  private void others(List<Turn> side) throws Untranslatable {
    List<Part> beside = new ArrayList<>();
    for (Turn turn : side) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolResult result) {
          result(result, beside);
        }
      }
    }
    calls.expectNone();
    said("user", beside);
    for (Turn turn : side) {
      said(turn.role() == Role.SYSTEM ? "system" : "user", turn.parts());
    }
  }

  private void result(Part.ToolResult result, List<Part> beside) throws Untranslatable {
    ChatCalls.Asked call = calls.answer(result.id(), result.name().orElse(RawText.EMPTY));
    List<Part.Text> texts = new ArrayList<>();
    int media = 0;
    for (Part part : result.content()) {
      switch (part) {
        case Part.Text text -> texts.add(text);
        case Part.Media medium when medium.source() instanceof Part.InlineText document ->
            texts.add(Part.Text.of(document.text()));
        case Part.Media medium -> {
          if (media == 0) {
            beside.add(
                Part.Text.of(
                    RawText.of("Belongs to the result of the tool " + call.name().plain() + ":")));
          }
          media++;
          beside.add(medium);
        }
        default -> losses.add(Loss.SERVER_TOOL_HISTORY);
      }
    }
    if (media > 0) {
      losses.add(Loss.MEDIA_IN_TOOL_RESULT);
      texts.add(Part.Text.of(RawText.of("[What else it gave is in the next user message.]")));
    }
    if (result.cache() != Part.CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
    if (result.isError()) {
      losses.add(Loss.TOOL_ERROR_MARK);
    }
    out.beginObject().member("role", "tool");
    out.member("tool_call_id", ChatCalls.shown(call.id())).name("content");
    resultContent(result, texts);
    out.endObject();
  }

  private void resultContent(Part.ToolResult result, List<Part.Text> texts) {
    if (texts.size() > 1) {
      out.beginArray();
      if (result.isError()) {
        parts.text(Part.Text.of(RawText.of(FAILED.strip())));
      }
      texts.forEach(parts::text);
      out.endArray();
      return;
    }
    out.beginText();
    if (result.isError()) {
      out.piece(FAILED);
    }
    result.structured().ifPresent(out::piece);
    for (Part.Text text : texts) {
      parts.note(text);
      out.piece(text.text());
    }
    out.endText();
  }

  private void assistant(List<Turn> side) throws Untranslatable, MalformedJson {
    List<Part> said = new ArrayList<>();
    List<Part.Thought> thoughts = new ArrayList<>();
    List<Part.ToolCall> asked = new ArrayList<>();
    Optional<Part.Foreign> audio = Optional.empty();
    for (Turn turn : side) {
      for (Part part : turn.parts()) {
        switch (part) {
          case Part.Thought thought -> thoughts.add(thought);
          case Part.ToolCall call -> asked.add(call);
          case Part.Foreign foreign when isAudio(foreign) -> audio = Optional.of(foreign);
          case Part.Foreign _, Part.ToolResult _ -> losses.add(Loss.SERVER_TOOL_HISTORY);
          case Part.Text text -> {
            text.proof().ifPresent(_ -> losses.add(Loss.REASONING_HISTORY));
            said.add(text);
          }
          case Part.Declined _, Part.Media _ -> said.add(part);
        }
      }
    }
    if (said.isEmpty() && asked.isEmpty() && audio.isEmpty()) {
      if (!thoughts.isEmpty()) {
        losses.add(Loss.REASONING_HISTORY);
      }
      return;
    }
    out.beginObject().member("role", "assistant");
    ChatThoughts.write(thoughts, out, losses);
    audio.ifPresent(foreign -> out.member("audio", foreign.block()));
    if (said.isEmpty()) {
      out.name("content").nullValue();
    } else {
      parts.content(said, false);
    }
    if (!asked.isEmpty()) {
      out.name("tool_calls").beginArray();
      asked.forEach(this::call);
      out.endArray();
    }
    out.endObject();
  }

  private static boolean isAudio(Part.Foreign foreign) {
    return foreign.origin() == Dialect.CHAT && foreign.type().equals("audio");
  }

  private void call(Part.ToolCall call) {
    String type = call.freeform() ? "custom" : "function";
    out.beginObject();
    out.member("id", calls.ask(call.id(), call.name(), call.freeform())).member("type", type);
    out.name(type).beginObject().member("name", call.name());
    out.name(call.freeform() ? "input" : "arguments").beginText();
    // A string is the text itself; anything else is JSON to be told as text.
    call.input().text().ifPresentOrElse(out::piece, () -> out.piece(call.input()));
    out.endText().endObject();
    call.proof().ifPresent(this::signature);
    if (call.cache() != Part.CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
    out.endObject();
  }

  private void signature(Proof proof) {
    if (proof.origin() == Dialect.CHAT) {
      out.name("extra_content").beginObject().name("google").beginObject();
      out.member("thought_signature", proof.value()).endObject().endObject();
    } else {
      losses.add(Loss.REASONING_HISTORY);
    }
  }
}
