package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.Block;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer's message as it comes, told block by block. Text, thought and refusal follow one
 * another; calls stay open until the end, as their pieces may come in any order.
 */
final class ChatBlocks {
  private static final int NONE = -1;

  private final ChatCallBlocks calls = new ChatCallBlocks();
  private int next;
  private int prose = NONE;
  private Block proseKind = AnswerEvent.TEXT;
  private long thoughtIndex;
  private boolean thoughtSealed;
  private String thoughtMember = "";
  private boolean declined;

  boolean hasCalls() {
    return !calls.isEmpty();
  }

  boolean hasDeclined() {
    return declined;
  }

  /** Takes a message or a piece of one; what it holds together is told in its natural order. */
  void message(RawJson json, Consumer<AnswerEvent> out) throws MalformedJson, Untranslatable {
    if (!json.isObject()) {
      return;
    }
    ChatMessage message = ChatMessage.read(json);
    thoughts(message, out);
    content(message.content, out);
    Optional<RawText> refusal = message.refusal.text().filter(text -> !text.isEmpty());
    if (refusal.isPresent()) {
      declined = true;
      open(AnswerEvent.DECLINED, out);
      out.accept(new AnswerEvent.TextPiece(prose, refusal.get()));
    }
    if (message.annotations.isArray()) {
      annotations(message.annotations, out);
    }
    if (message.toolCalls.isArray()) {
      JsonCursor cursor = message.toolCalls.cursor();
      cursor.enterArray();
      while (cursor.nextElement()) {
        RawJson call = cursor.raw();
        if (call.isObject()) {
          call(ChatCall.read(call), out);
        }
      }
    }
    if (message.functionCall.isObject()) {
      ChatCall call = ChatCall.readFunction(message.functionCall);
      call.index = 0;
      call(call, out);
    }
  }

  private void call(ChatCall call, Consumer<AnswerEvent> out) throws MalformedJson, Untranslatable {
    close(out);
    next = calls.take(call, next, out);
  }

  private void thoughts(ChatMessage message, Consumer<AnswerEvent> out) throws MalformedJson {
    boolean told = false;
    if (message.reasoningDetails.isArray()) {
      JsonCursor cursor = message.reasoningDetails.cursor();
      cursor.enterArray();
      while (cursor.nextElement()) {
        RawJson json = cursor.raw();
        if (json.isObject()) {
          ChatDetail detail = ChatDetail.read(json);
          detail(detail, out);
          told |= !detail.text().isEmpty();
        }
      }
    }
    if (told) {
      return;
    }
    // Some servers say the same in both members.
    if (!plainThought("reasoning_content", message.reasoningContent, out)) {
      plainThought("reasoning", message.reasoning, out);
    }
  }

  private boolean plainThought(String member, RawJson value, Consumer<AnswerEvent> out) {
    Optional<RawText> text = value.text().filter(each -> !each.isEmpty());
    if (text.isEmpty()) {
      return false;
    }
    boolean isNew = prose == NONE || !proseKind.equals(AnswerEvent.THOUGHT);
    open(AnswerEvent.THOUGHT, out);
    if (isNew) {
      thoughtMember = member;
    }
    out.accept(new AnswerEvent.TextPiece(prose, text.get()));
    return true;
  }

  private void detail(ChatDetail detail, Consumer<AnswerEvent> out) throws MalformedJson {
    boolean thinking = prose != NONE && proseKind.equals(AnswerEvent.THOUGHT);
    boolean piece = detail.seal().isEmpty();
    if (piece && detail.text().isEmpty()) {
      return;
    }
    boolean same = detail.index() < 0 || detail.index() == thoughtIndex;
    if (thinking && (thoughtSealed || !same)) {
      close(out);
    }
    open(AnswerEvent.THOUGHT, out);
    thoughtIndex = detail.index();
    // Until a detail seals it, it is what those servers say in the plain member, too.
    thoughtMember = "reasoning";
    if (!detail.text().isEmpty()) {
      out.accept(new AnswerEvent.TextPiece(prose, detail.text()));
    }
    Optional<Proof> proof = detail.proof();
    if (proof.isPresent()) {
      thoughtSealed = true;
      thoughtMember = "";
      out.accept(new AnswerEvent.Proven(prose, proof.get()));
    }
  }

  private void content(RawJson content, Consumer<AnswerEvent> out) throws MalformedJson {
    if (content.isArray()) {
      JsonCursor cursor = content.cursor();
      cursor.enterArray();
      while (cursor.nextElement()) {
        part(cursor.raw(), out);
      }
      return;
    }
    Optional<RawText> text = content.text();
    if (text.isPresent()) {
      text(AnswerEvent.TEXT, text.get(), out);
    }
  }

  /** Mistral's servers answer in parts, thoughts among them. */
  private void part(RawJson json, Consumer<AnswerEvent> out) throws MalformedJson {
    if (!json.isObject()) {
      return;
    }
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "text" -> text(AnswerEvent.TEXT, cursor.textOr(RawText.EMPTY), out);
        case "thinking" -> {
          RawJson thinking = cursor.raw();
          if (thinking.isArray()) {
            JsonCursor parts = thinking.cursor();
            parts.enterArray();
            while (parts.nextElement()) {
              thinkingPart(parts.raw(), out);
            }
          }
        }
        default -> cursor.skip();
      }
    }
  }

  private void thinkingPart(RawJson json, Consumer<AnswerEvent> out) throws MalformedJson {
    if (!json.isObject()) {
      return;
    }
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("text")) {
        text(AnswerEvent.THOUGHT, cursor.textOr(RawText.EMPTY), out);
      }
    }
  }

  private void text(Block kind, RawText text, Consumer<AnswerEvent> out) {
    if (!text.isEmpty()) {
      open(kind, out);
      out.accept(new AnswerEvent.TextPiece(prose, text));
    }
  }

  private void annotations(RawJson array, Consumer<AnswerEvent> out) throws MalformedJson {
    JsonCursor cursor = array.cursor();
    cursor.enterArray();
    while (cursor.nextElement()) {
      RawJson annotation = cursor.raw();
      if (annotation.isObject()) {
        AnswerEvent.Citation citation = citation(annotation);
        if (citation.url().isPresent()) {
          open(AnswerEvent.TEXT, out);
          out.accept(new AnswerEvent.Cited(prose, citation));
        }
      }
    }
  }

  private static AnswerEvent.Citation citation(RawJson annotation) throws MalformedJson {
    Optional<RawText> url = Optional.empty();
    Optional<RawText> title = Optional.empty();
    Optional<RawText> quote = Optional.empty();
    JsonCursor cursor = annotation.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      RawJson value = cursor.raw();
      if (cursor.name().equals("url_citation") && value.isObject()) {
        JsonCursor inner = value.cursor();
        inner.enterObject();
        while (inner.nextMember()) {
          switch (inner.name()) {
            case "url" -> url = inner.raw().text();
            case "title" -> title = inner.raw().text();
            case "content" -> quote = inner.raw().text();
            default -> inner.skip();
          }
        }
      }
    }
    return new AnswerEvent.Citation(Dialect.CHAT, url, title, quote, annotation);
  }

  private void open(Block kind, Consumer<AnswerEvent> out) {
    if (prose != NONE && proseKind.equals(kind)) {
      return;
    }
    close(out);
    prose = next++;
    proseKind = kind;
    thoughtIndex = NONE;
    thoughtSealed = false;
    thoughtMember = "";
    out.accept(new AnswerEvent.BlockBegun(prose, kind));
  }

  private void close(Consumer<AnswerEvent> out) {
    if (prose == NONE) {
      return;
    }
    if (!thoughtMember.isEmpty()) {
      out.accept(new AnswerEvent.Proven(prose, ChatDetail.ofMember(thoughtMember)));
    }
    out.accept(new AnswerEvent.BlockEnded(prose));
    prose = NONE;
  }

  /** The message is whole. */
  void end(Consumer<AnswerEvent> out) throws Untranslatable {
    close(out);
    calls.end(out);
  }
}
