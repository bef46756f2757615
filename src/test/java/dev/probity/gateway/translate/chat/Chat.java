package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.upstream.simulated.rules.ChatRules;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Usage;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The translators of this package, shortly called. */
public final class Chat {
  public static final Usage USAGE = new Usage(30, 60, 7, 3, 30, 20, 0);

  private Chat() {}

  public static RawJson json(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return RawJson.check(bytes, 0, bytes.length).orElseThrow();
  }

  static Prompt decode(String body, Losses losses) throws Exception {
    return ChatRequestDecoder.INSTANCE.decode(json(body), losses);
  }

  /** A request with these messages and more members. */
  static String body(String messages, String... members) {
    StringBuilder out = new StringBuilder("{\"model\":\"m\",\"messages\":").append(messages);
    for (String member : members) {
      out.append(',').append(member);
    }
    return out.append('}').toString();
  }

  /** What OpenAI would get, which it must not refuse. */
  static String encode(Prompt prompt, boolean stream, Losses losses) throws Exception {
    JsonWriter out = new JsonWriter();
    ChatRequestEncoder.INSTANCE.encode(prompt, new Target("m", stream), out, losses);
    String body = out.toString();
    json(body);
    ChatRules.check(Trees.parse(body));
    return body;
  }

  static String encode(Prompt prompt) throws Exception {
    return encode(prompt, false, new Losses());
  }

  static Prompt prompt(List<Tool> tools, Turn... turns) {
    return new Prompt(
        List.of(),
        List.of(turns),
        tools,
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        Map.of(),
        Map.of());
  }

  static Part text(String plain) {
    return Part.Text.of(RawText.of(plain));
  }

  public static AnswerFrame frame(Operation asked, String request) {
    boolean stream = request.contains("\"stream\":true");
    return new AnswerFrame(
        new ExchangeId(77),
        asked,
        stream,
        json(request),
        prompt(List.of()),
        RawText.of("asked-model"),
        1_795_000_000L,
        new Counted());
  }

  public static String encode(AnswerEncoder encoder, List<AnswerEvent> events) throws Exception {
    JsonWriter out = new JsonWriter();
    for (AnswerEvent event : events) {
      encoder.accept(event, out);
    }
    return out.toString();
  }

  /** Has counted {@link #USAGE}. */
  private static final class Counted implements AnswerReader {
    @Override
    public void accept(ByteBuf bytes) {}

    @Override
    public void finish() {}

    @Override
    public Usage usage() {
      return USAGE;
    }

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
