package dev.probity.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that writes exactly the bytes a test wants, and reads HTTP/1.1 answers. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  /** One answer; header names in lower case. */
  public record Answer(int status, Map<String, String> headers, String body, boolean whole) {}

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new java.io.BufferedInputStream(socket.getInputStream());
  }

  public static RawHttp connect(int port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    return new RawHttp(socket);
  }

  /** A POST with a length. */
  public static String post(String path, String key, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
        + key
        + "\r\ncontent-type: application/json\r\ncontent-length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  public RawHttp send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  public Socket socket() {
    return socket;
  }

  /** Reads one answer; {@code whole} is false if the connection ended in its middle. */
  public Answer read() throws IOException {
    String head = readHead();
    String[] lines = head.split("\r\n");
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = true;
    if (status == 100) {
      return new Answer(status, headers, "", true);
    }
    if (headers.containsKey("content-length")) {
      int length = Integer.parseInt(headers.get("content-length"));
      byte[] read = in.readNBytes(length);
      body.write(read);
      whole = read.length == length;
    } else if ("chunked".equals(headers.get("transfer-encoding"))) {
      whole = readChunks(body);
    } else {
      body.write(in.readAllBytes());
    }
    return new Answer(status, headers, body.toString(StandardCharsets.UTF_8), whole);
  }

  /** Whether the other side has closed. */
  public boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** Reads up to and including a text. */
  public String readUntil(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.UTF_8).endsWith(text)) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String readHead() throws IOException {
    String head = readUntil("\r\n\r\n");
    if (head.isEmpty()) {
      throw new java.io.EOFException("the connection ended before an answer");
    }
    return head.substring(0, head.length() - 4);
  }

  private boolean readChunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      String size = readUntil("\r\n");
      if (!size.endsWith("\r\n")) {
        return false;
      }
      int length = Integer.parseInt(size.trim(), 16);
      byte[] chunk = in.readNBytes(length);
      body.write(chunk);
      if (chunk.length < length || !readUntil("\r\n").equals("\r\n")) {
        return false;
      }
      if (length == 0) {
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
