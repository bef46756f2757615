package dev.probity.gateway.json;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes values out of a document, or puts others in their place, and leaves every other byte as it
 * is. No edit may lie in a value that another one takes out.
 */
public final class JsonPatch {
  /**
   * @param from where what is to go begins: a member's name, or the value itself
   * @param by what comes in its place; nothing if it is taken out
   */
  private record Edit(int from, int to, @Nullable RawJson by) {}

  private final RawJson document;
  private final byte[] bytes;
  private final List<Edit> edits = new ArrayList<>();

  /**
   * @param document whose own values are handed over, not copies of them
   */
  public JsonPatch(RawJson document) {
    this.document = document;
    this.bytes = document.bytes();
  }

  public boolean isEmpty() {
    return edits.isEmpty();
  }

  /** Puts something else in place of a value. */
  public void replace(RawJson value, RawJson by) {
    edits.add(new Edit(value.from(), value.to(), by));
  }

  /** Takes out an element of an array. */
  public void removeElement(RawJson element) {
    edits.add(new Edit(element.from(), element.to(), null));
  }

  /** Takes out the member that has this value. */
  public void removeMember(RawJson value) {
    int colon = back(value.from());
    int quote = back(colon - 1) - 2;
    while (bytes[quote] != '"' || isEscaped(quote)) {
      quote--;
    }
    edits.add(new Edit(quote, value.to(), null));
  }

  private boolean isEscaped(int at) {
    int slashes = 0;
    while (bytes[at - 1 - slashes] == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  /** The document as it is then. */
  public RawJson toJson() {
    edits.sort(Comparator.comparingInt(Edit::from));
    Patching patching = new Patching();
    for (Edit edit : edits) {
      RawJson by = edit.by;
      if (by == null) {
        patching.cut(edit.from, edit.to);
      } else {
        patching.put(edit, by);
      }
    }
    return patching.done();
  }

  /** Where the space ends that stands before. */
  private int back(int at) {
    int p = at;
    while (isSpace(bytes[p - 1])) {
      p--;
    }
    return p;
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  /** The document on its way out. */
  private final class Patching {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(document.length());
    private int copied = document.from();
    private int cutFrom = -1;
    private int cutTo = -1;

    private void put(Edit edit, RawJson by) {
      copyTo(edit.from);
      out.write(by.bytes(), by.from(), by.length());
      copied = edit.to;
    }

    /** Cuts with the comma before; or, if nothing stands before, with the one behind. */
    private void cut(int from, int to) {
      int before = back(from);
      if (before == cutTo) {
        before = back(cutFrom);
      }
      if (bytes[before - 1] == ',' && before - 1 >= copied) {
        remove(before - 1, to);
        return;
      }
      int behind = to;
      while (isSpace(bytes[behind])) {
        behind++;
      }
      remove(from, bytes[behind] == ',' ? behind + 1 : to);
    }

    private void remove(int from, int to) {
      copyTo(from);
      copied = to;
      cutFrom = from;
      cutTo = to;
    }

    private void copyTo(int to) {
      if (to > copied) {
        out.write(bytes, copied, to - copied);
        copied = to;
      }
    }

    private RawJson done() {
      copyTo(document.to());
      byte[] all = out.toByteArray();
      return new RawJson(all, 0, all.length);
    }
  }
}
