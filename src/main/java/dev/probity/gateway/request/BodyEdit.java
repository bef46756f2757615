package dev.probity.gateway.request;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.json.JsonText;
import dev.probity.gateway.request.RequestFacts.Span;
import dev.probity.gateway.request.RequestFacts.UsageRequest.Missing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Changes a request's body where it must be changed and nowhere else. A small body is copied once;
 * a large one is not copied at all.
 */
public final class BodyEdit {
  private static final int COPY_BYTES = 8 << 10;

  private record Change(Span at, byte[] by) {}

  private BodyEdit() {}

  /**
   * The body to send for {@code model}.
   *
   * @param body as the client sent it, as read for {@code facts}; stays as it is and the caller's
   * @param askForUsage put in that the stream tells its usage, if the client did not
   * @return a buffer with indexes of its own, to be released on its own; the same memory as {@code
   *     body} if nothing changes
   */
  public static ByteBuf apply(
      ByteBuf body,
      RequestFacts facts,
      String model,
      boolean askForUsage,
      ByteBufAllocator allocator) {
    List<Change> changes = new ArrayList<>(2);
    if (facts.modelAt().isPresent() && !facts.model().equals(model)) {
      Span at = facts.modelAt().get();
      // In a form it stands without quotes.
      boolean json = body.getByte(body.readerIndex() + at.start()) == '"';
      changes.add(new Change(at, json ? JsonText.quoted(model) : model.getBytes(UTF_8)));
    }
    if (!facts.repeatedModels().isEmpty()) {
      byte[] name = JsonText.quoted("models/" + model);
      for (Span at : facts.repeatedModels()) {
        if (!isAt(body, at, name)) {
          changes.add(new Change(at, name));
        }
      }
    }
    if (askForUsage && facts.usageRequest() instanceof Missing missing) {
      changes.add(new Change(missing.at(), missing.json().getBytes(US_ASCII)));
    }
    if (changes.isEmpty()) {
      return body.retainedDuplicate();
    }
    changes.sort(Comparator.comparingInt(change -> change.at().start()));
    return body.readableBytes() <= COPY_BYTES
        ? copy(body, changes, allocator)
        : compose(body, changes, allocator);
  }

  private static boolean isAt(ByteBuf body, Span at, byte[] expected) {
    return at.length() == expected.length
        && ByteBufUtil.equals(
            body,
            body.readerIndex() + at.start(),
            Unpooled.wrappedBuffer(expected),
            0,
            expected.length);
  }

  private static ByteBuf copy(ByteBuf body, List<Change> changes, ByteBufAllocator allocator) {
    int size = body.readableBytes();
    for (Change change : changes) {
      size += change.by.length - change.at.length();
    }
    ByteBuf edited = allocator.directBuffer(size, size);
    int base = body.readerIndex();
    int from = base;
    for (Change change : changes) {
      edited.writeBytes(body, from, base + change.at.start() - from);
      edited.writeBytes(change.by);
      from = base + change.at.end();
    }
    return edited.writeBytes(body, from, body.writerIndex() - from);
  }

  private static ByteBuf compose(ByteBuf body, List<Change> changes, ByteBufAllocator allocator) {
    CompositeByteBuf edited = allocator.compositeBuffer(2 * changes.size() + 1);
    int base = body.readerIndex();
    int from = base;
    for (Change change : changes) {
      edited.addComponent(true, body.retainedSlice(from, base + change.at.start() - from));
      edited.addComponent(true, allocator.directBuffer(change.by.length).writeBytes(change.by));
      from = base + change.at.end();
    }
    return edited.addComponent(true, body.retainedSlice(from, body.writerIndex() - from));
  }
}
