package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.json.RawText;
import dev.probity.kernel.ExchangeId;

/** Ids that calls are given here if they have none; Google gets to see none of them. */
public final class MadeIds {
  private static final String PREFIX = "call_";
  private static final int EXCHANGE_LENGTH = 16;

  private MadeIds() {}

  /**
   * The same whenever the conversation is sent.
   *
   * @param content its content's place
   * @param call its place in the content
   */
  public static RawText of(int content, int call) {
    return RawText.of(PREFIX + content + "_" + call);
  }

  /** Whether it was made here: by its place, or for an answer after its exchange. */
  static boolean isOne(String id) {
    if (id.startsWith(PREFIX) && id.chars().skip(PREFIX.length()).allMatch(MadeIds::isDigit)) {
      return true;
    }
    int at = id.indexOf("ex_");
    return at >= 0
        && id.length() >= at + EXCHANGE_LENGTH
        && ExchangeId.parse(id.substring(at, at + EXCHANGE_LENGTH)).isPresent();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9' || c == '_';
  }
}
