package dev.probity.gateway.neutral;

import java.util.ArrayList;
import java.util.List;

/**
 * What a translation had to leave out or to change. The caller is told, in a header and in the
 * trail; never is anything dropped in silence. Bounded.
 */
public final class Losses {
  private static final int MOST = 16;
  private static final int NAME_LENGTH = 48;

  private final List<String> words = new ArrayList<>(0);

  /** One of the documented degradations. */
  public void add(Loss loss) {
    add(loss.text());
  }

  /** One that concerns a member: {@code dropped:logit_bias}. */
  public void add(Loss loss, String member) {
    add(loss.text() + ":" + word(member));
  }

  /** Those of another. */
  public void addAll(Losses others) {
    others.words.forEach(this::add);
  }

  private void add(String word) {
    if (words.size() < MOST && !words.contains(word)) {
      words.add(word);
    }
  }

  /** Stable words, each once; empty if nothing was lost. */
  public List<String> words() {
    return List.copyOf(words);
  }

  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** A name as the client wrote it may hold anything. */
  private static String word(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), NAME_LENGTH); i++) {
      char c = name.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '_'
              || c == '.';
      out.append(plain ? c : '-');
    }
    return out.toString();
  }
}
