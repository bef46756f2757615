package dev.probity.gateway.door.socket;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.Lane;
import dev.probity.gateway.Operation;
import dev.probity.gateway.call.ModelCall;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.state.AnswerCapture;
import dev.probity.gateway.state.RequestItems;
import dev.probity.gateway.state.StateFacts;
import dev.probity.gateway.state.StateReader;
import dev.probity.gateway.state.Turn;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a socket's messages ask for: each {@code response.create} waits for its turn in its lane and
 * then is an ordinary model call, with the key looked up anew.
 */
final class SocketCalls {
  /** The limits that OpenAI's own sockets have. */
  private static final int MAX_LANES = 32;

  private static final int MAX_RUNNING = 16;
  private static final int MAX_WAITING = 64;

  private final Gateway gateway;
  private final Lane loop;
  private final HttpRequest handshake;
  private final ConnectionTurns turns;
  private final StateReader reader;
  private final Map<String, SocketLane> lanes = new LinkedHashMap<>();

  private @Nullable SocketConnection connection;
  private int running;
  private int waiting;
  private boolean starting;

  /**
   * @param handshake the request that began it, with its key
   */
  SocketCalls(
      Gateway gateway, Lane loop, HttpRequest handshake, ConnectionTurns turns, int jsonDepth) {
    this.gateway = gateway;
    this.loop = loop;
    this.handshake = handshake;
    this.turns = turns;
    this.reader = new StateReader(jsonDepth);
  }

  void opened(SocketConnection made) {
    connection = made;
  }

  /** Whether nothing is asked that has not been answered. */
  boolean isIdle() {
    return running == 0 && waiting == 0;
  }

  /** Takes a message, on the heap, whose bytes are in the budget. */
  void message(ByteBuf message) {
    switch (reader.read(message)) {
      case StateFacts.Refused refused -> {
        drop(message);
        send(SocketErrors.of(refused.refusal(), "", refused.parameter()));
      }
      case StateFacts facts -> {
        Optional<Refusal> refusal = refuses(facts);
        if (facts.type().equals("response.processed")) {
          // Codex says so when it has taken an answer in; there is nothing to be done.
          drop(message);
        } else if (refusal.isPresent()) {
          drop(message);
          send(SocketErrors.of(refusal.get(), facts.lane(), parameter(refusal.get())));
        } else {
          lanes
              .computeIfAbsent(facts.lane(), SocketLane::new)
              .waiting()
              .add(new Create(message, facts));
          waiting++;
          startAll();
        }
      }
    }
  }

  private Optional<Refusal> refuses(StateFacts facts) {
    if (connection().isEnding()) {
      return Optional.of(connection().endingRefusal());
    }
    if (!facts.type().equals("response.create")) {
      return refusal(
          Reason.INVALID,
          "unknown_message_type",
          "Messages here have the \"type\" response.create.");
    }
    if (facts.background()) {
      return refusal(
          Reason.INVALID,
          "unsupported_field",
          "\"background\" is not for sockets: send the request over HTTP.");
    }
    boolean known = facts.lane().isEmpty() || lanes.containsKey(facts.lane());
    int named = lanes.size() - (lanes.containsKey("") ? 1 : 0);
    if (!known && named >= MAX_LANES) {
      return refusal(
          Reason.INVALID,
          "websocket_stream_limit_reached",
          "This connection has used "
              + MAX_LANES
              + " stream ids, which is the most. Use one of them again or connect anew.");
    }
    return waiting >= MAX_WAITING
        ? refusal(
            Reason.RATE_LIMITED,
            "websocket_queue_full",
            MAX_WAITING + " requests wait on this connection already. Send this one again later.")
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(Reason reason, String code, String message) {
    return Optional.of(new Refusal(reason, code, message));
  }

  private static String parameter(Refusal refusal) {
    return switch (refusal.code()) {
      case "unknown_message_type" -> "type";
      case "unsupported_field" -> "background";
      case "websocket_stream_limit_reached" -> "stream_id";
      default -> "";
    };
  }

  /** Starts what may start; what is answered at once makes room for the next. */
  private void startAll() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      boolean more = true;
      while (more) {
        more = false;
        for (SocketLane lane : lanes.values().toArray(SocketLane[]::new)) {
          if (lane.running == null && running < MAX_RUNNING && !connection().isClosing()) {
            Create next = lane.waiting().poll();
            if (next != null) {
              waiting--;
              start(lane, next);
              more = true;
            }
          }
        }
      }
    } finally {
      starting = false;
    }
    connection().endIfIdle();
  }

  private void start(SocketLane lane, Create create) {
    StateFacts facts = create.facts();
    Optional<Turn> before = facts.previous().flatMap(turns::find);
    if (facts.previous().isPresent() && before.isEmpty() && !mayBeKnownElsewhere(facts)) {
      drop(create.message());
      send(SocketErrors.of(notFound(facts.previous().get()), lane.name(), "previous_response_id"));
      return;
    }
    try {
      if (facts.generate()) {
        call(lane, create, before);
      } else {
        warmUp(lane, create, before);
      }
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("a message that was checked before", impossible);
    }
  }

  /** What was not to be stored is nowhere but on its own connection. */
  private static boolean mayBeKnownElsewhere(StateFacts facts) {
    return facts.store() && facts.generate();
  }

  private static Refusal notFound(String id) {
    return new Refusal(
        Reason.INVALID,
        "previous_response_not_found",
        "Previous response with id '"
            + id
            + "' not found. On a connection the last response of each stream can be continued;"
            + " send the whole input without previous_response_id.");
  }

  private void call(SocketLane lane, Create create, Optional<Turn> before) throws MalformedJson {
    ByteBuf message = create.message();
    StateFacts facts = create.facts();
    long most = connection().settings().responses().connectionBytes();
    SocketAnswer answer =
        new SocketAnswer(
            connection(),
            this,
            lane,
            new AnswerCapture(facts.store(), most),
            connection().settings().limits().bodyBytes());
    ModelCall call = gateway.begin(Operation.RESPONSE, "", CallHead.of(handshake), loop, answer);
    answer.answers(call);
    lane.running = answer;
    running++;
    Optional<Refusal> refusal = call.refusedAtHead();
    if (refusal.isPresent()) {
      drop(message);
      call.refuse(refusal.get());
      return;
    }
    RawJson request = json(message);
    answer.remember(
        facts.previous(),
        facts.previous().isEmpty() || before.isPresent()
            ? Optional.of(new SocketAnswer.Asked(before, RequestItems.input(request)))
            : Optional.empty());
    JsonWriter body = new JsonWriter();
    RequestItems.write(request, before, true, body);
    drop(message);
    serve(call, body);
  }

  private void serve(ModelCall call, JsonWriter body) {
    var limits = connection().settings().limits();
    var budget = connection().door().budget();
    long size = body.size();
    if (size > limits.bodyBytes()) {
      call.refuse(
          new Refusal(
              Reason.TOO_LARGE,
              "request_too_large",
              "With all that it goes on from, the request is larger than "
                  + limits.bodyBytes()
                  + " bytes, the most that is taken here. Compact the conversation."));
    } else if (!budget.reserve(size, limits.bodiesBytes())) {
      call.refuse(
          new Refusal(
              Reason.UNAVAILABLE,
              "too_many_large_requests",
              "Too many large requests at once. Try again in a moment."));
    } else {
      call.serve(body.toBuffer(loop.allocator()), () -> budget.release(size));
    }
  }

  /** Makes ready for what will be asked: no model is called, the input is remembered. */
  private void warmUp(SocketLane lane, Create create, Optional<Turn> before) throws MalformedJson {
    HttpRequest head = CallHead.of(handshake);
    Optional<Refusal> refusal = gateway.refuses(head.headers(), head.uri());
    if (refusal.isPresent()) {
      drop(create.message());
      send(SocketErrors.of(refusal.get(), lane.name(), ""));
      return;
    }
    RawJson request = json(create.message());
    WarmUp made = WarmUp.of(request, gateway.nextId(), connection().door().clock().millis());
    keep(lane, made.id(), new Turn(before, RequestItems.input(request), new byte[0]));
    drop(create.message());
    for (byte[] event : made.events()) {
      send(lane, event);
    }
  }

  private static RawJson json(ByteBuf message) {
    int from = message.arrayOffset() + message.readerIndex();
    return RawJson.of(message.array(), from, from + message.readableBytes());
  }

  /** An answer has ended, well or not. */
  void answered(SocketLane lane, SocketAnswer answer) {
    if (lane.running == answer) {
      lane.running = null;
      running--;
    }
    if (answer.hasFailed()) {
      answer.previous().ifPresent(turns::forget);
    } else {
      answer.turn().ifPresent(turn -> keep(lane, turn.id(), turn.turn()));
    }
    if (answer.status() == 401) {
      connection().close(FrameReader.POLICY, "the key is not valid any more");
      return;
    }
    startAll();
  }

  private void keep(SocketLane lane, String id, Turn turn) {
    var settings = connection().settings();
    turns.keep(
        lane.name(),
        id,
        turn,
        settings.responses().connectionBytes(),
        settings.limits().bodiesBytes());
  }

  /** Sends a message of our own. */
  void send(byte[] json) {
    send(new SocketLane(""), json);
  }

  private void send(SocketLane lane, byte[] json) {
    ByteBuf out =
        connection().allocate(json.length + lane.prefix().length + FrameWriter.MAX_HEADER);
    FrameWriter.text(lane.prefix(), json, 0, json.length, out);
    connection().write(out);
  }

  private void drop(ByteBuf message) {
    connection().door().budget().release(message.readableBytes());
    message.release();
  }

  void clientWritable(boolean writable) {
    for (SocketLane lane : lanes.values()) {
      SocketAnswer answer = lane.running;
      if (answer != null) {
        answer.clientWritable(writable);
      }
    }
  }

  void clientGone() {
    for (SocketLane lane : lanes.values()) {
      SocketAnswer answer = lane.running;
      lane.running = null;
      if (answer != null) {
        running--;
        answer.clientGone();
      }
      Create next;
      while ((next = lane.waiting().poll()) != null) {
        waiting--;
        drop(next.message());
      }
    }
    turns.clear();
  }

  private SocketConnection connection() {
    SocketConnection mine = connection;
    if (mine == null) {
      throw new IllegalStateException("not opened yet");
    }
    return mine;
  }
}
