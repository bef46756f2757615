package dev.probity.gateway.translate.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.AnswerReaders;
import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.translate.Translators;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Usage;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Brings answers into bytes of a dialect and back out of them. */
final class Wire {
  private static final ExchangeId ID = new ExchangeId(1);

  private Wire() {}

  /** An answer as its bytes. */
  record Bytes(Dialect dialect, boolean stream, byte[] bytes) {
    Usage usage() {
      return read().usage();
    }

    private AnswerReader read() {
      AnswerReader reader = AnswerReaders.forOperation(operation(dialect, stream), stream);
      reader.accept(Unpooled.wrappedBuffer(bytes));
      reader.finish();
      return reader;
    }

    boolean complete() {
      return read().complete();
    }
  }

  static Operation operation(Dialect dialect, boolean stream) {
    return switch (dialect) {
      case CHAT -> Operation.CHAT_COMPLETION;
      case RESPONSES -> Operation.RESPONSE;
      case MESSAGES -> Operation.MESSAGE;
      case GEMINI -> stream ? Operation.STREAM_GENERATE_CONTENT : Operation.GENERATE_CONTENT;
    };
  }

  private static String request(Dialect dialect) {
    return switch (dialect) {
      case CHAT ->
          "{\"model\":\"m\",\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      case RESPONSES ->
          "{\"model\":\"m\",\"include\":[\"reasoning.encrypted_content\"],\"input\":\"hi\"}";
      case MESSAGES ->
          "{\"model\":\"m\",\"max_tokens\":9000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      case GEMINI ->
          "{\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
    };
  }

  static Bytes encode(Dialect dialect, boolean stream, List<AnswerEvent> events, Usage usage)
      throws Exception {
    RawJson request = RawJson.of(request(dialect));
    Operation asked = operation(dialect, stream);
    AnswerFrame frame =
        new AnswerFrame(
            ID,
            asked,
            stream,
            request,
            Translators.requestDecoder(asked).decode(request, new Losses()),
            RawText.of("m"),
            1_700_000_000,
            new KnownUsage(usage));
    AnswerEncoder encoder = Translators.answerEncoder(frame);
    JsonWriter out = new JsonWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (AnswerEvent event : events) {
      encoder.accept(event, out);
      bytes.write(out.toString().getBytes(UTF_8));
      out.clear();
    }
    return new Bytes(dialect, stream, bytes.toByteArray());
  }

  static List<AnswerEvent> decode(Bytes answer) throws Exception {
    AnswerDecoder decoder = Translators.answerDecoder(answer.dialect, answer.stream);
    List<AnswerEvent> events = new ArrayList<>();
    if (!answer.stream) {
      decoder.event(
          "", RawJson.check(answer.bytes, 0, answer.bytes.length).orElseThrow(), events::add);
    } else {
      for (Frame frame : frames(answer)) {
        if (!frame.data.equals("[DONE]")) {
          decoder.event(frame.name, RawJson.of(frame.data), events::add);
        }
      }
    }
    decoder.end(events::add);
    return events;
  }

  /** An event of a stream; a whole document is one without a name. */
  record Frame(String name, String data) {}

  static List<Frame> frames(Bytes answer) {
    if (!answer.stream) {
      return List.of(new Frame("", new String(answer.bytes, UTF_8)));
    }
    byte[] bytes = answer.bytes;
    List<Frame> frames = new ArrayList<>();
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    EventStreamSplitter[] splitter = new EventStreamSplitter[1];
    splitter[0] =
        new EventStreamSplitter(
            new EventStreamSplitter.Sink() {
              @Override
              public void data(byte[] from, int start, int end) {
                gathered.write(from, start, end - start);
              }

              @Override
              public void event() {
                frames.add(new Frame(splitter[0].eventName(), gathered.toString(UTF_8)));
                gathered.reset();
              }
            });
    splitter[0].feed(bytes, 0, bytes.length);
    splitter[0].finish();
    return frames;
  }

  /** Says one count, as if it had been read. */
  private record KnownUsage(Usage usage) implements AnswerReader {
    @Override
    public void accept(io.netty.buffer.ByteBuf bytes) {}

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
      return 1;
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
