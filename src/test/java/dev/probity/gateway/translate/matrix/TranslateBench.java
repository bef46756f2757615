package dev.probity.gateway.translate.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.AnswerReaders;
import dev.probity.gateway.Dialect;
import dev.probity.gateway.RequestReaders;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.request.RequestReader;
import dev.probity.gateway.translate.AnswerTranslation;
import dev.probity.gateway.translate.CallTranslation;
import dev.probity.gateway.translate.Translators;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a translation costs, next to passing the same bytes on: {@code ./probity bench translate}.
 * Requests and events by the processor time of one thread; whole streams by that of the gateway's
 * own threads, sockets and all ({@link StreamBench}).
 */
final class TranslateBench {
  private static final int ROUNDS = 9;
  private static final int WARM_UP = 3;
  private static final long ROUND_NANOS = 150_000_000;
  private static final int PIECES = 60;
  private static long sink;

  private TranslateBench() {}

  /** Something to do again and again; what it returns keeps it from being left out. */
  @FunctionalInterface
  interface Work {
    long run() throws Exception;
  }

  /** Of one run: processor time in microseconds, and bytes allocated. */
  record Cost(double median, double least, double most, long bytes) {
    String text() {
      return String.format(Locale.ROOT, "%.1f [%.1f..%.1f] µs, %,d B", median, least, most, bytes);
    }
  }

  /**
   * @param args the page to write to; none to print only
   */
  public static void main(String[] args) throws Exception {
    StringBuilder out = new StringBuilder();
    out.append("## Translation\n\nMeasured ")
        .append(
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now()))
        .append(" UTC with `./probity bench translate`, ")
        .append(ROUNDS - WARM_UP)
        .append(" repetitions; median [least..greatest] of processor time, and bytes allocated. ")
        .append("Java ")
        .append(System.getProperty("java.vm.version"))
        .append(", ")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" cores.\n");
    double largest = requests(out);
    events(out);
    double ratio = StreamBench.run(out);
    out.append("\n| Target | Measured | |\n|---|---|---|\n");
    target(out, "A translated 60 KB request ≤ 300 µs", "%.0f µs", largest, largest <= 300);
    target(
        out,
        "A translated 60-chunk stream ≤ 2 × the same stream passed on",
        "%.2f ×",
        ratio,
        ratio <= 2);
    System.out.println(out);
    if (args.length > 0) {
      BenchPage.replaceSection(Path.of(args[0]), "translate", out.toString());
      System.out.println("Written to " + args[0] + ".");
    }
    System.err.println(sink == 42 ? "" : "done");
  }

  private static void target(
      StringBuilder out, String name, String format, double value, boolean met) {
    out.append("| ").append(name).append(", the dearest pair | ");
    out.append(String.format(Locale.ROOT, format, value));
    out.append(met ? " | met |\n" : " | **missed** |\n");
  }

  private static double requests(StringBuilder out) throws Exception {
    double largest = 0;
    for (int size : new int[] {1_000, 60_000}) {
      out.append("\n### A request of ").append(size / 1000).append(" KB\n\n");
      out.append("Reading model, stream and the like is part of both; a translated one is read");
      out.append(" into the neutral form and written anew.\n\n");
      header(out, "client");
      for (Dialect client : Dialect.values()) {
        byte[] body = request(client, size);
        out.append("| ").append(client.text()).append(" |");
        for (Dialect provider : Dialect.values()) {
          Cost cost =
              measure(client == provider ? scan(client, body) : translate(client, provider, body));
          if (client != provider && size == 60_000) {
            largest = Math.max(largest, cost.median);
          }
          out.append(' ').append(cost.text()).append(" |");
        }
        out.append('\n');
      }
    }
    return largest;
  }

  private static void header(StringBuilder out, String corner) {
    out.append("| ").append(corner).append(" |");
    for (Dialect provider : Dialect.values()) {
      out.append(" to ").append(provider.text()).append(" |");
    }
    out.append("\n|---|---|---|---|---|\n");
  }

  private static byte[] request(Dialect client, int size) throws Exception {
    Prompts prompts =
        new Prompts()
            .instruct("You are a helpful assistant.")
            .tool(
                Prompts.function(
                    "weather",
                    "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"));
    String sentence = "  if (a < b) {\\n    return \\\"the quick brown fox\\\";\\n  }\\n";
    int turns = Math.max(1, size / 3_000);
    int each = (size - 500) / turns;
    for (int i = 0; i < turns; i++) {
      String text = sentence.repeat(Math.max(1, each / sentence.length()));
      prompts.turn(i % 2 == 0 ? Prompts.user(text) : Prompts.assistant(text));
    }
    if (turns % 2 == 0) {
      prompts.turn(Prompts.user("And now?"));
    }
    JsonWriter out = new JsonWriter();
    Translators.requestEncoder(client)
        .encode(prompts.build(), new Target("m", true), out, new Losses());
    return out.toString().getBytes(UTF_8);
  }

  private static Work scan(Dialect client, byte[] body) {
    RequestReader reader = new RequestReaders(256).forOperation(Wire.operation(client, true));
    ByteBuf buffer = Unpooled.directBuffer(body.length).writeBytes(body);
    return () -> reader.read(buffer).hashCode();
  }

  private static Work translate(Dialect client, Dialect provider, byte[] body) {
    Work scan = scan(client, body);
    JsonWriter out = new JsonWriter();
    ByteBuf buffer = Unpooled.directBuffer(body.length).writeBytes(body);
    return () -> {
      sink += scan.run();
      byte[] copy = new byte[body.length];
      buffer.getBytes(0, copy);
      out.clear();
      Prompt prompt =
          Translators.requestDecoder(Wire.operation(client, true))
              .decode(RawJson.of(copy, 0, copy.length), new Losses());
      Translators.requestEncoder(provider).encode(prompt, new Target("m", true), out, new Losses());
      return out.size();
    };
  }

  private static void events(StringBuilder out) throws Exception {
    out.append("\n### An event of a stream\n\nOne of ").append(PIECES);
    out.append(" pieces of text; the diagonal is the reading alone that every stream gets.\n\n");
    header(out, "client");
    for (Dialect client : Dialect.values()) {
      out.append("| ").append(client.text()).append(" |");
      for (Dialect provider : Dialect.values()) {
        Cost whole = measure(stream(client, provider));
        out.append(' ')
            .append(
                new Cost(
                        whole.median / PIECES,
                        whole.least / PIECES,
                        whole.most / PIECES,
                        whole.bytes / PIECES)
                    .text())
            .append(" |");
      }
      out.append('\n');
    }
  }

  /** The pieces of text that the streams are made of. */
  static List<AnswerEvent> said() {
    List<AnswerEvent> events = new ArrayList<>();
    events.add(new AnswerEvent.Begun(RawText.of("a1"), RawText.of("m")));
    events.add(new AnswerEvent.BlockBegun(0, AnswerEvent.TEXT));
    for (int i = 0; i < PIECES; i++) {
      events.add(new AnswerEvent.TextPiece(0, RawText.of(" word" + i)));
    }
    events.add(new AnswerEvent.BlockEnded(0));
    events.add(new AnswerEvent.Stopped(AnswerEvent.StopReason.END, Optional.empty()));
    events.add(AnswerEvent.ENDED);
    return events;
  }

  private static Work stream(Dialect client, Dialect provider) throws Exception {
    Wire.Bytes bytes = Wire.encode(provider, true, said(), new Usage(10, 5, 0, 0, 60, 0, 0));
    ByteBuf buffer = Unpooled.directBuffer(bytes.bytes().length).writeBytes(bytes.bytes());
    List<Wire.Frame> frames = Wire.frames(bytes);
    List<RawJson> data = frames.stream().map(frame -> RawJson.of(frame.data())).toList();
    RawJson request = RawJson.of(new String(request(client, 1_000), UTF_8));
    Translators.Asked asked =
        new Translators.Asked(
            ExchangeId.firstAt(1_800_000_000_000L),
            Wire.operation(client, true),
            request,
            RawText.of("m"),
            true,
            1_800_000_000L);
    JsonWriter out = new JsonWriter();
    return () -> {
      AnswerReader reader = AnswerReaders.forOperation(Wire.operation(provider, true), true);
      reader.accept(buffer);
      reader.finish();
      if (client == provider) {
        return reader.usage().total();
      }
      out.clear();
      CallTranslation call = Translators.of(asked);
      call.request(Wire.operation(provider, true), new Target("m", true), out, new Losses());
      AnswerTranslation answer = call.answer(Wire.operation(provider, true), true, reader);
      for (int i = 0; i < frames.size(); i++) {
        if (data.get(i).isObject()) {
          out.clear();
          answer.event(frames.get(i).name(), data.get(i), out);
        }
      }
      answer.end(out);
      return out.size();
    };
  }

  private static Cost measure(Work work) throws Exception {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] each = new double[ROUNDS];
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      long runs = 0;
      while (threads.getCurrentThreadCpuTime() - start < ROUND_NANOS) {
        for (int i = 0; i < 50; i++) {
          sink += work.run();
        }
        runs += 50;
      }
      each[round] = (threads.getCurrentThreadCpuTime() - start) / 1000.0 / runs;
      allocated = (threads.getCurrentThreadAllocatedBytes() - before) / runs;
    }
    double[] counted = Arrays.copyOfRange(each, WARM_UP, ROUNDS);
    Arrays.sort(counted);
    return new Cost(
        counted[counted.length / 2], counted[0], counted[counted.length - 1], allocated);
  }

  /** The page that results are kept in; each bench owns what stands between its two markers. */
  private static final class BenchPage {
    static void replaceSection(Path page, String bench, String text) throws IOException {
      String begin = "<!-- bench " + bench + ": begin -->";
      String end = "<!-- bench " + bench + ": end -->";
      String before = Files.readString(page);
      int from = before.indexOf(begin);
      int to = before.indexOf(end);
      String section = begin + "\n" + text.strip() + "\n" + end;
      Files.writeString(
          page,
          from >= 0 && to > from
              ? before.substring(0, from) + section + before.substring(to + end.length())
              : before.stripTrailing() + "\n\n" + section + "\n");
    }
  }
}
