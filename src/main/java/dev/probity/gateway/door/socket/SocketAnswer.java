package dev.probity.gateway.door.socket;

import dev.probity.gateway.Client;
import dev.probity.gateway.call.ModelCall;
import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.state.AnswerCapture;
import dev.probity.gateway.state.MessageBuffer;
import dev.probity.gateway.state.Turn;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one call that came as a message: each event of the answer goes out as a
 * message of its own, and what one read of the provider's socket brought goes out in one write.
 */
final class SocketAnswer implements Client, EventStreamSplitter.Sink {
  private static final int GATHER = 16 << 10;

  private final SocketConnection connection;
  private final SocketCalls calls;
  private final SocketLane lane;
  private final AnswerCapture capture;
  private final EventStreamSplitter splitter = new EventStreamSplitter(this);
  private final MessageBuffer gathered = new MessageBuffer();
  private final long most;

  private Optional<String> previous = Optional.empty();
  private Optional<Asked> asked = Optional.empty();
  private @Nullable ModelCall call;
  private @Nullable ByteBuf out;
  private int status;
  private boolean events;
  private boolean ended;
  private boolean overflown;
  private HttpHeaders headers = new DefaultHttpHeaders();

  /**
   * @param most bytes that an event, or an answer that is one document, may have
   */
  SocketAnswer(
      SocketConnection connection,
      SocketCalls calls,
      SocketLane lane,
      AnswerCapture capture,
      long most) {
    this.connection = connection;
    this.calls = calls;
    this.lane = lane;
    this.capture = capture;
    this.most = most;
  }

  /**
   * What was asked, if all that it goes on from is known here.
   *
   * @param input the items of this turn alone
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Asked(Optional<Turn> before, byte[] input) {}

  /** A turn that can be gone on from. */
  record Answered(String id, Turn turn) {}

  void answers(ModelCall begun) {
    call = begun;
  }

  /**
   * @param id of the response that it goes on from
   */
  void remember(Optional<String> id, Optional<Asked> known) {
    previous = id;
    asked = known;
  }

  Optional<String> previous() {
    return previous;
  }

  /** What the next turn can go on from; empty if nothing can. */
  Optional<Answered> turn() {
    return asked.flatMap(known ->
        capture
            .captured()
            .map(seen ->
                new Answered(seen.id(), new Turn(known.before(), known.input(), seen.output()))));
  }

  /** The answer's status; 0 before there is one. */
  int status() {
    return status;
  }

  /** Whether the answer was an error. */
  boolean hasFailed() {
    return status >= 400 || overflown || capture.hasFailed();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void whole(HttpResponse response, ByteBuf body) {
    begin(response);
    piece(body);
    end();
  }

  @Override
  public void begin(HttpResponse response) {
    status = response.status().code();
    headers = response.headers();
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    events = status < 400 && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }

  @Override
  public void piece(ByteBuf bytes) {
    if (!ended && !overflown) {
      if (events) {
        ByteFeed.feed(bytes, splitter::feed);
      } else {
        ByteFeed.feed(bytes, this::data);
      }
    }
    bytes.release();
  }

  @Override
  public void data(byte[] bytes, int from, int to) {
    if (overflown) {
      return;
    }
    if (gathered.size() + (long) (to - from) > most) {
      overflown = true;
      gathered.clear();
      return;
    }
    gathered.add(bytes, from, to);
  }

  @Override
  public void event() {
    if (!overflown && capture.event(gathered.bytes(), 0, gathered.size())) {
      message(gathered.bytes(), 0, gathered.size());
    }
    gathered.clear();
  }

  /** Queues a message that is a JSON object. */
  private void message(byte[] json, int from, int to) {
    int open = from;
    while (json[open] != '{') {
      open++;
    }
    ByteBuf frames = room(to - open + lane.prefix().length + FrameWriter.MAX_HEADER);
    FrameWriter.text(lane.prefix(), json, open, to, frames);
  }

  private ByteBuf room(int bytes) {
    ByteBuf have = out;
    if (have == null) {
      have = connection.allocate(Math.max(GATHER, bytes));
      out = have;
    }
    return have;
  }

  @Override
  public void flush() {
    ByteBuf ready = out;
    out = null;
    if (ready != null) {
      connection.write(ready);
    }
    ModelCall running = call;
    if (overflown && !ended && running != null) {
      // Nobody could take such an answer; the provider is told to stop, as if the client had gone.
      breakOff();
      running.clientGone();
    }
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    if (overflown) {
      breakOff();
      return;
    }
    if (events) {
      splitter.finish();
    } else {
      document();
    }
    finish();
  }

  /** The answer is no stream, though one was asked for. */
  private void document() {
    byte[] document = gathered.copy();
    if (status >= 400) {
      error(SocketErrors.of(status, headers, document, lane.name()));
    } else if (capture.document(document, 0, document.length)) {
      for (byte[] each : WholeResponse.events(RawJson.of(document, 0, document.length))) {
        message(each, 0, each.length);
      }
    } else {
      overflown = true;
      error(SocketErrors.of(notAResponse(), lane.name(), ""));
    }
  }

  private static Refusal notAResponse() {
    return new Refusal(
        Reason.UPSTREAM_FAILED,
        "not_a_response",
        "The provider's answer is neither a stream of events nor a response.");
  }

  private void error(byte[] json) {
    FrameWriter.text(new byte[0], json, 0, json.length, room(json.length + FrameWriter.MAX_HEADER));
  }

  @Override
  public void breakOff() {
    if (!ended) {
      Refusal refusal =
          overflown
              ? new Refusal(
                  Reason.UPSTREAM_FAILED,
                  "answer_too_large",
                  "An event of the answer is larger than " + most + " bytes.")
              : new Refusal(
                  Reason.UPSTREAM_FAILED, "answer_broken", "The answer broke off in its middle.");
      status = refusal.status();
      error(SocketErrors.of(refusal, lane.name(), ""));
      finish();
    }
  }

  private void finish() {
    ended = true;
    ByteBuf ready = out;
    out = null;
    if (ready != null) {
      connection.write(ready);
    }
    calls.answered(lane, this);
  }

  void clientWritable(boolean writable) {
    ModelCall running = call;
    if (running != null) {
      running.clientWritable(writable);
    }
  }

  /** The connection is gone. */
  void clientGone() {
    ended = true;
    ByteBuf unsent = out;
    out = null;
    if (unsent != null) {
      unsent.release();
    }
    ModelCall running = call;
    if (running != null) {
      running.clientGone();
    }
  }
}
