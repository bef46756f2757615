package dev.probity.recorded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A provider that answers whoever asks for the model NAME with the recording of that name. */
final class RecordedProvider implements AutoCloseable {
  private static final Pattern IN_PATH = Pattern.compile("/models/([^:/]+):");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Recording> recordings;

  RecordedProvider(List<Recording> recordings) throws IOException {
    this.recordings =
        recordings.stream().collect(Collectors.toMap(Recording::name, Function.identity()));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] asked = exchange.getRequestBody().readAllBytes();
    Matcher path = IN_PATH.matcher(exchange.getRequestURI().getPath());
    String model =
        path.find()
            ? path.group(1)
            : JsonMapper.shared().readTree(asked).path("model").asString("");
    Recording recording = recordings.get(model);
    byte[] body =
        recording == null ? new byte[0] : recording.body().getBytes(StandardCharsets.UTF_8);
    boolean streamed = recording != null && recording.streamed();
    exchange
        .getResponseHeaders()
        .set("content-type", streamed ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(recording == null ? 404 : recording.status(), 0);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
