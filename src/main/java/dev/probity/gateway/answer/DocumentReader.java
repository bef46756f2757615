package dev.probity.gateway.answer;

import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.JsonScanner;
import io.netty.buffer.ByteBuf;

/** Reads an answer that is one JSON document. */
public final class DocumentReader extends TalliedReader {
  /** Deeper answers are passed on unread. */
  static final int MAX_DEPTH = 256;

  private final AnswerDocument meaning;
  private final JsonScanner json;
  private final ByteFeed.Sink sink;

  public DocumentReader(AnswerDocument meaning) {
    JsonScanner scanner = new JsonScanner(meaning.paths(), MAX_DEPTH);
    scanner.reset();
    this.meaning = meaning;
    this.json = scanner;
    this.sink = scanner::feed;
  }

  @Override
  public void accept(ByteBuf bytes) {
    if (!json.hasFailed() && bytes.isReadable()) {
      ByteFeed.feed(bytes, sink);
      read();
    }
  }

  @Override
  public void finish() {
    if (!json.hasFailed()) {
      json.finish();
      read();
    }
  }

  private void read() {
    tally.complete(json.isComplete());
    meaning.read(json, tally);
  }
}
