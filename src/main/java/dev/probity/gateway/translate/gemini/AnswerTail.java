package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent.Begun;
import dev.probity.gateway.neutral.AnswerEvent.Citation;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;

/** What stands around the parts of an answer, the same in a stream and in a document. */
final class AnswerTail {
  private static final int MOST_SOURCES = 256;

  private final AnswerFrame frame;
  private final List<Citation> sources = new ArrayList<>(0);
  private RawText id;
  private RawText model;
  private StopReason reason = StopReason.END;

  AnswerTail(AnswerFrame frame) {
    this.frame = frame;
    this.id = RawText.of(frame.name("resp_"));
    this.model = frame.model();
  }

  void begun(Begun begun) {
    if (!begun.id().isEmpty()) {
      id = begun.id().copy();
    }
    if (!begun.model().isEmpty()) {
      model = begun.model().copy();
    }
  }

  void stopped(StopReason why) {
    reason = why;
  }

  void cited(Citation citation) {
    if (sources.size() < MOST_SOURCES
        && (citation.url().isPresent() || citation.title().isPresent())) {
      sources.add(
          new Citation(
              citation.origin(),
              citation.url().map(RawText::copy),
              citation.title().map(RawText::copy),
              citation.quote().map(RawText::copy),
              citation.citation().copy()));
    }
  }

  /** Begins a chunk up to its parts. */
  static void begin(JsonWriter out) {
    out.beginObject().name("candidates").beginArray().beginObject();
    out.name("content").beginObject().name("parts").beginArray();
  }

  /**
   * Ends it.
   *
   * @param last whether nothing follows
   */
  void end(JsonWriter out, boolean last) {
    out.endArray().member("role", "model").endObject();
    if (last) {
      out.member("finishReason", finishReason());
    }
    out.member("index", 0);
    if (last && !sources.isEmpty()) {
      grounding(out);
    }
    out.endObject().endArray();
    if (last) {
      usage(out);
    }
    out.member("modelVersion", model).member("responseId", id).endObject();
  }

  private String finishReason() {
    return switch (reason) {
      case END, TOOL_CALLS, STOP_SEQUENCE, PAUSED -> "STOP";
      case MAX_TOKENS, CONTEXT_FULL -> "MAX_TOKENS";
      case DECLINED -> "SAFETY";
    };
  }

  private void grounding(JsonWriter out) {
    out.name("groundingMetadata").beginObject().name("groundingChunks").beginArray();
    for (Citation source : sources) {
      out.beginObject().name(source.url().isPresent() ? "web" : "retrievedContext").beginObject();
      source.url().ifPresent(url -> out.member("uri", url));
      source.title().ifPresent(title -> out.member("title", title));
      if (source.url().isEmpty()) {
        source.quote().ifPresent(quote -> out.member("text", quote));
      }
      out.endObject().endObject();
    }
    out.endArray().endObject();
  }

  /** Google's count: the prompt has what was cached in it, the candidates have no thoughts. */
  private void usage(JsonWriter out) {
    Usage usage = frame.read().usage();
    if (usage.equals(Usage.NONE)) {
      return;
    }
    out.name("usageMetadata").beginObject();
    out.member("promptTokenCount", usage.input() - usage.toolPrompt());
    out.member("candidatesTokenCount", usage.outputText());
    out.member("totalTokenCount", usage.total());
    if (usage.cacheRead() > 0) {
      out.member("cachedContentTokenCount", usage.cacheRead());
    }
    if (usage.outputReasoning() > 0) {
      out.member("thoughtsTokenCount", usage.outputReasoning());
    }
    if (usage.toolPrompt() > 0) {
      out.member("toolUsePromptTokenCount", usage.toolPrompt());
    }
    out.endObject();
  }
}
