package dev.probity.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client that keeps what it is sent until a test asks for it. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final long WAIT_SECONDS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> ponged = new CompletableFuture<>();
  private WebSocket socket;

  private SocketClient() {}

  public static SocketClient connect(int port, String key, String... headers) {
    SocketClient client = new SocketClient();
    WebSocket.Builder builder =
        client.http.newWebSocketBuilder().header("authorization", "Bearer " + key);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    client.socket =
        builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/responses"), client).join();
    return client;
  }

  public SocketClient send(String message) {
    socket.sendText(message, true).join();
    return this;
  }

  /** Sends a message in frames of so many characters. */
  public SocketClient sendInPieces(String message, int size) {
    for (int from = 0; from < message.length(); from += size) {
      int to = Math.min(message.length(), from + size);
      socket.sendText(message.substring(from, to), to == message.length()).join();
    }
    return this;
  }

  public WebSocket socket() {
    return socket;
  }

  /** The next message. */
  public JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message came");
    }
    return message;
  }

  /** The messages up to and including one of a type. */
  public List<JsonNode> until(String type) throws InterruptedException {
    List<JsonNode> seen = new ArrayList<>();
    do {
      seen.add(next());
    } while (!seen.getLast().path("type").asString().equals(type));
    return seen;
  }

  /** The code that the connection was closed with. */
  public int closeCode() throws Exception {
    return closed.get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  public void ping() throws Exception {
    socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
    ponged.get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      messages.add(JsonMapper.shared().readTree(part.toString()));
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    ponged.complete(null);
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }
}
