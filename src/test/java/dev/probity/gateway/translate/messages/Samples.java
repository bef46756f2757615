package dev.probity.gateway.translate.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.AnswerReaders;
import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.upstream.simulated.rules.MessagesRules;
import dev.probity.kernel.ExchangeId;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers, and the ways through the neutral form. */
final class Samples {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Samples() {}

  static RawJson json(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return RawJson.check(bytes, 0, bytes.length).orElseThrow();
  }

  static JsonNode tree(Object json) {
    return MAPPER.readTree(json.toString());
  }

  static Prompt prompt(String body, Losses losses) throws Untranslatable, MalformedJson {
    return MessagesRequestDecoder.INSTANCE.decode(json(body), losses);
  }

  static Prompt prompt(String body) throws Untranslatable, MalformedJson {
    return prompt(body, new Losses());
  }

  /** A request such as a provider gets it, which keeps to Anthropic's rules. */
  static JsonNode sent(Prompt prompt, String model, Losses losses)
      throws Untranslatable, MalformedJson {
    JsonNode body = unruly(prompt, model, losses);
    MessagesRules.check(body);
    return body;
  }

  static JsonNode unruly(Prompt prompt, String model, Losses losses)
      throws Untranslatable, MalformedJson {
    JsonWriter out = new JsonWriter();
    MessagesRequestEncoder.INSTANCE.encode(prompt, new Target(model, false), out, losses);
    byte[] bytes = out.toString().getBytes(UTF_8);
    assert RawJson.check(bytes, 0, bytes.length).isPresent();
    return tree(out);
  }

  /** What a decoder tells, as copies. */
  static List<AnswerEvent> told(AnswerDecoder decoder, String... documents)
      throws Untranslatable, MalformedJson {
    List<AnswerEvent> told = new ArrayList<>();
    for (String document : documents) {
      decoder.event("", json(document), told::add);
    }
    decoder.end(told::add);
    return told;
  }

  /** How an answer is told to a client that asked like this. */
  static AnswerFrame frame(String request, boolean stream) throws Untranslatable, MalformedJson {
    return frame(request, stream, "{}");
  }

  /**
   * @param read what the provider said, in Anthropic's format, of its usage
   */
  static AnswerFrame frame(String request, boolean stream, String read)
      throws Untranslatable, MalformedJson {
    AnswerReader reader = AnswerReaders.forOperation(Operation.MESSAGE, false);
    reader.accept(Unpooled.wrappedBuffer(read.getBytes(UTF_8)));
    reader.finish();
    return new AnswerFrame(
        new ExchangeId(42),
        Operation.MESSAGE,
        stream,
        json(request),
        prompt(request),
        RawText.of("house-model"),
        1_795_000_000L,
        reader);
  }

  static String written(AnswerFrame frame, List<AnswerEvent> events) throws Untranslatable {
    var encoder =
        frame.stream() ? new MessagesEventEncoder(frame) : new MessagesDocumentEncoder(frame);
    StringBuilder all = new StringBuilder();
    for (AnswerEvent event : events) {
      JsonWriter out = new JsonWriter();
      encoder.accept(event, out);
      all.append(out);
    }
    return all.toString();
  }

  /** The frames of a stream, each with its name checked. */
  static List<JsonNode> frames(String stream) {
    List<JsonNode> frames = new ArrayList<>();
    for (String frame : stream.split("\n\n", -1)) {
      if (!frame.isEmpty()) {
        String[] lines = frame.split("\n", -1);
        JsonNode data = tree(lines[1].substring("data: ".length()));
        if (lines.length != 2 || !lines[0].equals("event: " + data.path("type").asString())) {
          throw new AssertionError(frame);
        }
        frames.add(data);
      }
    }
    return frames;
  }
}
