package dev.probity.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.openai.UsageChunkFilter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * How much CPU reading takes; run by hand: {@code java -cp target/test-classes:target/classes:...
 * dev.probity.gateway.ReadingBench [part of a name]}. Prints the best and the median of several
 * rounds and the bytes allocated per run.
 */
final class ReadingBench {
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 300_000_000;

  private static int sink;
  private static String only = "";

  private ReadingBench() {}

  public static void main(String[] args) {
    only = args.length > 0 ? args[0] : "";
    String small = request(800, "Tell me, please, what the weather is like today. ");
    String large = request(60_000, "The quick brown fox jumps over the lazy dog, and again. ");
    String code = request(60_000, "  if (a < b) {\\n    return \\\"x\\\";\\n  }\\n");
    String chinese = request(60_000, "敏捷的棕色狐狸跳过了懒狗。");
    scan("scan 1 KB request", small);
    scan("scan 60 KB request, prose", large);
    scan("scan 60 KB request, code", code);
    scan("scan 60 KB request, Chinese", chinese);
    scan("scan 60 KB embeddings", embeddings(60_000));
    requests("read 1 KB request (direct buffer)", small);
    requests("read 60 KB request (direct buffer)", large);
    String stream = stream();
    answers("read chat stream, " + stream.length() + " B, 62 frames, one piece", stream, 1);
    answers("read chat stream, 62 pieces", stream, 62);
    filter("filter chat stream, one piece", stream, 1);
    filter("filter chat stream, 62 pieces", stream, 62);
    System.out.println(sink);
  }

  private static String request(int bytes, String text) {
    var out = new StringBuilder("{\"model\":\"gpt-5-mini\",\"messages\":[");
    out.append("{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"}");
    int each = Math.max(400, bytes / 20);
    while (out.toString().getBytes(UTF_8).length < bytes) {
      int count = Math.max(1, each / text.getBytes(UTF_8).length);
      out.append(",{\"role\":\"user\",\"content\":\"").append(text.repeat(count)).append("\"}");
    }
    out.append("],\"temperature\":0.7,\"max_tokens\":1024,\"stream\":true,");
    return out.append("\"stream_options\":{\"include_usage\":true},\"user\":\"u-1\"}").toString();
  }

  private static String embeddings(int bytes) {
    var out = new StringBuilder("{\"data\":[{\"embedding\":[0.1");
    while (out.length() < bytes) {
      out.append(",-0.0123456").append(out.length() % 10);
    }
    return out.append("]}]}").toString();
  }

  private static String stream() {
    var out = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      out.append("data: {\"id\":\"chatcmpl-CYPS1lijGoK8gd9lYzY3r9Sx50nbt\",")
          .append("\"object\":\"chat.completion.chunk\",\"created\":1762317021,")
          .append(
              "\"model\":\"gpt-5-mini\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},")
          .append("\"finish_reason\":null}]}\n\n");
    }
    return out.append(ChatSamples.chunk("\"choices\":[]," + ChatSamples.USAGE))
        .append("data: [DONE]\n\n")
        .toString();
  }

  private static void scan(String name, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    JsonPaths paths =
        JsonPaths.of(
            "model",
            "stream",
            "stream_options.include_usage",
            "service_tier",
            "max_tokens",
            "prompt_cache_key");
    var scanner = new JsonScanner(paths, 256);
    measure(
        name,
        bytes.length,
        () -> {
          scanner.reset();
          if (!scanner.feed(bytes, 0, bytes.length) || !scanner.finish()) {
            throw new IllegalStateException(scanner.reason());
          }
          return (int) scanner.end(JsonPaths.ROOT);
        });
  }

  private static void requests(String name, String text) {
    ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(text.getBytes(UTF_8));
    RequestReader reader = new RequestReaders(256).forOperation(Operation.CHAT_COMPLETION);
    measure(name, body.readableBytes(), () -> reader.read(body) instanceof RequestFacts ? 1 : 0);
  }

  private static ByteBuf[] pieces(String text, int count) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteBuf[] pieces = new ByteBuf[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) bytes.length * i / count);
      int to = (int) ((long) bytes.length * (i + 1) / count);
      pieces[i] = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes, from, to - from);
    }
    return pieces;
  }

  private static void answers(String name, String text, int count) {
    ByteBuf[] pieces = pieces(text, count);
    measure(
        name,
        text.length(),
        () -> {
          AnswerReader reader = AnswerReaders.forOperation(Operation.CHAT_COMPLETION, true);
          for (ByteBuf piece : pieces) {
            reader.accept(piece);
          }
          reader.finish();
          return (int) reader.usage().total();
        });
  }

  private static void filter(String name, String text, int count) {
    ByteBuf[] pieces = pieces(text, count);
    ByteBuf out = Unpooled.directBuffer(text.length());
    measure(
        name,
        text.length(),
        () -> {
          var filter = new UsageChunkFilter();
          out.clear();
          for (ByteBuf piece : pieces) {
            filter.accept(piece, out);
          }
          filter.finish(out);
          return out.readableBytes();
        });
  }

  private static void measure(String name, int bytes, IntSupplier work) {
    if (!name.contains(only)) {
      return;
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] each = new double[ROUNDS];
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      long runs = 0;
      while (threads.getCurrentThreadCpuTime() - start < ROUND_NANOS) {
        for (int i = 0; i < 200; i++) {
          sink += work.getAsInt();
        }
        runs += 200;
      }
      each[round] = (double) (threads.getCurrentThreadCpuTime() - start) / runs;
      allocated = (threads.getCurrentThreadAllocatedBytes() - before) / runs;
    }
    java.util.Arrays.sort(each, 3, ROUNDS);
    double best = each[3];
    double median = each[(ROUNDS + 3) / 2];
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-52s best %9.2f us  median %9.2f us  %5.2f GB/s  %6d B allocated",
            name,
            best / 1000,
            median / 1000,
            bytes / best,
            allocated));
  }
}
