package dev.probity.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that does exactly what a test says, byte by byte: it reads one request after another
 * and gives each to the script, which writes whatever it likes to the socket. Every request it got
 * is kept as text.
 */
public final class ScriptedUpstream implements AutoCloseable {
  /** What to do with one request. */
  public interface Script {
    /**
     * @param number counts all requests from 0
     * @return whether to read another request from this connection
     */
    boolean answer(int number, String request, Socket socket, OutputStream out) throws Exception;
  }

  private final ServerSocket server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();

  private ScriptedUpstream(ServerSocket server) {
    this.server = server;
  }

  public static ScriptedUpstream start(Script script) throws IOException {
    ScriptedUpstream upstream =
        new ScriptedUpstream(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> upstream.accept(script));
    return upstream;
  }

  /** Answers every request with the same bytes. */
  public static ScriptedUpstream always(String response) throws IOException {
    return start((number, request, socket, out) -> {
      out.write(response.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    });
  }

  /** A JSON answer with its length. */
  public static String json(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\ncontent-type: application/json\r\nrequest-id: req_1\r\ncontent-length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** The head of a chunked event stream. */
  public static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";

  /** One HTTP chunk. */
  public static String chunk(String data) {
    return Integer.toHexString(data.getBytes(StandardCharsets.UTF_8).length)
        + "\r\n"
        + data
        + "\r\n";
  }

  public static final String LAST_CHUNK = "0\r\n\r\n";

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  public List<String> requests() {
    return requests;
  }

  public int connections() {
    return connections.get();
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(script, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Script script, Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      String request;
      while ((request = readRequest(in)) != null) {
        requests.add(request);
        if (!script.answer(count.getAndIncrement(), request, socket, socket.getOutputStream())) {
          return;
        }
      }
    } catch (Exception e) {
      // The test decides what a broken connection means.
    }
  }

  private static String readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      bytes.write(next);
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        bytes.write(in.readNBytes(Integer.parseInt(line.substring(15).trim())));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
