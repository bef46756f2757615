package dev.probity.gateway.call;

import dev.probity.gateway.answer.ProviderError;
import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.AnswerTranslation;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a provider's answer, a stream of events or a document, apart and writes it in the client's
 * dialect. An event, or a document, is gathered whole before it is read.
 */
final class TranslatedBody implements AnswerRewrite {
  /** The largest event, or document, that is translated. */
  static final int MOST_BYTES = 32 << 20;

  private static final int FIRST_BYTES = 2 << 10;
  private static final int KEPT_BYTES = 256 << 10;
  private static final int MAX_DEPTH = 256;
  private static final JsonPaths NO_PATHS = JsonPaths.watch().build();

  private final AnswerTranslation translation;
  private final Function<ProviderError, Refusal> words;
  private final ByteBufAllocator allocator;
  private final @Nullable EventStreamSplitter events;
  private final ByteFeed.Sink sink;
  private final JsonScanner checking = new JsonScanner(NO_PATHS, MAX_DEPTH);
  private final JsonWriter out = new JsonWriter();
  private byte[] data = new byte[FIRST_BYTES];
  private int length;
  private boolean ended;
  private @Nullable Refusal trouble;

  /**
   * @param eventStream whether the provider's answer is one
   * @param words what the client is told of an error within it
   */
  TranslatedBody(
      AnswerTranslation translation,
      boolean eventStream,
      Function<ProviderError, Refusal> words,
      ByteBufAllocator allocator) {
    this.translation = translation;
    this.words = words;
    this.allocator = allocator;
    if (eventStream) {
      EventStreamSplitter splitter = new EventStreamSplitter(new Events());
      this.events = splitter;
      this.sink = splitter::feed;
    } else {
      this.events = null;
      this.sink = this::gather;
    }
  }

  @Override
  public ByteBuf accept(ByteBuf piece) {
    if (trouble == null) {
      ByteFeed.feed(piece, sink);
    }
    piece.release();
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public ByteBuf ready() {
    if (out.isEmpty()) {
      return Unpooled.EMPTY_BUFFER;
    }
    ByteBuf written = out.toBuffer(allocator);
    out.clear();
    return written;
  }

  @Override
  public ByteBuf finish(boolean complete) {
    EventStreamSplitter splitter = events;
    if (splitter != null) {
      splitter.finish();
    } else if (trouble == null) {
      translate("");
    }
    if (complete) {
      end();
    }
    return ready();
  }

  @Override
  public Optional<Refusal> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    out.clear();
    data = new byte[0];
    length = 0;
  }

  private void gather(byte[] bytes, int from, int to) {
    int more = to - from;
    if (trouble != null) {
      return;
    }
    if ((long) length + more > MOST_BYTES) {
      fail(
          "answer_too_large",
          "The provider sent more at once than can be translated (" + MOST_BYTES + " bytes).");
      return;
    }
    if (length + more > data.length) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, length + more));
    }
    System.arraycopy(bytes, from, data, length, more);
    length += more;
  }

  private final class Events implements EventStreamSplitter.Sink {
    @Override
    public void data(byte[] bytes, int from, int to) {
      gather(bytes, from, to);
    }

    @Override
    public void event() {
      EventStreamSplitter splitter = events;
      if (isDone()) {
        end();
      } else if (trouble == null && length > 0 && splitter != null) {
        translate(splitter.eventName());
      }
      length = 0;
      if (data.length > KEPT_BYTES) {
        data = new byte[FIRST_BYTES];
      }
    }
  }

  private boolean isDone() {
    return length == 6
        && data[0] == '['
        && data[1] == 'D'
        && data[2] == 'O'
        && data[3] == 'N'
        && data[4] == 'E'
        && data[5] == ']';
  }

  private void translate(String name) {
    int from = 0;
    while (from < length && isSpace(data[from])) {
      from++;
    }
    int to = length;
    while (to > from && isSpace(data[to - 1])) {
      to--;
    }
    checking.reset();
    if (!checking.feed(data, from, to) || !checking.finish()) {
      fail("bad_answer", "What the provider sent is not valid JSON.");
      return;
    }
    RawJson json = RawJson.of(data, from, to);
    try {
      translation.event(name, json, out);
    } catch (Untranslatable e) {
      trouble = ProviderError.inside(json).map(words).orElse(e.refusal());
    } catch (MalformedJson e) {
      trouble =
          ProviderError.inside(json)
              .map(words)
              .orElseGet(() ->
                  broken("bad_answer", "The provider's answer makes no sense: " + e.getMessage()));
    }
  }

  private void end() {
    if (ended || trouble != null) {
      return;
    }
    ended = true;
    try {
      translation.end(out);
    } catch (Untranslatable e) {
      trouble = e.refusal();
    }
  }

  private void fail(String code, String message) {
    trouble = broken(code, message);
  }

  private static Refusal broken(String code, String message) {
    return new Refusal(Reason.UPSTREAM_FAILED, code, message);
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }
}
