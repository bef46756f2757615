package dev.probity.gateway.answer;

import dev.probity.kernel.Usage;

/** What has been read off an answer so far. */
public final class AnswerTally {
  private static final int WORD_LENGTH = 64;

  private Usage usage = Usage.NONE;
  private boolean usageIsFinal;
  private boolean content;
  private long contentBytes;
  private boolean complete;
  private String error = "";
  private String serviceTier = "";
  private String answerId = "";

  /** The provider's count, which takes the place of any before. */
  public void usage(Usage counted, boolean isFinal) {
    usage = counted;
    usageIsFinal = isFinal;
  }

  /** The count so far is the last. */
  public void usageIsFinal() {
    usageIsFinal = true;
  }

  /** Content has passed, of which {@code bytes} are text. */
  public void addContent(long bytes) {
    content = true;
    contentBytes += bytes;
  }

  /**
   * All the text that has passed, where it is not counted piece by piece.
   *
   * @param other whether there was content that is no text
   */
  public void contentSoFar(long bytes, boolean other) {
    content |= other || bytes > 0;
    contentBytes = bytes;
  }

  /** The answer came to its proper end. */
  public void complete() {
    complete = true;
  }

  void complete(boolean whole) {
    complete = whole;
  }

  /** Notes an error by the provider's word for it; the first one counts. */
  public void error(String word) {
    if (error.isEmpty()) {
      String stable = stableWord(word);
      error = stable.isEmpty() ? "error" : stable;
    }
  }

  public void serviceTier(String tier) {
    if (!tier.isEmpty()) {
      serviceTier = stableWord(tier);
    }
  }

  /** What the provider calls the answer, where a later request may name it. */
  public void answerId(String id) {
    answerId = id;
  }

  String id() {
    return answerId;
  }

  Usage usageSoFar() {
    return usage;
  }

  boolean isUsageFinal() {
    return usageIsFinal;
  }

  boolean hasContent() {
    return content;
  }

  long contentBytes() {
    return contentBytes;
  }

  boolean isComplete() {
    return complete;
  }

  String errorWord() {
    return error;
  }

  String tier() {
    return serviceTier;
  }

  /** Lower case, at most 64 of letters, digits, {@code _.-}; anything else becomes {@code _}. */
  private static String stableWord(String word) {
    int length = Math.min(word.length(), WORD_LENGTH);
    var out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.append((char) (c + ('a' - 'A')));
      } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-') {
        out.append(c);
      } else {
        out.append('_');
      }
    }
    return out.toString();
  }
}
