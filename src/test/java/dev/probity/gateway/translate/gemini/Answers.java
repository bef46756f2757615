package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Usage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Answers, decoded and encoded. */
final class Answers {
  private Answers() {}

  /** What a stream of chunks says, ended properly. */
  static List<AnswerEvent> streamed(String... chunks) throws Exception {
    List<AnswerEvent> events = new ArrayList<>();
    AnswerDecoder decoder = new GeminiEventDecoder();
    for (String chunk : chunks) {
      decoder.event("", RawJson.of(chunk), events::add);
    }
    decoder.end(events::add);
    return events;
  }

  static List<AnswerEvent> whole(String document) throws Exception {
    List<AnswerEvent> events = new ArrayList<>();
    AnswerDecoder decoder = new GeminiDocumentDecoder();
    decoder.event("", RawJson.of(document), events::add);
    decoder.end(events::add);
    return events;
  }

  /** The chunks that a client gets. */
  static List<JsonNode> chunks(Usage usage, AnswerEvent... events) throws Untranslatable {
    JsonWriter out = new JsonWriter();
    AnswerEncoder encoder =
        new GeminiEventEncoder(frame(Operation.STREAM_GENERATE_CONTENT, true, usage));
    for (AnswerEvent event : events) {
      encoder.accept(event, out);
    }
    List<JsonNode> chunks = new ArrayList<>();
    for (String each : out.toString().split("\n\n", -1)) {
      if (each.startsWith("data: ")) {
        chunks.add(Requests.MAPPER.readTree(each.substring(6)));
      }
    }
    return chunks;
  }

  static JsonNode document(Operation asked, Usage usage, AnswerEvent... events)
      throws Untranslatable {
    JsonWriter out = new JsonWriter();
    AnswerEncoder encoder = new GeminiDocumentEncoder(frame(asked, false, usage));
    for (AnswerEvent event : events) {
      encoder.accept(event, out);
    }
    return Requests.MAPPER.readTree(out.toString());
  }

  static AnswerFrame frame(Operation asked, boolean stream, Usage usage) {
    return new AnswerFrame(
        new ExchangeId(1),
        asked,
        stream,
        RawJson.EMPTY_OBJECT,
        Requests.saying(),
        RawText.of("m"),
        0,
        new Counted(usage));
  }

  /** A reader that has read just this. */
  record Counted(Usage usage) implements AnswerReader {
    @Override
    public void accept(ByteBuf bytes) {}

    @Override
    public void finish() {}

    @Override
    public boolean usageIsFinal() {
      return true;
    }

    @Override
    public boolean sawContent() {
      return true;
    }

    @Override
    public long contentBytes() {
      return 0;
    }

    @Override
    public boolean complete() {
      return true;
    }

    @Override
    public String error() {
      return "";
    }

    @Override
    public String serviceTier() {
      return "";
    }
  }
}
