package dev.probity.gateway.translate.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Usage;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers, there and back. */
final class Responses {
  static final Usage USAGE = new Usage(30, 60, 10, 0, 30, 20, 0);
  private static final JsonMapper MAPPER = new JsonMapper();

  private Responses() {}

  static JsonNode tree(String json) {
    return MAPPER.readTree(json);
  }

  static Prompt decode(String body, Losses losses) throws Untranslatable, MalformedJson {
    return ResponsesRequestDecoder.INSTANCE.decode(RawJson.of(body), losses);
  }

  static Prompt decode(String body) throws Untranslatable, MalformedJson {
    return decode(body, new Losses());
  }

  static String encode(Prompt prompt, Losses losses) throws Untranslatable, MalformedJson {
    return encode(prompt, "gpt-6", losses);
  }

  static String encode(Prompt prompt, String model, Losses losses)
      throws Untranslatable, MalformedJson {
    JsonWriter out = new JsonWriter();
    ResponsesRequestEncoder.INSTANCE.encode(prompt, new Target(model, true), out, losses);
    return out.toString();
  }

  static AnswerFrame frame(String request, boolean stream) throws Untranslatable, MalformedJson {
    return new AnswerFrame(
        new ExchangeId(1L << 50),
        Operation.RESPONSE,
        stream,
        RawJson.of(request),
        decode(request),
        RawText.of("my-model"),
        1_700_000_000,
        new Counted(USAGE));
  }

  /** What a client gets for these events, as text. */
  static String written(AnswerEncoder encoder, List<AnswerEvent> events) throws Untranslatable {
    JsonWriter out = new JsonWriter();
    for (AnswerEvent event : events) {
      encoder.accept(event, out);
    }
    return out.toString();
  }

  /** An event of a stream. */
  record Sent(String name, RawJson data) {
    JsonNode json() {
      return tree(data.toString());
    }
  }

  static List<Sent> events(String stream) {
    List<Sent> events = new ArrayList<>();
    EventStreamSplitter[] self = new EventStreamSplitter[1];
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    self[0] =
        new EventStreamSplitter(
            new EventStreamSplitter.Sink() {
              @Override
              public void data(byte[] bytes, int from, int to) {
                data.write(bytes, from, to - from);
              }

              @Override
              public void event() {
                events.add(new Sent(self[0].eventName(), RawJson.of(data.toString(UTF_8))));
                data.reset();
              }
            });
    byte[] bytes = stream.getBytes(UTF_8);
    self[0].feed(bytes, 0, bytes.length);
    self[0].finish();
    return events;
  }

  /** What a provider's stream tells, each event made a text that can be compared. */
  static List<String> told(String stream) throws Untranslatable, MalformedJson {
    AnswerDecoder decoder = new ResponsesEventDecoder();
    List<String> told = new ArrayList<>();
    for (Sent sent : events(stream)) {
      decoder.event(sent.name, sent.data, event -> told.add(event.toString()));
    }
    decoder.end(event -> told.add(event.toString()));
    return told;
  }

  static List<String> toldWhole(String document) throws Untranslatable, MalformedJson {
    AnswerDecoder decoder = new ResponsesDocumentDecoder();
    List<String> told = new ArrayList<>();
    decoder.event("", RawJson.of(document), event -> told.add(event.toString()));
    decoder.end(event -> told.add(event.toString()));
    return told;
  }

  /** An answer that has used so much. */
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
      return "standard";
    }
  }
}
