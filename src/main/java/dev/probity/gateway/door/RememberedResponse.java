package dev.probity.gateway.door;

import dev.probity.gateway.Client;
import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.state.AnswerCapture;
import dev.probity.gateway.state.MessageBuffer;
import dev.probity.gateway.state.RequestItems;
import dev.probity.gateway.state.ResponseMemory;
import dev.probity.gateway.state.ResponseSettings;
import dev.probity.gateway.state.StateFacts;
import dev.probity.gateway.state.StateReader;
import dev.probity.gateway.state.Turn;
import dev.probity.kernel.Caller;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for a response whose answer is remembered: puts what it goes on from into its input,
 * and looks at the answer as it passes.
 */
final class RememberedResponse implements Client, EventStreamSplitter.Sink {
  private final Client client;
  private final ResponseMemory memory;
  private final ResponseSettings settings;
  private final EventStreamSplitter splitter = new EventStreamSplitter(this);
  private final MessageBuffer gathered = new MessageBuffer();
  private @Nullable AnswerCapture capture;
  private Caller caller = Caller.NOBODY;
  private Optional<Turn> before = Optional.empty();
  private byte[] input = new byte[0];
  private boolean events;
  private boolean tooLarge;

  RememberedResponse(Client client, ResponseMemory memory, ResponseSettings settings) {
    this.client = client;
    this.memory = memory;
    this.settings = settings;
  }

  /**
   * The request to be served in the place of one; the same if nothing is to be changed. What makes
   * no sense is left to whoever reads it next.
   *
   * @param body owned by whoever gets the result
   */
  ByteBuf prepare(ByteBuf body, Caller who, int jsonDepth, ByteBufAllocator allocator) {
    if (!(new StateReader(jsonDepth).read(body) instanceof StateFacts facts)) {
      return body;
    }
    caller = who;
    before =
        facts
            .previous()
            .flatMap(id -> memory.find(who, id, settings))
            .map(ResponseMemory.Kept::turn);
    boolean known = facts.previous().isEmpty() || before.isPresent();
    if (!known || before.isEmpty() && !facts.store()) {
      return body;
    }
    byte[] bytes = new byte[body.readableBytes()];
    body.getBytes(body.readerIndex(), bytes);
    RawJson request = RawJson.of(bytes, 0, bytes.length);
    try {
      if (facts.store()) {
        input = RequestItems.input(request);
        capture = new AnswerCapture(true, settings.bytes() / 4);
      }
      if (before.isEmpty()) {
        return body;
      }
      JsonWriter out = new JsonWriter();
      RequestItems.write(request, before, false, out);
      body.release();
      return out.toBuffer(allocator);
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("a request that was checked before", impossible);
    }
  }

  @Override
  public boolean isWritable() {
    return client.isWritable();
  }

  @Override
  public void whole(HttpResponse head, ByteBuf body) {
    look(head);
    take(body);
    remember();
    client.whole(head, body);
  }

  @Override
  public void begin(HttpResponse head) {
    look(head);
    client.begin(head);
  }

  private void look(HttpResponse head) {
    String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    events = type.regionMatches(true, 0, "text/event-stream", 0, 17);
    if (head.status().code() >= 400) {
      capture = null;
    }
  }

  @Override
  public void piece(ByteBuf bytes) {
    take(bytes);
    client.piece(bytes);
  }

  private void take(ByteBuf bytes) {
    if (capture != null) {
      ByteFeed.feed(bytes, events ? splitter::feed : this::data);
    }
  }

  @Override
  public void data(byte[] bytes, int from, int to) {
    if (gathered.size() + (long) (to - from) > settings.bytes() / 4) {
      tooLarge = true;
      gathered.clear();
    }
    if (!tooLarge) {
      gathered.add(bytes, from, to);
    }
  }

  @Override
  public void event() {
    AnswerCapture seen = capture;
    if (seen != null && !tooLarge) {
      seen.event(gathered.bytes(), 0, gathered.size());
    }
    gathered.clear();
    // The client may ask for it as soon as it has seen the last event.
    remember();
  }

  private void remember() {
    AnswerCapture seen = capture;
    if (seen == null || tooLarge) {
      return;
    }
    if (!events) {
      seen.document(gathered.bytes(), 0, gathered.size());
    }
    seen.captured()
        .ifPresent(found -> {
          capture = null;
          memory.keep(
              caller,
              found.id(),
              new ResponseMemory.Kept(new Turn(before, input, found.output()), found.document()),
              settings);
        });
  }

  @Override
  public void flush() {
    client.flush();
  }

  @Override
  public void end() {
    if (!events) {
      remember();
    }
    client.end();
  }

  @Override
  public void breakOff() {
    client.breakOff();
  }
}
