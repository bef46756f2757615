package dev.probity.gateway.translate;

import dev.probity.gateway.json.ByteFeed;
import java.util.Arrays;

/**
 * Looks for a few bytes in many, which may come in pieces. Looks at every so manieth byte only, as
 * many as there are to be found (Horspool).
 */
final class MarkSearch implements ByteFeed.Sink {
  private final byte[] mark;
  private final byte[] skips = new byte[256];

  /** The end of the piece before and the beginning of the next. */
  private final byte[] seam;

  private int kept;
  private boolean found;

  MarkSearch(byte[] mark) {
    this.mark = mark;
    this.seam = new byte[2 * (mark.length - 1)];
    Arrays.fill(skips, (byte) mark.length);
    for (int i = 0; i < mark.length - 1; i++) {
      skips[mark[i] & 0xFF] = (byte) (mark.length - 1 - i);
    }
  }

  boolean found() {
    return found;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    if (found) {
      return;
    }
    int most = mark.length - 1;
    int head = Math.min(most, to - from);
    System.arraycopy(bytes, from, seam, kept, head);
    found = isIn(seam, 0, kept + head) || isIn(bytes, from, to);
    int all = kept + head;
    if (to - from >= most) {
      System.arraycopy(bytes, to - most, seam, 0, most);
      kept = most;
    } else {
      kept = Math.min(most, all);
      System.arraycopy(seam, all - kept, seam, 0, kept);
    }
  }

  private boolean isIn(byte[] bytes, int from, int to) {
    int last = mark.length - 1;
    int p = from + last;
    while (p < to) {
      if (bytes[p] == mark[last] && matches(bytes, p - last)) {
        return true;
      }
      p += skips[bytes[p] & 0xFF];
    }
    return false;
  }

  private boolean matches(byte[] bytes, int from) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes[from + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
