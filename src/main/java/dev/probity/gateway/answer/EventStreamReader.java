package dev.probity.gateway.answer;

import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.JsonScanner;
import io.netty.buffer.ByteBuf;

/**
 * Reads an answer that is a stream of events, each with a JSON document as its data. An event that
 * is not JSON is passed over and counted.
 */
public final class EventStreamReader extends TalliedReader {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final AnswerEvents meaning;
  private final JsonScanner json;
  private final EventStreamSplitter splitter;
  private final ByteFeed.Sink sink;
  private int doneSeen;
  private long malformed;

  public EventStreamReader(AnswerEvents meaning) {
    EventStreamSplitter events = new EventStreamSplitter(new Events());
    this.meaning = meaning;
    this.json = new JsonScanner(meaning.paths(), DocumentReader.MAX_DEPTH);
    this.splitter = events;
    this.sink = events::feed;
    json.reset();
  }

  @Override
  public void accept(ByteBuf bytes) {
    ByteFeed.feed(bytes, sink);
  }

  @Override
  public void finish() {
    splitter.finish();
    meaning.finish(tally);
  }

  /** How many events were no JSON. */
  public long malformed() {
    return malformed;
  }

  private final class Events implements EventStreamSplitter.Sink {
    @Override
    public void data(byte[] bytes, int from, int to) {
      if (!json.hasFailed()) {
        json.feed(bytes, from, to);
      }
      if (doneSeen >= 0) {
        lookForDone(bytes, from, to);
      }
    }

    /** {@code doneSeen} counts the letters that have come; -1 once another has. */
    private void lookForDone(byte[] bytes, int from, int to) {
      for (int p = from; p < to && doneSeen >= 0 && doneSeen < DONE.length; p++) {
        doneSeen = bytes[p] == DONE[doneSeen] ? doneSeen + 1 : -1;
      }
    }

    @Override
    public void event() {
      if (doneSeen == DONE.length) {
        meaning.done(tally);
      } else if (json.finish()) {
        meaning.read(json, splitter.eventName(), tally);
      } else {
        malformed++;
      }
      json.reset();
      doneSeen = 0;
    }
  }
}
