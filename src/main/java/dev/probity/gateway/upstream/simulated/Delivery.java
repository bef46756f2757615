package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Faults;
import dev.probity.gateway.upstream.simulated.script.Trees;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Sends one answer, as slowly and as badly as its faults ask. */
final class Delivery {
  private static final long DEFAULT_STALL_MILLIS = 600_000;

  /** Between two keep-alives, unless {@code chunk_ms} says otherwise. */
  private static final long KEEP_ALIVE_MILLIS = 50;

  private final ServerResponse response;
  private final Faults faults;
  private final Pause pause;
  private int contents;

  Delivery(ServerResponse response, Faults faults, Pause pause) {
    this.response = response;
    this.faults = faults;
    this.pause = pause;
  }

  void send(Answer answer) {
    if (faults.is(Fault.GARBAGE, "head")) {
      // A status that is no status, and a line that is no header: clients differ in what they mind.
      response.status(Status.create(-12, "garbage"));
      response.header("x-garbage", "1\r\n\u0001\u0002 not HTTP");
    }
    if (faults.on(Fault.GZIP)) {
      response.header("content-encoding", "gzip");
    }
    switch (answer) {
      case Answer.Whole whole -> whole(whole);
      case Answer.Streamed streamed -> {
        response.header("content-type", streamed.contentType());
        response.header("cache-control", "no-cache");
        if (faults.on(Fault.EMPTY)) {
          response.send();
        } else {
          streamed(streamed);
        }
      }
    }
  }

  private void whole(Answer.Whole whole) {
    response.header("content-type", "application/json");
    pause.millis(faults.number(Fault.FIRST_TOKEN_MS, 0));
    if (faults.on(Fault.EMPTY)) {
      response.send();
      return;
    }
    byte[] body = Trees.text(whole.body()).getBytes(StandardCharsets.UTF_8);
    if (faults.is(Fault.GARBAGE, "body") || faults.is(Fault.GARBAGE, "frame")) {
      body = garbage();
    }
    boolean halved =
        faults.number(Fault.CUT_AFTER).isPresent()
            || faults.number(Fault.STALL_AFTER).isPresent()
            || faults.on(Fault.HALF_FRAME);
    if (!halved && !faults.on(Fault.SPLIT) && !faults.on(Fault.GZIP)) {
      response.send(body);
      return;
    }
    try {
      OutputStream out = output();
      write(out, body, halved ? body.length / 2 : body.length);
      breakOff();
      out.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Closes the stream only at a proper end: closing it is what tells the client of one. */
  private void streamed(Answer.Streamed answer) {
    try {
      OutputStream out = output();
      if (faults.is(Fault.GARBAGE, "body")) {
        write(out, garbage());
      } else {
        frames(answer, out);
      }
      out.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void frames(Answer.Streamed answer, OutputStream out) throws IOException {
    for (Frame frame : answer.frames()) {
      if (frame.content() && !before(frame, answer, out)) {
        return;
      }
      write(out, frame.text());
      contents += frame.content() ? 1 : 0;
    }
  }

  /** What happens ahead of a piece of content; false if the answer ends there. */
  private boolean before(Frame frame, Answer.Streamed answer, OutputStream out) throws IOException {
    if (contents == 0) {
      keepAlives(answer.keepAlive(), out);
      pause.millis(faults.number(Fault.FIRST_TOKEN_MS, 0));
    } else {
      pause.millis(faults.number(Fault.CHUNK_MS, 0));
    }
    if (contents == faults.number(Fault.ERROR_AFTER, -1)) {
      write(out, answer.failure());
      return false;
    }
    if (contents == faults.number(Fault.CUT_AFTER, -1)
        || contents == faults.number(Fault.STALL_AFTER, -1)) {
      breakOff();
      return false;
    }
    if (contents == 2 && faults.is(Fault.GARBAGE, "frame")) {
      write(out, "data: {\"simulated\u0001 garbage, not JSON\n\n");
    }
    if (contents == 2 && faults.on(Fault.HALF_FRAME)) {
      write(out, frame.text().substring(0, frame.text().length() / 2));
      return false;
    }
    return true;
  }

  private void keepAlives(String keepAlive, OutputStream out) throws IOException {
    long between = faults.number(Fault.CHUNK_MS, KEEP_ALIVE_MILLIS);
    long stall = faults.number(Fault.STALL_MS, DEFAULT_STALL_MILLIS);
    long times =
        faults.is(Fault.PINGS, "only")
            ? stall / Math.max(1, between)
            : faults.number(Fault.PINGS, 0);
    for (long i = 0; i < times; i++) {
      write(out, keepAlive);
      pause.millis(between);
    }
    if (faults.is(Fault.PINGS, "only")) {
      throw cut();
    }
  }

  /** Silence, or the end of the connection in the middle of the answer, if asked for. */
  private void breakOff() {
    if (faults.number(Fault.STALL_AFTER).isPresent()) {
      pause.millis(faults.number(Fault.STALL_MS, DEFAULT_STALL_MILLIS));
      throw cut();
    }
    if (faults.number(Fault.CUT_AFTER).isPresent()) {
      throw cut();
    }
  }

  private static CloseConnectionException cut() {
    return new CloseConnectionException("simulated: cut");
  }

  private OutputStream output() throws IOException {
    OutputStream out = response.outputStream();
    return faults.on(Fault.GZIP) ? new GZIPOutputStream(out, 8192, true) : out;
  }

  private void write(OutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    write(out, bytes, bytes.length);
  }

  private void write(OutputStream out, byte[] bytes, int length) throws IOException {
    if (faults.on(Fault.SPLIT)) {
      for (int i = 0; i < length; i++) {
        out.write(bytes, i, 1);
        out.flush();
      }
    } else {
      out.write(bytes, 0, length);
      out.flush();
    }
  }

  private static byte[] garbage() {
    byte[] garbage = new byte[512];
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = (byte) (i * 167 + 129);
    }
    return garbage;
  }
}
