package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the model says: texts and refusals that follow one another. */
final class MessageItem extends OutputItem {
  private final List<Content> parts = new ArrayList<>(1);
  private boolean closed;

  /** Whether something else has begun, so that no part will follow. */
  private boolean last;

  /** A part of the message. */
  static final class Content {
    private final int index;
    private final boolean declined;
    private final Told told = new Told();
    private final List<RawJson> annotations = new ArrayList<>(0);
    private final List<Citation> citations = new ArrayList<>(0);
    private RawJson whole = RawText.EMPTY.quoted();
    private boolean ended;

    private Content(int index, boolean declined) {
      this.index = index;
      this.declined = declined;
    }
  }

  MessageItem(Output output) {
    super(output, "msg_");
  }

  Content begin(boolean declined, JsonWriter out) {
    open(out);
    Content part = new Content(parts.size(), declined);
    parts.add(part);
    part(part, "response.content_part.added", out);
    return part;
  }

  void piece(Content part, RawText piece, JsonWriter out) {
    part.told.add(piece);
    if (!frames().areWanted()) {
      return;
    }
    event(part.declined ? "response.refusal.delta" : "response.output_text.delta", out)
        .member("content_index", part.index)
        .member("delta", piece);
    logprobs(part, out);
    frames().end(out);
  }

  void cite(Content part, Citation citation) {
    part.citations.add(
        new Citation(
            citation.origin(),
            citation.url().map(RawText::copy),
            citation.title().map(RawText::copy),
            Optional.empty(),
            citation.citation().copy()));
  }

  /** A part is whole. */
  void end(Content part, JsonWriter out) {
    if (part.ended) {
      return;
    }
    part.ended = true;
    part.whole = part.told.whole();
    for (Citation citation : part.citations) {
      annotate(part, citation, out);
    }
    if (frames().areWanted()) {
      event(part.declined ? "response.refusal.done" : "response.output_text.done", out)
          .member("content_index", part.index)
          .member(part.declined ? "refusal" : "text", part.whole);
      logprobs(part, out);
      frames().end(out);
    }
    part(part, "response.content_part.done", out);
    if (last) {
      closeIfWhole(COMPLETED, out);
    }
  }

  private static void logprobs(Content part, JsonWriter out) {
    if (!part.declined) {
      out.member("logprobs", RawJson.EMPTY_ARRAY);
    }
  }

  /** Another vendor's citation speaks of the whole part. */
  private void annotate(Content part, Citation citation, JsonWriter out) {
    RawJson annotation;
    if (citation.origin() == Dialect.RESPONSES) {
      annotation = citation.citation();
    } else if (citation.url().isPresent()) {
      String text = part.whole.text().orElse(RawText.EMPTY).plain();
      annotation =
          new JsonWriter()
              .beginObject()
              .member("type", "url_citation")
              .member("start_index", 0)
              .member("end_index", text.codePointCount(0, text.length()))
              .member("url", citation.url().get())
              .member("title", citation.title().orElse(RawText.EMPTY))
              .endObject()
              .toJson();
    } else {
      return;
    }
    if (part.annotations.contains(annotation)) {
      return;
    }
    part.annotations.add(annotation);
    if (frames().areWanted()) {
      event("response.output_text.annotation.added", out)
          .member("content_index", part.index)
          .member("annotation_index", part.annotations.size() - 1)
          .member("annotation", annotation);
      frames().end(out);
    }
  }

  private void part(Content part, String type, JsonWriter out) {
    if (frames().areWanted()) {
      event(type, out).member("content_index", part.index).name("part");
      write(part, out);
      frames().end(out);
    }
  }

  private static void write(Content part, JsonWriter out) {
    out.beginObject().member("type", part.declined ? "refusal" : "output_text");
    if (part.declined) {
      out.member("refusal", part.whole);
    } else {
      out.member("text", part.whole).name("annotations").beginArray();
      part.annotations.forEach(out::value);
      out.endArray();
      logprobs(part, out);
    }
    out.endObject();
  }

  /** No more parts will begin. */
  void seal(JsonWriter out) {
    last = true;
    closeIfWhole(COMPLETED, out);
  }

  /** The answer is over. */
  void finish(String status, JsonWriter out) {
    for (Content part : parts) {
      end(part, out);
    }
    closeIfWhole(status, out);
  }

  private void closeIfWhole(String status, JsonWriter out) {
    if (closed) {
      return;
    }
    for (Content part : parts) {
      if (!part.ended) {
        return;
      }
    }
    closed = true;
    close(status, out);
  }

  @Override
  void write(String status, JsonWriter out) {
    out.member("type", "message")
        .member("status", status)
        .member("role", "assistant")
        .name("content")
        .beginArray();
    if (!status.equals(IN_PROGRESS)) {
      parts.forEach(part -> write(part, out));
    }
    out.endArray();
  }
}
