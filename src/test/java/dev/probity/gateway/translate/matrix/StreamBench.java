package dev.probity.gateway.translate.matrix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.translate.Translators;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whole streams through the gateway, from socket to socket: a provider that answers every request
 * with the same sixty pieces, each in a write of its own, and clients that ask again at once. Only
 * the processor time of the gateway's event loops counts.
 */
final class StreamBench {
  private static final int CLIENTS = 8;
  private static final int STREAMS = 250;
  private static final int REPETITIONS = 7;
  private static final int WARM_UP = 2;

  private StreamBench() {}

  /** Writes its table; returns the greatest ratio of a translated stream to one passed on. */
  static double run(StringBuilder out) throws Exception {
    out.append("\n### A stream of sixty pieces, socket to socket\n\n");
    out.append("Processor time of the gateway's event loops for one stream, and how many times");
    out.append(" that of the same provider's stream passed on unchanged.\n\n");
    out.append("| client |");
    for (Dialect provider : Dialect.values()) {
      out.append(" from ").append(provider.text()).append(" |");
    }
    out.append("\n|---|---|---|---|---|\n");
    Map<Dialect, Map<Dialect, double[]>> costs = new EnumMap<>(Dialect.class);
    for (Dialect client : Dialect.values()) {
      costs.put(client, new EnumMap<>(Dialect.class));
    }
    for (Dialect provider : Dialect.values()) {
      measure(provider, costs);
    }
    double greatest = 0;
    for (Dialect client : Dialect.values()) {
      out.append("| ").append(client.text()).append(" |");
      for (Dialect provider : Dialect.values()) {
        double[] own = costs.get(client).get(provider);
        double ratio = median(own) / median(costs.get(provider).get(provider));
        greatest = client == provider ? greatest : Math.max(greatest, ratio);
        out.append(
            String.format(
                Locale.ROOT,
                " %.0f [%.0f..%.0f] µs, %.2f × |",
                median(own),
                own[0],
                own[own.length - 1],
                ratio));
      }
      out.append('\n');
    }
    return greatest;
  }

  private static void measure(Dialect provider, Map<Dialect, Map<Dialect, double[]>> costs)
      throws Exception {
    byte[] body =
        Wire.encode(provider, true, TranslateBench.said(), new Usage(10, 5, 0, 0, 60, 0, 0))
            .bytes();
    try (Upstream upstream = new Upstream(body);
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("d", kind(provider), upstream.url(provider), provider)
                .start()) {
      Map<Dialect, double[]> each = new EnumMap<>(Dialect.class);
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        for (Dialect client : Dialect.values()) {
          double cost = streams(gateway.port(), client);
          if (repetition >= WARM_UP) {
            each.computeIfAbsent(client, _ -> new double[REPETITIONS - WARM_UP])[
                    repetition - WARM_UP] =
                cost;
          }
        }
      }
      each.forEach((client, all) -> {
        Arrays.sort(all);
        costs.get(client).put(provider, all);
      });
    }
  }

  private static Provider kind(Dialect provider) {
    return switch (provider) {
      case CHAT -> Provider.OPENAI_COMPATIBLE;
      case RESPONSES -> Provider.OPENAI;
      case MESSAGES -> Provider.ANTHROPIC;
      case GEMINI -> Provider.GEMINI;
    };
  }

  /** Microseconds of the gateway's threads for one stream. */
  private static double streams(int port, Dialect client) throws Exception {
    byte[] request = request(client, port);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    long before = loopNanos();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(
          Thread.ofPlatform()
              .name("bench-client")
              .start(() -> {
                try {
                  ask(port, request);
                } catch (IOException | RuntimeException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IOException(failures.getFirst());
    }
    return (loopNanos() - before) / 1000.0 / (CLIENTS * STREAMS);
  }

  private static long loopNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith("loop-")) {
        sum += threads.getThreadCpuTime(id);
      }
    }
    return sum;
  }

  private static byte[] request(Dialect client, int port) throws Exception {
    JsonWriter out = new JsonWriter();
    Translators.requestEncoder(client)
        .encode(
            new Prompts().turn(Prompts.user("Hello ".repeat(150))).build(),
            new Target("m", true),
            out,
            new Losses());
    String path =
        switch (client) {
          case CHAT -> "/v1/chat/completions";
          case RESPONSES -> "/v1/responses";
          case MESSAGES -> "/v1/messages";
          case GEMINI -> "/v1beta/models/m:streamGenerateContent?alt=sse";
        };
    byte[] body = out.toString().getBytes(UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nhost: 127.0.0.1:"
            + port
            + "\r\nauthorization: Bearer "
            + GatewayFixture.KEY
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length
            + "\r\n\r\n";
    byte[] all = Arrays.copyOf(head.getBytes(US_ASCII), head.length() + body.length);
    System.arraycopy(body, 0, all, head.length(), body.length);
    return all;
  }

  private static void ask(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int i = 0; i < STREAMS; i++) {
        socket.getOutputStream().write(request);
        String status = line(in);
        if (!status.contains(" 200 ")) {
          throw new IOException(status + new String(in.readNBytes(600), UTF_8));
        }
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          if (line.startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        if (length >= 0) {
          // All of it came with one read of the gateway's.
          in.skipNBytes(length);
          continue;
        }
        for (int size = chunk(in); size > 0; size = chunk(in)) {
          in.skipNBytes(size + 2L);
        }
        line(in);
      }
    }
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the gateway closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  /** Answers every request with the same stream, event by event. */
  private static final class Upstream implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final List<byte[]> writes = new ArrayList<>();

    Upstream(byte[] body) throws IOException {
      writes.add(
          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
              .getBytes(US_ASCII));
      for (String event : new String(body, UTF_8).split("(?<=\n\n)")) {
        byte[] bytes = event.getBytes(UTF_8);
        writes.add((Integer.toHexString(bytes.length) + "\r\n" + event + "\r\n").getBytes(UTF_8));
      }
      writes.add("0\r\n\r\n".getBytes(US_ASCII));
      Thread.ofPlatform().daemon().name("bench-upstream").start(this::accept);
    }

    URI url(Dialect dialect) {
      String base = "http://127.0.0.1:" + server.getLocalPort();
      return URI.create(
          dialect == Dialect.CHAT || dialect == Dialect.RESPONSES ? base + "/v1" : base);
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = server.accept();
          Thread.ofPlatform().daemon().name("bench-upstream").start(() -> serve(socket));
        }
      } catch (IOException _) {
        // Closed: the measurement is over.
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        socket.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        OutputStream out = socket.getOutputStream();
        while (true) {
          int length = 0;
          for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
              length = Integer.parseInt(line.substring(15).strip());
            }
          }
          in.skipNBytes(length);
          for (byte[] each : writes) {
            out.write(each);
          }
        }
      } catch (IOException _) {
        // The gateway let go of the connection.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
