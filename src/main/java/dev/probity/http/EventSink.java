package dev.probity.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Where server-sent events go. Each is on its way when the method returns. */
public final class EventSink {
  private final OutputStream out;

  EventSink(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends an event.
   *
   * @param id what the browser gives back as {@code Last-Event-ID} when it reconnects; may be empty
   * @throws UncheckedIOException if the client has gone
   */
  public void send(String event, String id, String data) {
    StringBuilder text = new StringBuilder(data.length() + 64);
    text.append("event: ").append(event).append('\n');
    if (!id.isEmpty()) {
      text.append("id: ").append(id).append('\n');
    }
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    write(text.append('\n'));
  }

  /** Keeps proxies from closing a quiet stream, and finds out whether the client is still there. */
  public void ping() {
    write(new StringBuilder(": ping\n\n"));
  }

  private void write(StringBuilder text) {
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
